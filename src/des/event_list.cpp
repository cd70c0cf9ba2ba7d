// The three structures under the kernel: event list, turn queue, frame pool.

#include <algorithm>
#include <memory>
#include <new>
#include <utility>

#include "tidewater/base/contract.hpp"
#include "tidewater/des/process.hpp"

namespace tidewater::des {

namespace {
constexpr std::align_val_t kCacheLine{64};
}  // namespace

EventList::EventList() {
  grow();
}

EventList::~EventList() {
  ::operator delete(nodes_, kCacheLine);
}

void EventList::out_of_sequence() {
  throw Error("more than 1.7e10 events in one replication");
}

namespace {

__extension__ using Wide = unsigned __int128;  // g++ and clang both have it; ISO C++ does not

// The lesser of two keys without a branch, for which of them it is is a coin toss no predictor
// wins. g++ 12 does so from the plain choice, clang 14 only by masks.
inline EventList::Key lesser(EventList::Key a, EventList::Key b) {
  // NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult): grow() fills every node
  Wide const x = (Wide{a.time} << 64U) | a.order;
  Wide const y = (Wide{b.time} << 64U) | b.order;
#ifdef __clang__
  std::uint64_t const mask = -static_cast<std::uint64_t>(y < x);
  return {a.time ^ ((a.time ^ b.time) & mask), a.order ^ ((a.order ^ b.order) & mask)};
#else
  Wide const least = y < x ? y : x;
  return {static_cast<std::uint64_t>(least >> 64U), static_cast<std::uint64_t>(least)};
#endif
}

}  // namespace

void EventList::grow() {
  constexpr std::size_t kFirst = 4;
  std::size_t const leaves = leaves_ == 0 ? kFirst : 2 * leaves_;
  if (leaves > kNoSlot + std::size_t{1}) {
    throw Error("more than 16.7 million events pending at once");
  }
  auto* const nodes = static_cast<Key*>(::operator new(2 * leaves * sizeof(Key), kCacheLine));
  std::uninitialized_fill(nodes, nodes + 2 * leaves, kLatest);
  if (nodes_ != nullptr) {
    std::copy(nodes_ + leaves_, nodes_ + 2 * leaves_, nodes + leaves);
    ::operator delete(nodes_, kCacheLine);
  }
  for (std::size_t i = leaves - 1; i >= kRoot; --i) {
    nodes[i] = lesser(nodes[2 * i], nodes[2 * i + 1]);
  }
  // Never slot kNoSlot; the lowest first, so that few events stay in few cache lines.
  for (std::size_t slot = std::min<std::size_t>(leaves, kNoSlot); slot-- > leaves_;) {
    free_.push_back(static_cast<Slot>(slot));
  }
  standing_.resize(leaves);
  nodes_ = nodes;
  leaves_ = leaves;
}

inline void EventList::replay(Slot slot, Key key) {
  std::size_t node = leaves_ + slot;
  nodes_[node] = key;
  while (node > kRoot) {
    key = lesser(key, nodes_[node ^ 1U]);
    node /= 2;
    nodes_[node] = key;
  }
}

inline void EventList::enter(Slot slot, Key key) {
  std::size_t node = leaves_ + slot;
  nodes_[node] = key;
  for (node /= 2; node >= kRoot && key < nodes_[node]; node /= 2) {
    nodes_[node] = key;
  }
}

void EventList::settle() {
  Slot const slot = std::exchange(vacant_, kNoSlot);
  free_.push_back(slot);
  replay(slot, kLatest);
}

void EventList::fetch_next() const {
  Key key = kLatest;
  for (std::size_t node = leaves_ + vacant_; node > kRoot; node /= 2) {
    key = lesser(key, nodes_[node ^ 1U]);
  }
  Standing const& next = standing_[slot_of(key)];
  __builtin_prefetch(next.wait);
  if (next.process == nullptr) {
    return;  // an alarm
  }
  auto const* const frame = static_cast<std::byte const*>(next.process);
  __builtin_prefetch(frame);
  __builtin_prefetch(frame + 64);
  __builtin_prefetch(frame + 128);
}

EventList::Slot EventList::push(SimTime time, Priority priority, Wait& wait) {
  Slot slot = std::exchange(vacant_, kNoSlot);
  ++size_;
  if (slot != kNoSlot) {
    standing_[slot] = {&wait, wait.process()};
    replay(slot, key(time, priority, next_sequence(), slot));
    return slot;
  }
  if (free_.empty()) {
    grow();
  }
  slot = free_.back();
  free_.pop_back();
  standing_[slot] = {&wait, wait.process()};
  enter(slot, key(time, priority, next_sequence(), slot));
  return slot;
}

void EventList::cancel(Slot slot) {
  --size_;
  free_.push_back(slot);
  replay(slot, kLatest);
}

void TurnQueue::grow() {
  std::vector<Turn> wider(2 * turns_.size());
  std::size_t const mask = wider.size() - 1;
  for (std::size_t i = head_; i != tail_; ++i) {
    wider[i & mask] = turns_[i & mask_];
  }
  turns_ = std::move(wider);
  mask_ = mask;
}

void TurnQueue::strike(Wait const& wait) {
  for (std::size_t i = head_; i != tail_; ++i) {
    Turn& turn = turns_[i & mask_];
    if (turn.wait == &wait) {
      turn.wait = nullptr;
    }
  }
}

namespace {

// Before every frame: where it came from. 16 bytes keep the frame's alignment.
struct alignas(16) FrameHead {
  FramePool* pool;
  std::size_t size_class;
};

// Under the address sanitizer every frame is an allocation of its own, so that stale uses are seen.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool kPooled = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr bool kPooled = false;
#else
constexpr bool kPooled = true;
#endif
#else
constexpr bool kPooled = true;
#endif

constexpr std::size_t kFirstSlab = 64U << 10U;
constexpr std::size_t kLargestSlab = 1U << 20U;

}  // namespace

FramePool::~FramePool() {
  for (void* slab : slabs_) {
    ::operator delete(slab, kCacheLine);
  }
}

void* FramePool::carve(std::size_t size_class) {
  std::size_t const bytes = size_class * kClass;
  if (left_ < bytes) {
    std::size_t const slab =
        std::min(kFirstSlab << std::min<std::size_t>(slabs_.size(), 4), kLargestSlab);
    slabs_.push_back(::operator new(slab, kCacheLine));
    next_ = static_cast<std::byte*>(slabs_.back());
    left_ = slab;
  }
  void* const block = next_;
  next_ += bytes;
  left_ -= bytes;
  return block;
}

void* FramePool::take(FramePool* pool, std::size_t bytes) {
  std::size_t const size_class = (bytes + sizeof(FrameHead) + kClass - 1) / kClass;
  void* block = nullptr;
  if (!kPooled || pool == nullptr || size_class >= kClasses) {
    pool = nullptr;
    block = ::operator new(bytes + sizeof(FrameHead));
  } else if (void* const free = pool->free_[size_class]; free != nullptr) {
    pool->free_[size_class] = *static_cast<void**>(free);
    block = free;
  } else {
    block = pool->carve(size_class);
  }
  auto* const head = new (block) FrameHead{pool, size_class};
  return head + 1;
}

void FramePool::give_back(void* frame) noexcept {
  auto* const head = static_cast<FrameHead*>(frame) - 1;
  FramePool* const pool = head->pool;
  if (pool == nullptr) {
    ::operator delete(head);
    return;
  }
  std::size_t const size_class = head->size_class;
  *reinterpret_cast<void**>(head) = pool->free_[size_class];
  pool->free_[size_class] = head;
}

}  // namespace tidewater::des
