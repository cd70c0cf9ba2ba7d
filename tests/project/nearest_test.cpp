#include <gtest/gtest.h>

#include "tidewater/project/describe.hpp"

namespace tidewater::project {
namespace {

TEST(Nearest, FindsTheWordMeant) {
  EXPECT_EQ(nearest("elevaton", {"cell", "elevation", "margin"}), "elevation") << "a letter lost";
  EXPECT_EQ(nearest("recieves", {"receives"}), "receives") << "two letters swapped count once";
  EXPECT_EQ(nearest("pasny", {"pasni", "gwadar"}), "pasni");
  EXPECT_EQ(nearest("ad", {"at", "id"}), "at") << "the first of two equally near";
}

TEST(Nearest, GuessesNothingFarFetched) {
  EXPECT_EQ(nearest("port", {"locomotive"}), "");
  EXPECT_EQ(nearest("xyz", {"abc"}), "");
  EXPECT_EQ(nearest("", {"abc"}), "");
  EXPECT_EQ(nearest("abc", {}), "");
}

TEST(Nearest, SpendsNoTimeOnEndlessWords) {
  std::string const endless(1'000'000, 'a');
  EXPECT_EQ(nearest(endless, {endless}), "");
  EXPECT_EQ(nearest("a", {endless}), "");
}

}  // namespace
}  // namespace tidewater::project
