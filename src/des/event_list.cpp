// The three structures under the kernel: event list, turn queue, frame pool.

#include <algorithm>
#include <memory>
#include <new>

#include "tidewater/base/contract.hpp"
#include "tidewater/des/env.hpp"

namespace tidewater::des {

namespace {
constexpr std::align_val_t kCacheLine{64};
}  // namespace

EventList::EventList() {
  grow();
}

EventList::~EventList() {
  ::operator delete(keys_, kCacheLine);
}

void EventList::out_of_sequence() {
  throw Error("more than 1.7e10 events in one replication");
}

void EventList::grow() {
  std::size_t const capacity = capacity_ == 0 ? 256 : 2 * capacity_;
  // Whole groups of four behind the last key, so that a node's children can be read unchecked.
  auto* keys = static_cast<Key*>(::operator new((capacity + kPad + 8) * sizeof(Key), kCacheLine));
  std::uninitialized_fill(keys, keys + capacity + kPad + 8, kLatest);
  if (keys_ != nullptr) {
    std::copy(keys_, keys_ + kPad + size_, keys);
    ::operator delete(keys_, kCacheLine);
  }
  keys_ = keys;
  capacity_ = capacity;
}

void EventList::add_slot() {
  if (places_.size() >= kNoSlot) {
    throw Error("more than 16.7 million events pending at once");
  }
  places_.push_back(free_);
  waits_.push_back(nullptr);
  free_ = static_cast<Slot>(places_.size() - 1);
}

inline EventList::Slot EventList::take_slot(Wait& wait) {
  if (free_ == kNoSlot) {
    add_slot();
  }
  Slot const slot = free_;
  free_ = places_[slot];
  waits_[slot] = &wait;
  return slot;
}

inline void EventList::free_slot(Slot slot) {
  places_[slot] = free_;
  free_ = slot;
}

inline void EventList::set(std::size_t position, Key key) {
  keys_[position + kPad] = key;
  places_[slot_of(key)] = static_cast<std::uint32_t>(position);
}

inline void EventList::sift_up(std::size_t hole, Key key, std::size_t top) {
  while (hole > top) {
    std::size_t const parent = (hole - 1) / 4;
    Key const above = keys_[parent + kPad];
    if (above < key) {
      break;
    }
    set(hole, above);
    hole = parent;
  }
  set(hole, key);
}

namespace {

// Which of four neighbours is least. By time alone and without branches, for which of them it is
// is a coin toss no predictor wins; the order decides only when times are equal.
inline std::size_t least_of_four(EventList::Key const* four) {
  std::uint64_t const t0 = four[0].time;
  std::uint64_t const t1 = four[1].time;
  std::uint64_t const t2 = four[2].time;
  std::uint64_t const t3 = four[3].time;
  std::uint64_t const left = t1 < t0 ? t1 : t0;
  std::uint64_t const right = t3 < t2 ? t3 : t2;
  std::uint64_t const time = right < left ? right : left;
  std::size_t const in_left = t1 < t0 ? 1 : 0;
  std::size_t const in_right = t3 < t2 ? 3 : 2;
  std::size_t const least = right < left ? in_right : in_left;
  auto const count = static_cast<unsigned>(t0 == time) + static_cast<unsigned>(t1 == time) +
                     static_cast<unsigned>(t2 == time) + static_cast<unsigned>(t3 == time);
  if (count == 1) [[likely]] {
    return least;
  }
  std::size_t first = 0;
  for (std::size_t i = 1; i < 4; ++i) {
    first = four[i] < four[first] ? i : first;
  }
  return first;
}

}  // namespace

inline void EventList::sift_down(std::size_t hole, Key key) {
  // To the bottom first, then up: the key comes from the end and rarely rises again.
  std::size_t const top = hole;
  for (std::size_t child = 4 * hole + 1; child < size_; child = 4 * hole + 1) {
    std::size_t const least = child + least_of_four(keys_ + child + kPad);
    set(hole, keys_[least + kPad]);
    hole = least;
  }
  sift_up(hole, key, top);
}

EventList::Slot EventList::push(SimTime time, Priority priority, Wait& wait) {
  Slot const slot = take_slot(wait);
  Key const entry = key(time, priority, next_sequence(), slot);
  if (size_ == capacity_) {
    grow();
  }
  sift_up(size_++, entry, 0);
  return slot;
}

Wait& EventList::pop() {
  Slot const slot = slot_of(keys_[kPad]);
  Wait* const wait = waits_[slot];
  __builtin_prefetch(wait);  // its process goes on next and may be cold; sifting takes as long
  free_slot(slot);
  Key const last = keys_[--size_ + kPad];
  keys_[size_ + kPad] = kLatest;
  if (size_ > 0) {
    sift_down(0, last);
  }
  return *wait;
}

void EventList::cancel(Slot slot) {
  std::size_t const place = places_[slot];
  free_slot(slot);
  Key const last = keys_[--size_ + kPad];
  keys_[size_ + kPad] = kLatest;
  if (place == size_) {
    return;
  }
  if (place > 0 && last < keys_[(place - 1) / 4 + kPad]) {
    sift_up(place, last, 0);
  } else {
    sift_down(place, last);
  }
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
