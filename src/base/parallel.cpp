#include "tidewater/base/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace tidewater {

void parallel_for(std::size_t count, int threads, std::function<void(std::size_t)> const& work) {
  if (threads <= 1 || count <= 1) {
    for (std::size_t i = 0; i < count; ++i) {
      work(i);
    }
    return;
  }
  std::atomic<std::size_t> next{0};
  std::mutex guard;
  std::size_t failed_at = count;
  std::exception_ptr failure;
  {
    std::vector<std::jthread> crew;
    auto const hands = std::min(static_cast<std::size_t>(threads), count);
    for (std::size_t k = 0; k < hands; ++k) {
      crew.emplace_back([&] {
        for (std::size_t i = next++; i < count; i = next++) {
          try {
            work(i);
          } catch (std::exception const&) {
            std::scoped_lock const lock{guard};
            if (i < failed_at) {
              failed_at = i;
              failure = std::current_exception();
            }
          }
        }
      });
    }
  }
  if (failure) {
    std::rethrow_exception(failure);
  }
}

}  // namespace tidewater
