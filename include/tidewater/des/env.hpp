#pragma once
/// The event kernel: one Env is one replication's clock, event list and processes.
///
/// Order of events is (time, priority, sequence number), never an address. Time is a plain double
/// in the model's own unit (the corridor room: seconds since 1 January of the first project year);
/// a tidewater::Time given where a SimTime is asked means seconds. Not here: threads. An Env
/// belongs to one thread; replications run beside each other through `replicate` in statistics.hpp.

#include <array>
#include <bit>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "tidewater/base/random.hpp"
#include "tidewater/base/result.hpp"
#include "tidewater/base/units.hpp"
#include "tidewater/des/trace.hpp"

namespace tidewater::des {

inline constexpr SimTime kForever = std::numeric_limits<double>::infinity();

/// Order among events of one instant, smaller first. Any value 0..63 may be cast to it.
enum class Priority : std::uint8_t { kUrgent = 0, kHigh = 16, kNormal = 32, kLow = 48, kLast = 63 };

/// How a wait came to its end.
enum class Status : std::uint8_t { kDone, kInterrupted, kPreempted, kTimeout, kCancelled };

/// What a wait gives back. A model that does not look at it has not thought of interruption:
/// use hold_or_throw where an interruption would be a fault of the model.
struct [[nodiscard]] Outcome {
  Status status = Status::kDone;
  std::int64_t cause = 0;  ///< given by the interrupting process
  SimTime remaining = 0;   ///< what was left of a hold when it was cut short
  [[nodiscard]] bool done() const { return status == Status::kDone; }
  explicit operator bool() const { return done(); }
  bool operator==(Outcome const&) const = default;
};

/// A fault of the model, told with process and simulated time: negative delay, putting more than
/// fits, interrupting oneself, an exception that left a process.
class SimulationError : public Error {
 public:
  SimulationError(std::string const& what,
                  std::string process,
                  SimTime at,
                  std::vector<TraceRow> last_rows = {})
      : Error{what}, process_{std::move(process)}, at_{at}, last_rows_{std::move(last_rows)} {}
  [[nodiscard]] std::string const& process() const { return process_; }
  [[nodiscard]] SimTime at() const { return at_; }
  /// The last rows of the trace before the fault; empty without a trace.
  [[nodiscard]] std::vector<TraceRow> const& last_rows() const { return last_rows_; }

 private:
  std::string process_;
  SimTime at_;
  std::vector<TraceRow> last_rows_;
};

/// Thrown by hold_or_throw when the hold does not run its course.
class Interrupted : public Error {
 public:
  explicit Interrupted(Outcome outcome) : Error{"a hold was interrupted"}, outcome_{outcome} {}
  [[nodiscard]] Outcome outcome() const { return outcome_; }

 private:
  Outcome outcome_;
};

/// Names one process for as long as anyone cares; stale references are recognised by generation.
struct ProcessRef {
  std::uint32_t index = 0xFFFF'FFFF;
  std::uint32_t generation = 0;
  bool operator==(ProcessRef const&) const = default;
};

/// One process that still waits for something.
struct Blocked {
  std::string process;
  std::string waits_for;
  SimTime since = 0;
  bool operator==(Blocked const&) const = default;
};

enum class RunEnd : std::uint8_t {
  kHorizon,   ///< the next event lies at or after `until`
  kStopped,   ///< stop() was called, or the run's own condition holds
  kNoEvents,  ///< nothing is left to happen; whoever still waits, waits for ever
};

struct RunReport {
  RunEnd end = RunEnd::kNoEvents;
  SimTime at = 0;
  std::vector<Blocked> blocked;  ///< filled only when the events ran out: the deadlock report
};

/// Why the run ended and, when nothing is left to happen, who waits for what since when: one line
/// each.
[[nodiscard]] std::string to_text(RunReport const& report);

class Alarm;
class Condition;
class Ended;
class Env;
class Hold;
class HoldOrThrow;
class Process;
class ProcessState;
class Wait;
class WaitGroup;
class WaitLine;
class Waitable;

/// Future events: a tournament tree over slots. A leaf holds the 16-byte key [time : 64 | priority
/// : 6 | sequence : 34 | slot : 24] of the event in its slot, a node the lesser of its two
/// children, the root the first event of all; keys are compared as one number. The way from a leaf
/// to the root is known beforehand, so nothing on it waits for a comparison to find its next
/// address: half the time of a 4-ary heap at 1 000 events. Cancelling is O(log n) and needs no
/// back-pointers. A slot is owned by the wait that stands in it and is forgotten by it when it
/// fires, so a stale cancel cannot be expressed.
class EventList {
 public:
  using Slot = std::uint32_t;
  static constexpr Slot kNoSlot = 0xFF'FFFF;
  /// 16 bytes compared as one number of 128 bits, `time` leading.
  struct Key {
    std::uint64_t time = 0;   ///< bits of a non-negative double: they order as it does
    std::uint64_t order = 0;  ///< priority : 6 | sequence : 34 | slot : 24
    [[nodiscard]] SimTime at() const { return std::bit_cast<double>(time); }
    friend bool operator<(Key a, Key b) {
      return a.time != b.time ? a.time < b.time : a.order < b.order;
    }
  };

  EventList();
  ~EventList();
  EventList(EventList const&) = delete;
  EventList& operator=(EventList const&) = delete;

  /// Key of an event: for comparison with another; the slot does not decide, sequences differ.
  [[nodiscard]] static Key key(SimTime time, Priority priority, std::uint64_t sequence, Slot slot) {
    // + 0.0 turns -0.0 into +0.0
    return {std::bit_cast<std::uint64_t>(time + 0.0),
            (static_cast<std::uint64_t>(priority) << (kSequenceBits + kSlotBits)) |
                (sequence << kSlotBits) | slot};
  }
  /// The next number of the sequence; fails after 2^34 events instead of wrapping.
  std::uint64_t next_sequence() {
    if (sequence_ >> kSequenceBits != 0) {
      out_of_sequence();
    }
    return sequence_++;
  }
  Slot push(SimTime time, Priority priority, Wait& wait);
  void cancel(Slot slot);
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  /// The first key; later than every event when there is none.
  [[nodiscard]] Key top() {
    if (vacant_ != kNoSlot) {
      settle();
    }
    return nodes_[kRoot];
  }
  /// Takes the first event out; its slot is free again. There is one.
  Wait& pop() {
    vacant_ = slot_of(top());
    if (--size_ >= kMany) {
      fetch_next();
    }
    return *standing_[vacant_].wait;
  }
  /// Takes everything out, in no particular order.
  template <class Visit>
  void clear(Visit const& visit) {
    while (top().time != kLatest.time) {
      visit(pop());
    }
  }

 private:
  static constexpr unsigned kSlotBits = 24;
  static constexpr unsigned kSequenceBits = 34;
  static constexpr std::size_t kRoot = 1;  // the children of node i are 2 i and 2 i + 1
  static constexpr Key kLatest{~std::uint64_t{0}, ~std::uint64_t{0}};
  static constexpr std::size_t kMany = 64;  ///< whose frames fill the nearest cache
  struct Standing {
    Wait* wait = nullptr;
    void const* process = nullptr;  ///< the start of its frame, near enough; may be null
  };
  static Slot slot_of(Key key) { return static_cast<Slot>(key.order) & kNoSlot; }
  /// A leaf becomes `key`, which is not less than it was: the way to the root is played again.
  void replay(Slot slot, Key key);
  /// A leaf without an event becomes `key`.
  void enter(Slot slot, Key key);
  /// Takes the key popped last out of the tree.
  void settle();
  /// Asks memory for whoever most likely comes next, while the event just popped runs.
  void fetch_next() const;
  void grow();
  [[noreturn]] static void out_of_sequence();

  Key* nodes_ = nullptr;  ///< 2 x leaves_: node 0 is not used, the leaf of slot s is leaves_ + s
  std::size_t leaves_ = 0;
  std::size_t size_ = 0;
  Slot vacant_ = kNoSlot;  ///< just popped, its key still in the tree: the next push often takes it
  std::vector<Slot> free_;
  std::vector<Standing> standing_;  ///< by slot
  std::uint64_t sequence_ = 0;
};

/// Waits that are to go on at this very instant, first come first served; merged with the event
/// list by sequence number.
class TurnQueue {
 public:
  struct Turn {
    Wait* wait = nullptr;  ///< null when it was struck out
    std::uint64_t sequence = 0;
  };
  [[nodiscard]] bool empty() const { return head_ == tail_; }
  [[nodiscard]] Turn const& front() const { return turns_[head_ & mask_]; }
  void push(Wait& wait, std::uint64_t sequence) {
    if (tail_ - head_ > mask_) {
      grow();
    }
    turns_[tail_++ & mask_] = {&wait, sequence};
  }
  Wait* pop() { return turns_[head_++ & mask_].wait; }
  void strike(Wait const& wait);

 private:
  void grow();
  std::vector<Turn> turns_ = std::vector<Turn>(64);
  std::size_t mask_ = 63;  ///< length of turns_, a power of two, less one
  std::size_t head_ = 0;
  std::size_t tail_ = 0;
};

/// Memory of coroutine frames: free lists by size class, a few large slabs, all given back at once.
class FramePool {
 public:
  FramePool() = default;
  ~FramePool();
  FramePool(FramePool const&) = delete;
  FramePool& operator=(FramePool const&) = delete;
  /// From `pool`, or from the free store when it is null.
  static void* take(FramePool* pool, std::size_t bytes);
  static void give_back(void* frame) noexcept;

 private:
  static constexpr std::size_t kClass = 64;    ///< bytes
  static constexpr std::size_t kClasses = 33;  ///< frames above 2 KiB come from the free store
  void* carve(std::size_t size_class);
  std::array<void*, kClasses> free_{};
  std::vector<void*> slabs_;
  std::byte* next_ = nullptr;
  std::size_t left_ = 0;
};

/// A reference to a named callable; refuses temporaries, which g++ 12 destroys twice in a co_await.
template <class Signature>
class FunctionRef;
template <class R, class... Args>
class FunctionRef<R(Args...)> {
 public:
  FunctionRef() = default;
  template <class F>
  requires(!std::is_same_v<std::remove_cvref_t<F>, FunctionRef> &&
           std::is_invocable_r_v<R, F&, Args...>)
      // NOLINTNEXTLINE(google-explicit-constructor): a parameter type, meant to be converted to
      FunctionRef(F& callable)
      : object_{const_cast<void*>(static_cast<void const*>(&callable))},
        call_{[](void* object, Args... args) -> R {
          return (*static_cast<F*>(object))(std::forward<Args>(args)...);
        }} {}
  R operator()(Args... args) const { return call_(object_, std::forward<Args>(args)...); }
  explicit operator bool() const { return call_ != nullptr; }

 private:
  void* object_ = nullptr;
  R (*call_)(void*, Args...) = nullptr;
};

/// A line of waits before a Waitable, intrusive: joining and leaving allocate nothing.
class WaitLine {
 public:
  explicit WaitLine(Waitable* owner) : owner_{owner} {}
  ~WaitLine();
  WaitLine(WaitLine const&) = delete;
  WaitLine& operator=(WaitLine const&) = delete;
  [[nodiscard]] Waitable* owner() const { return owner_; }
  [[nodiscard]] bool empty() const { return first_ == nullptr; }
  [[nodiscard]] std::size_t length() const { return length_; }
  [[nodiscard]] Wait* first() const { return first_; }
  [[nodiscard]] Wait* last() const { return last_; }
  [[nodiscard]] static Wait* after(Wait const& wait);
  [[nodiscard]] static Wait* before(Wait const& wait);
  void push_back(Wait& wait) { insert_before(wait, nullptr); }
  /// Before `next`, or at the end when it is null.
  void insert_before(Wait& wait, Wait* next);
  void remove(Wait& wait);

 private:
  Waitable* owner_;
  Wait* first_ = nullptr;
  Wait* last_ = nullptr;
  std::size_t length_ = 0;
};

/// Base of everything a process can wait for in a line. May be destroyed before or after its Env;
/// whoever still stands in its lines then waits for ever.
class Waitable {
 public:
  Waitable(Waitable const&) = delete;
  Waitable& operator=(Waitable const&) = delete;
  virtual ~Waitable();
  [[nodiscard]] Env& env() const { return *env_; }
  [[nodiscard]] std::string const& name() const { return name_; }
  /// For the deadlock report, e.g. "berth (held by ship 3)".
  [[nodiscard]] virtual std::string describe() const { return name_; }

 protected:
  Waitable(Env& env, std::string name) : env_{&env}, name_{std::move(name)} {}
  /// Tells the conditions that watch this object.
  void state_changed() {
    if (!watchers_.empty()) {
      tell_watchers();
    }
  }

 private:
  friend class Condition;
  friend class Env;
  friend class Wait;
  friend class WaitGroup;
  /// A wait left a line without being served: the next may now have its turn.
  virtual void left(WaitLine& line) { static_cast<void>(line); }
  void tell_watchers();

  Env* env_;
  std::string name_;
  std::vector<Condition*> watchers_;
};

/// One replication. Declare it before the resources and stores that refer to it, or after them:
/// both orders tear down safely.
class Env {
 public:
  explicit Env(Streams streams = {}, SimTime start = 0);
  ~Env();
  Env(Env const&) = delete;
  Env& operator=(Env const&) = delete;

  [[nodiscard]] SimTime now() const { return now_; }
  [[nodiscard]] Streams const& streams() const { return streams_; }
  /// A stream of this replication: the same draws for the same names whatever else the model does.
  [[nodiscard]] Stream stream(std::string_view entity, std::string_view purpose) const {
    return streams_.named(entity, purpose);
  }

  /// Takes the process over; it starts at this instant, after what is already due.
  ProcessRef spawn(Process process, std::string_view name, Priority priority = Priority::kNormal);
  /// It starts at `at`, not before now.
  ProcessRef spawn_at(SimTime at, Process process, std::string_view name);

  /// Lets `delay` >= 0 pass; kForever waits until interrupted. Fails on negative or NaN.
  [[nodiscard]] Hold hold(SimTime delay, Priority priority = Priority::kNormal);
  [[nodiscard]] Hold hold(Time delay, Priority priority = Priority::kNormal);
  /// Until a time not before now.
  [[nodiscard]] Hold hold_until(SimTime at, Priority priority = Priority::kNormal);
  /// The same for a process nobody may interrupt: gives nothing back and throws Interrupted.
  [[nodiscard]] HoldOrThrow hold_or_throw(SimTime delay, Priority priority = Priority::kNormal);
  [[nodiscard]] HoldOrThrow hold_or_throw(Time delay, Priority priority = Priority::kNormal);
  /// The end of another process; settled with kCancelled when it was killed.
  [[nodiscard]] Ended ended(ProcessRef process);

  /// Runs all events before `until` and leaves the clock there; events due at `until` stay pending,
  /// so that consecutive runs join without overlap. Throws SimulationError when a process fails.
  RunReport run(SimTime until = kForever);
  /// The same, and ends (kStopped) as soon as `reached` holds: asked before the first event and
  /// after each.
  RunReport run(SimTime until, FunctionRef<bool()> reached);
  /// Ends the run after the event under way.
  void stop() { stopping_ = true; }

  /// Cuts the wait of `process` short: it goes on at this instant, ahead of normal events, with
  /// Status::kInterrupted. A process whose wait is already over meets the interruption at its next
  /// wait. Interrupting oneself or an ended process is a SimulationError.
  void interrupt(ProcessRef process, std::int64_t cause = 0);
  /// Destroys a process where it stands; what it holds is released. Not oneself.
  void kill(ProcessRef process);
  [[nodiscard]] bool is_alive(ProcessRef process) const;
  /// The process being resumed; invalid outside of processes.
  [[nodiscard]] ProcessRef current() const;
  [[nodiscard]] std::string name_of(ProcessRef process) const;
  [[nodiscard]] std::size_t alive_count() const { return alive_; }

  /// Every process that waits, by order of its place in the process table.
  [[nodiscard]] std::vector<Blocked> blocked() const;
  [[nodiscard]] std::uint64_t events_run() const { return events_run_; }

  /// Observations go to `trace` (not owned) from now on; null switches off.
  void set_trace(Trace* trace) { trace_ = trace; }
  void trace(std::uint32_t entity, std::uint32_t kind, double a = 0, double b = 0) {
    if (trace_ != nullptr) {
      trace_->record({now_, entity, kind, a, b});
    }
  }
  /// The same with a name for a: `Trace::names()[row.a]`.
  void trace_named(std::uint32_t entity, std::uint32_t kind, std::string_view name, double b = 0) {
    if (trace_ != nullptr && !closing_) {
      trace_->record({now_, entity, kind, static_cast<double>(trace_->number_of(name)), b});
    }
  }

  /// True while the Env is being destroyed: nothing is granted or woken any more.
  [[nodiscard]] bool is_closing() const { return closing_; }
  [[nodiscard]] FramePool& frames() { return frames_; }
  /// Throws a SimulationError naming the current process and time.
  [[noreturn]] void fail(std::string const& what) const;

 private:
  friend class Alarm;
  friend class Condition;
  friend class Ended;
  friend class Grant;
  friend class ProcessState;
  friend class Resource;
  friend class TaskState;
  friend class Wait;
  template <class Derived, class Base>
  friend class Awaiter;

  struct Entry {
    ProcessState* state = nullptr;
    std::uint32_t generation = 0;
    std::uint32_t next_free = 0;
  };
  struct Notice {
    Status status;
    std::int64_t cause;
    std::uint64_t grant;  ///< serial of the grant that was lost, 0 for an interrupt
  };

  ProcessState& enter(Process process, std::string_view name);
  [[nodiscard]] ProcessState* find(ProcessRef process) const;
  [[nodiscard]] SimTime due_after(SimTime delay) const;
  void give_turn(Wait& wait) { turns_.push(wait, events_.next_sequence()); }
  void cut(ProcessState& process, Notice notice);  ///< interrupts now or at the next wait
  void deliver_notice(ProcessState& process);
  void forget_notice(ProcessRef holder, std::uint64_t grant);
  template <class Reached>
  RunReport run_events(SimTime until, Reached const& reached);
  void dispatch(Wait& wait);
  void resume(Wait& wait);
  void reap(ProcessState& process);
  void retire(ProcessState& process, Status status);
  [[noreturn]] void rethrow_failure(ProcessState const& process);
  [[nodiscard]] std::vector<TraceRow> last_rows() const;

  SimTime now_;
  EventList events_;
  TurnQueue turns_;
  ProcessState* current_ = nullptr;
  ProcessState* ended_ = nullptr;  ///< came to its end during the resume under way
  std::coroutine_handle<> ready_;  ///< next coroutine of the trampoline
  Trace* trace_ = nullptr;
  bool stopping_ = false;
  bool closing_ = false;
  bool failed_ = false;
  std::uint64_t events_run_ = 0;
  std::uint64_t grants_ = 0;
  std::size_t alive_ = 0;
  std::uint32_t free_entry_ = 0xFFFF'FFFF;
  std::vector<Entry> table_;
  Streams streams_;
  FramePool frames_;
};

}  // namespace tidewater::des
