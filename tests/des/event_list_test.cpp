// The structures under the kernel against plain sorted containers.
#include <cstdint>
#include <limits>
#include <map>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tidewater/des/process.hpp"

using namespace tidewater::des;

namespace {

// A wait that stands for nothing but itself.
class Mark final : public Wait {
 public:
  Mark() : Wait{nullptr, Kind::kTimer} {}

 private:
  bool ready() override { return false; }
  void begin() override {}
};

}  // namespace

// Oracle: a std::map ordered by (time, priority, sequence), the order the kernel promises.
RC_GTEST_PROP(EventList, GivesWhatASortedMapGivesUnderPushPopAndCancel, ()) {
  EventList list;
  std::vector<Mark> marks(200);
  using Order = std::tuple<double, int, std::uint64_t>;
  std::map<Order, std::size_t> oracle;
  std::vector<std::optional<std::pair<Order, EventList::Slot>>> standing(marks.size());
  std::uint64_t sequence = 0;
  auto const steps = *rc::gen::container<std::vector<int>>(600, rc::gen::inRange(0, 1000));
  for (int const step : steps) {
    auto const who = static_cast<std::size_t>(step) % marks.size();
    if (step % 7 == 0 && !oracle.empty()) {
      Wait const& first = list.pop();
      auto const expected = oracle.begin();
      RC_ASSERT(&first == &marks[expected->second]);
      standing[expected->second].reset();
      oracle.erase(expected);
    } else if (standing[who]) {
      list.cancel(standing[who]->second);
      oracle.erase(standing[who]->first);
      standing[who].reset();
    } else {
      double const time = step % 13 * 0.5;  // few distinct times: many ties
      auto const priority = static_cast<Priority>(step % 3 * 16);
      Order const order{time, step % 3, sequence++};
      standing[who] = {order, list.push(time, priority, marks[who])};
      oracle.emplace(order, who);
    }
    RC_ASSERT(list.size() == oracle.size());
  }
  while (!oracle.empty()) {
    RC_ASSERT(&list.pop() == &marks[oracle.begin()->second]);
    oracle.erase(oracle.begin());
  }
  RC_ASSERT(list.empty());
}

TEST(EventList, OrdersMinusZeroWithZeroAndTinyTimesAfterIt) {
  auto const key = [](double t, std::uint64_t sequence) {
    return EventList::key(t, Priority::kNormal, sequence, 0);
  };
  EXPECT_LT(key(-0.0, 1), key(0.0, 2));
  EXPECT_LT(key(0.0, 1), key(-0.0, 2));
  EXPECT_LT(key(0.0, 9), key(std::numeric_limits<double>::denorm_min(), 1));
  EXPECT_LT(key(1e300, 9), key(std::numeric_limits<double>::infinity(), 1));
}

TEST(EventList, PutsPriorityBeforeSequenceAtEqualTimes) {
  EXPECT_LT(EventList::key(5, Priority::kUrgent, 100, 0),
            EventList::key(5, Priority::kNormal, 1, 0));
  EXPECT_LT(EventList::key(5, Priority::kNormal, 1, 9), EventList::key(5, Priority::kNormal, 2, 0));
}

TEST(FramePool, GivesTheSameMemoryAgainForTheSameSize) {
  FramePool pool;
  void* const first = FramePool::take(&pool, 290);
  FramePool::give_back(first);
  void* const second = FramePool::take(&pool, 300);  // same class of 64 bytes
#if !defined(__SANITIZE_ADDRESS__)                   // there every frame is its own allocation
#if !defined(__has_feature)
  EXPECT_EQ(first, second);
#endif
#endif
  void* const other = FramePool::take(&pool, 100'000);  // beyond the pool's classes
  EXPECT_NE(second, other);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(second) % 16, 0U);
  FramePool::give_back(other);
  FramePool::give_back(second);
}
