#pragma once
/// Processes: C++20 coroutines that wait for time, for each other and for anything in a line.
///
///   Process ship(Env& env, Resource& berth) {
///     Grant const quay = co_await berth.acquire();
///     co_await env.hold_or_throw(12 * units::h);
///   }
///   env.spawn(ship(env, berth), "ship 1");
///
/// Rules. Parameters are taken by value or refer to objects that outlive the run; a lambda with
/// captures is never a coroutine (its closure dies first). Sub-steps are Task<T> and are awaited at
/// once. any_of and all_of take named awaiters. Frames come from the Env's pool when a parameter is
/// the Env or has an `env` (member or function); else from the free store.

#include <array>
#include <concepts>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "tidewater/base/contract.hpp"
#include "tidewater/des/env.hpp"

namespace tidewater::des {

/// One suspension: the awaiter itself, living in the coroutine frame, linked to a timer, a line, or
/// both. Its destructor unlinks, so a process can be destroyed wherever it is suspended. Awaiters
/// have constructors and are never copied: g++ 12 destroys aggregate temporaries of a co_await
/// twice.
class Wait {
 public:
  Wait(Wait const&) = delete;
  Wait& operator=(Wait const&) = delete;
  virtual ~Wait() {
    if (stage_ == Stage::kPending || stage_ == Stage::kWoken) {
      leave();
    }
  }

  [[nodiscard]] Status status() const { return status_; }
  [[nodiscard]] bool settled() const { return stage_ == Stage::kSettled; }
  /// For the deadlock report.
  [[nodiscard]] virtual std::string waits_for() const;

 protected:
  enum class Kind : std::uint8_t { kTimer, kLine, kAlarm };
  enum class Stage : std::uint8_t { kIdle, kPending, kWoken, kSettled };

  Wait(Env* env, Kind kind) noexcept : env_{env}, kind_{kind} {}

  /// Tries to settle at once, without suspending.
  virtual bool ready() = 0;
  /// Joins its line, sets its timer.
  virtual void begin() = 0;
  /// A pending wait was cut short from outside (interrupt, kill, loser of any_of).
  virtual void abandoned() {}
  /// An alarm's time has come.
  virtual void due() {}

  void set_timer(SimTime at, Priority priority) {
    if (at > env_->now_) [[likely]] {
      slot_ = env_->events_.push(at, priority, *this);
    } else {
      set_timer_now(at, priority);
    }
  }
  /// Settles a wait that has left its line: its process, or the group it belongs to, goes on.
  void wake(Status status);
  [[nodiscard]] Outcome outcome() const {
    bool const was_cut = status_ == Status::kInterrupted || status_ == Status::kPreempted;
    return {status_, was_cut ? cause() : 0, 0};
  }
  [[nodiscard]] Env& env() const { return *env_; }
  [[nodiscard]] ProcessState* process() const { return process_; }

 private:
  template <class Derived, class Base>
  friend class Awaiter;
  friend class Alarm;
  friend class Condition;
  friend class Env;
  friend class EventList;
  friend class ProcessState;
  friend class WaitGroup;
  friend class WaitLine;

  void set_timer_now(SimTime at, Priority priority);
  [[nodiscard]] std::int64_t cause() const;  ///< of the last cut of this process
  void unlink();                             ///< from timer, turn and line
  void leave();                              ///< unlinks and lets the next in line move up
  void timer_ran_out();

  Env* env_;
  ProcessState* process_ = nullptr;
  WaitGroup* group_ = nullptr;
  WaitLine* line_ = nullptr;
  Wait* previous_ = nullptr;
  Wait* next_ = nullptr;
  EventList::Slot slot_ = EventList::kNoSlot;
  Kind kind_;
  Stage stage_ = Stage::kIdle;
  Status status_ = Status::kDone;
  bool has_turn_ = false;
};

inline Wait* WaitLine::after(Wait const& wait) {
  return wait.next_;
}
inline Wait* WaitLine::before(Wait const& wait) {
  return wait.previous_;
}
inline void WaitLine::insert_before(Wait& wait, Wait* next) {
  TW_DEBUG(wait.line_ == nullptr, "a wait stands in one line");
  Wait* const previous = next != nullptr ? next->previous_ : last_;
  wait.line_ = this;
  wait.previous_ = previous;
  wait.next_ = next;
  (previous != nullptr ? previous->next_ : first_) = &wait;
  (next != nullptr ? next->previous_ : last_) = &wait;
  ++length_;
}
inline void WaitLine::remove(Wait& wait) {
  TW_DEBUG(wait.line_ == this, "a wait leaves the line it stands in");
  (wait.previous_ != nullptr ? wait.previous_->next_ : first_) = wait.next_;
  (wait.next_ != nullptr ? wait.next_->previous_ : last_) = wait.previous_;
  wait.line_ = nullptr;
  wait.previous_ = nullptr;
  wait.next_ = nullptr;
  --length_;
}

/// What the kernel knows of a process; part of its coroutine frame.
class ProcessState {
 public:
  ProcessState() = default;
  ~ProcessState() = default;
  ProcessState(ProcessState const&) = delete;
  ProcessState& operator=(ProcessState const&) = delete;
  [[nodiscard]] ProcessState& process() { return *this; }
  [[nodiscard]] ProcessRef ref() const { return ref_; }
  [[nodiscard]] std::string const& name() const { return name_; }

  /// Last await of a process: the kernel destroys the frame after the resume under way.
  class Finish {
   public:
    explicit Finish(ProcessState& state) noexcept : state_{&state} {}
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle) const noexcept;
    void await_resume() const noexcept {}

   private:
    ProcessState* state_;
  };

 protected:
  void keep_failure() noexcept { failure_ = std::current_exception(); }

 private:
  template <class Derived, class Base>
  friend class Awaiter;
  friend class Ended;
  friend class Env;
  friend class Grant;
  friend class TaskState;
  friend class Wait;

  class Start final : public Wait {
   public:
    Start() noexcept : Wait{nullptr, Kind::kTimer} {}
    [[nodiscard]] std::string waits_for() const override { return "its start"; }

   private:
    bool ready() override { return false; }
    void begin() override {}
  };

  Env* env_ = nullptr;
  std::coroutine_handle<> root_;
  std::coroutine_handle<> resume_;  ///< the innermost coroutine, where it goes on
  Wait* waiting_ = nullptr;
  SimTime since_ = 0;
  SimTime spawned_at_ = 0;
  std::int64_t cause_ = 0;
  ProcessRef ref_;
  std::exception_ptr failure_;
  std::vector<Env::Notice> notices_;
  WaitLine joiners_{nullptr};
  std::string name_;
  Start start_;
};

/// Gives coroutine frames their memory; base of the promises.
///
/// Always inlined: an unoptimised g++ 12 takes an operator new with the coroutine's parameters for
/// a placement form, and warns of every coroutine that its operator delete does not match.
class FrameMemory {
 public:
  template <class... Args>
  [[gnu::always_inline]] static void* operator new(std::size_t bytes, Args&... args) {
    return FramePool::take(pool_of(args...), bytes);
  }
  [[gnu::always_inline]] static void operator delete(void* frame) noexcept {
    FramePool::give_back(frame);
  }

 private:
  static FramePool* pool_of() { return nullptr; }
  template <class First, class... Rest>
  static FramePool* pool_of(First& first, Rest&... rest) {
    if constexpr (std::is_same_v<First, Env>) {
      return &first.frames();
    } else if constexpr (requires {
                           { first.env } -> std::convertible_to<Env&>;
                         }) {
      return &static_cast<Env&>(first.env).frames();
    } else if constexpr (requires {
                           { first.env() } -> std::convertible_to<Env&>;
                         }) {
      return &static_cast<Env&>(first.env()).frames();
    } else {
      return pool_of(rest...);
    }
  }
};

class ProcessPromise;

/// A root coroutine; becomes the Env's on spawn and is destroyed unrun when it is never spawned.
class [[nodiscard]] Process {
 public:
  using promise_type = ProcessPromise;

  Process(Process&& other) noexcept : handle_{std::exchange(other.handle_, {})} {}
  Process& operator=(Process&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  Process(Process const&) = delete;
  Process& operator=(Process const&) = delete;
  ~Process() {
    if (handle_) {
      handle_.destroy();
    }
  }

 private:
  friend class Env;
  friend class ProcessPromise;
  explicit Process(std::coroutine_handle<promise_type> handle) : handle_{handle} {}
  std::coroutine_handle<promise_type> handle_;
};

class ProcessPromise final : public ProcessState, public FrameMemory {
 public:
  Process get_return_object() {
    return Process{std::coroutine_handle<ProcessPromise>::from_promise(*this)};
  }
  std::suspend_always initial_suspend() noexcept { return {}; }
  Finish final_suspend() noexcept { return Finish{*this}; }
  void return_void() noexcept {}
  void unhandled_exception() noexcept { keep_failure(); }
};

/// What Task promises of every type share. A finished task does not jump to its awaiter: it names
/// it as next on the kernel's trampoline, so stacks stay flat in every build.
class TaskState : public FrameMemory {
 public:
  [[nodiscard]] ProcessState& process() { return *process_; }
  std::suspend_always initial_suspend() noexcept { return {}; }

  class Finish {
   public:
    explicit Finish(TaskState& state) noexcept : state_{&state} {}
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle) const noexcept;
    void await_resume() const noexcept {}

   private:
    TaskState* state_;
  };
  Finish final_suspend() noexcept { return Finish{*this}; }
  void unhandled_exception() noexcept { failure_ = std::current_exception(); }

 protected:
  void rethrow() const {
    if (failure_) {
      std::rethrow_exception(failure_);
    }
  }

 private:
  template <class T>
  friend class Task;
  void start(std::coroutine_handle<> self,
             std::coroutine_handle<> awaiter,
             ProcessState& process) noexcept;

  ProcessState* process_ = nullptr;
  std::coroutine_handle<> awaiter_;
  std::exception_ptr failure_;
};

template <class T>
class TaskPromise;

/// A step of a process that is itself a coroutine: `auto const tonnes = co_await unload(env, ...);`
/// Starts when awaited; its exceptions arise at the await.
template <class T = void>
class [[nodiscard]] Task {
 public:
  using promise_type = TaskPromise<T>;

  Task(Task&& other) noexcept : handle_{std::exchange(other.handle_, {})} {}
  Task(Task const&) = delete;
  Task& operator=(Task const&) = delete;
  Task& operator=(Task&&) = delete;
  ~Task() {
    if (handle_) {
      handle_.destroy();
    }
  }

  [[nodiscard]] bool await_ready() const noexcept { return false; }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> awaiter) noexcept {
    TaskState& state = handle_.promise();
    state.start(handle_, awaiter, awaiter.promise().process());
  }
  T await_resume() { return handle_.promise().take(); }

 private:
  friend class TaskPromise<T>;
  explicit Task(std::coroutine_handle<promise_type> handle) : handle_{handle} {}
  std::coroutine_handle<promise_type> handle_;
};

template <class T>
class TaskPromise final : public TaskState {
 public:
  Task<T> get_return_object() {
    return Task<T>{std::coroutine_handle<TaskPromise>::from_promise(*this)};
  }
  template <class U>
  void return_value(U&& value) {
    value_.emplace(std::forward<U>(value));
  }
  T take() {
    rethrow();
    return std::move(*value_);
  }

 private:
  std::optional<T> value_;
};

template <>
class TaskPromise<void> final : public TaskState {
 public:
  Task<void> get_return_object() {
    return Task<void>{std::coroutine_handle<TaskPromise>::from_promise(*this)};
  }
  void return_void() noexcept {}
  void take() const { rethrow(); }
};

/// The await functions of a final class that derives from Wait and befriends this.
template <class Derived, class Base = Wait>
class Awaiter : public Base {
 public:
  [[nodiscard]] bool await_ready() {
    Wait& wait = *this;
    wait.process_ = wait.env_->current_;
    if (self().ready()) {
      wait.stage_ = Wait::Stage::kSettled;
      return true;
    }
    return false;
  }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> handle) {
    ProcessState& process = handle.promise().process();
    Wait& wait = *this;
    wait.process_ = &process;
    wait.stage_ = Wait::Stage::kPending;
    self().begin();  // may throw: the process then goes on, and has never waited
    process.resume_ = handle;
    process.waiting_ = this;
    process.since_ = wait.env_->now_;
    if (!process.notices_.empty()) {
      wait.env_->deliver_notice(process);
    }
  }

 protected:
  using Base::Base;

 private:
  Derived& self() { return static_cast<Derived&>(*this); }
};

/// Lets time pass: `Outcome const o = co_await env.hold(5);`
class Hold final : public Awaiter<Hold> {
 public:
  Outcome await_resume() const { return result(); }
  /// The same after an any_of or all_of that held it by name.
  [[nodiscard]] Outcome result() const {
    Outcome outcome = this->outcome();
    outcome.remaining = remaining_;
    return outcome;
  }
  [[nodiscard]] std::string waits_for() const override;

 private:
  friend Awaiter<Hold>;
  friend class Env;
  friend class HoldOrThrow;
  Hold(Env* env, SimTime due, Priority priority)
      : Awaiter{env, Kind::kTimer}, due_{due}, priority_{priority} {}
  bool ready() override { return false; }
  void begin() override {
    if (due_ < kForever) {
      set_timer(due_, priority_);
    }
  }
  void abandoned() override { remaining_ = due_ - env().now(); }
  SimTime due_;
  SimTime remaining_ = 0;
  Priority priority_;
};

class HoldOrThrow {
 public:
  [[nodiscard]] bool await_ready() { return hold_.await_ready(); }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> handle) {
    hold_.await_suspend(handle);
  }
  void await_resume() const {
    if (hold_.status() != Status::kDone) {
      throw Interrupted{hold_.result()};
    }
  }

 private:
  friend class Env;
  HoldOrThrow(Env* env, SimTime due, Priority priority) : hold_{env, due, priority} {}
  Hold hold_;
};

/// The end of another process.
class Ended final : public Awaiter<Ended> {
 public:
  Outcome await_resume() const { return outcome(); }
  [[nodiscard]] Outcome result() const { return outcome(); }
  [[nodiscard]] std::string waits_for() const override;

 private:
  friend Awaiter<Ended>;
  friend class Env;
  Ended(Env* env, ProcessRef process) : Awaiter{env, Kind::kLine}, process_waited_for_{process} {}
  bool ready() override;
  void begin() override;
  ProcessRef process_waited_for_;
};

/// Several waits as one; shared part of AnyOf and AllOf. Cut short, it cuts short its members.
class WaitGroup : public Wait {
 public:
  [[nodiscard]] std::string waits_for() const override;

 protected:
  enum class Needs : std::uint8_t { kOne, kAll };
  static constexpr std::size_t kMostMembers = 16;
  WaitGroup(Wait const* first, Needs needs) : Wait{first->env_, Kind::kLine}, needs_{needs} {}
  void hold_members(Wait** members, std::size_t count) {
    members_ = members;
    count_ = count;
  }
  void let_go();
  bool ready() override;
  void begin() override;
  void abandoned() override { let_go(); }
  /// Index of the member that came first.
  [[nodiscard]] std::size_t winner() const { return winner_; }

 private:
  friend class Wait;
  void member_settled(Wait& member);

  Wait** members_ = nullptr;
  std::size_t count_ = 0;
  std::size_t open_ = 0;
  std::size_t winner_ = static_cast<std::size_t>(-1);
  Needs needs_;
};

/// Which of several waits came first; `index` is meaningless unless the outcome is done.
struct [[nodiscard]] First {
  Outcome outcome;
  std::size_t index = 0;
  [[nodiscard]] bool is(std::size_t i) const { return outcome.done() && index == i; }
};

/// The first of several named waits to settle; the others are cancelled at that instant.
template <std::size_t N>
class AnyOf final : public Awaiter<AnyOf<N>, WaitGroup> {
 public:
  explicit AnyOf(std::array<Wait*, N> members)
      : Awaiter<AnyOf<N>, WaitGroup>{members[0], WaitGroup::Needs::kOne}, kept_{members} {
    this->hold_members(kept_.data(), N);
  }
  ~AnyOf() override { this->let_go(); }
  First await_resume() const { return {this->outcome(), this->winner()}; }

 private:
  friend Awaiter<AnyOf<N>, WaitGroup>;
  static_assert(N >= 1 && N <= WaitGroup::kMostMembers);
  std::array<Wait*, N> kept_;
};

/// All of several named waits. Cut short, those still open are cancelled.
template <std::size_t N>
class AllOf final : public Awaiter<AllOf<N>, WaitGroup> {
 public:
  explicit AllOf(std::array<Wait*, N> members)
      : Awaiter<AllOf<N>, WaitGroup>{members[0], WaitGroup::Needs::kAll}, kept_{members} {
    this->hold_members(kept_.data(), N);
  }
  ~AllOf() override { this->let_go(); }
  Outcome await_resume() const { return this->outcome(); }

 private:
  friend Awaiter<AllOf<N>, WaitGroup>;
  static_assert(N >= 1 && N <= WaitGroup::kMostMembers);
  std::array<Wait*, N> kept_;
};

/// `auto item = store.get(); auto limit = env.hold(5);
///  First const first = co_await any_of(item, limit);` then `item.result()`.
template <class... Waits>
[[nodiscard]] AnyOf<sizeof...(Waits)> any_of(Waits&... waits) {
  return AnyOf<sizeof...(Waits)>{std::array<Wait*, sizeof...(Waits)>{&waits...}};
}
template <class... Waits>
[[nodiscard]] AllOf<sizeof...(Waits)> all_of(Waits&... waits) {
  return AllOf<sizeof...(Waits)>{std::array<Wait*, sizeof...(Waits)>{&waits...}};
}

inline Hold Env::hold(SimTime delay, Priority priority) {
  return Hold{this, due_after(delay), priority};
}
inline Hold Env::hold(Time delay, Priority priority) {
  return hold(delay.base(), priority);
}
inline HoldOrThrow Env::hold_or_throw(SimTime delay, Priority priority) {
  return HoldOrThrow{this, due_after(delay), priority};
}
inline HoldOrThrow Env::hold_or_throw(Time delay, Priority priority) {
  return hold_or_throw(delay.base(), priority);
}
inline Hold Env::hold_until(SimTime at, Priority priority) {
  if (!(at >= now_)) {
    fail("hold_until asks for a time before now");
  }
  return Hold{this, at, priority};
}
inline Ended Env::ended(ProcessRef process) {
  return Ended{this, process};
}
inline SimTime Env::due_after(SimTime delay) const {
  if (!(delay >= 0)) {
    fail("a delay is negative or not a number");
  }
  return now_ + delay;
}

}  // namespace tidewater::des
