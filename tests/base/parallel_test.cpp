#include "tidewater/base/parallel.hpp"

#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

TEST(ParallelFor, DoesEachPieceOnceOnAnyNumberOfThreads) {
  for (int const threads : {1, 2, 7}) {
    std::vector<int> done(1000, 0);
    tidewater::parallel_for(done.size(), threads, [&](std::size_t i) { ++done[i]; });
    EXPECT_EQ(done, std::vector<int>(1000, 1));
  }
}

TEST(ParallelFor, RethrowsTheFailureOfTheLowestIndex) {
  try {
    tidewater::parallel_for(64, 2, [](std::size_t i) {
      if (i % 7 == 3) {
        throw std::runtime_error(std::to_string(i));
      }
    });
    FAIL();
  } catch (std::runtime_error const& failure) {
    EXPECT_STREQ(failure.what(), "3");
  }
}
