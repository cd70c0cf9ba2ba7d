#include "tidewater/base/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace tidewater {

namespace {

/// Pieces of work taken in turn by many hands; of those that failed, the first is kept.
class Pieces {
 public:
  Pieces(std::size_t count, std::function<void(std::size_t)> const& work)
      : count_{count}, work_{&work}, failed_at_{count} {}

  void take_all() {
    for (std::size_t i = next_++; i < count_; i = next_++) {
      try {
        (*work_)(i);
      } catch (std::exception const&) {
        keep_first(i, std::current_exception());
      }
    }
  }
  void rethrow() const {
    if (failure_) {
      std::rethrow_exception(failure_);
    }
  }

 private:
  void keep_first(std::size_t at, std::exception_ptr failure) {
    std::scoped_lock const lock{guard_};
    if (at < failed_at_) {
      failed_at_ = at;
      failure_ = std::move(failure);
    }
  }

  std::size_t count_;
  std::function<void(std::size_t)> const* work_;
  std::atomic<std::size_t> next_{0};
  std::mutex guard_;
  std::size_t failed_at_;
  std::exception_ptr failure_;
};

}  // namespace

void parallel_for(std::size_t count, int threads, std::function<void(std::size_t)> const& work) {
  if (threads <= 1 || count <= 1) {
    for (std::size_t i = 0; i < count; ++i) {
      work(i);
    }
    return;
  }
  Pieces pieces{count, work};
  {
    std::vector<std::jthread> crew;
    auto const hands = std::min(static_cast<std::size_t>(threads), count);
    crew.reserve(hands);
    for (std::size_t k = 0; k < hands; ++k) {
      crew.emplace_back([&pieces] { pieces.take_all(); });
    }
  }
  pieces.rethrow();
}

}  // namespace tidewater
