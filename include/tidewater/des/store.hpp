#pragma once
/// Where things and amounts wait for processes, and processes for states: Store (objects),
/// Container (an amount in lumps), FlowTank (an amount that flows), Signal, Gate, Condition.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tidewater/des/process.hpp"
#include "tidewater/des/statistics.hpp"

namespace tidewater::des {

/// A callback at a set time, for pieces that are not processes. Cancelled by its destructor.
class Alarm final : private Wait {
 public:
  Alarm(Env& env, std::function<void()> ring) : Wait{&env, Kind::kAlarm}, ring_{std::move(ring)} {}
  /// Rings once, at `at` (not before now); a setting still pending is replaced.
  void set(SimTime at, Priority priority = Priority::kNormal);
  void cancel();
  [[nodiscard]] bool is_set() const;

 private:
  bool ready() override { return false; }
  void begin() override {}
  void due() override;
  std::function<void()> ring_;
};

/// Stands in a line until somebody wakes it, or until its time is up.
class LineWait final : public Awaiter<LineWait> {
 public:
  Outcome await_resume() const { return outcome(); }
  [[nodiscard]] Outcome result() const { return outcome(); }

 private:
  friend Awaiter<LineWait>;
  friend class Condition;
  friend class Gate;
  friend class Signal;
  LineWait(WaitLine& line, SimTime timeout, FunctionRef<bool()> holds = {})
      : Awaiter{&line.owner()->env(), Kind::kLine},
        line_{&line},
        timeout_{timeout},
        holds_{holds} {}
  bool ready() override { return holds_ && holds_(); }
  void begin() override;
  WaitLine* line_;
  SimTime timeout_;
  FunctionRef<bool()> holds_;
};

/// Wakes whoever waits at that moment; nobody waiting, nothing remembered.
class Signal final : public Waitable {
 public:
  Signal(Env& env, std::string name) : Waitable{env, std::move(name)} {}
  [[nodiscard]] LineWait wait(SimTime timeout = kForever) { return LineWait{line_, timeout}; }
  /// Gives the number of waits woken.
  std::size_t fire();

 private:
  WaitLine line_{this};
};

/// Open or closed. Passing an open gate takes no time; opening lets everybody through.
class Gate final : public Waitable {
 public:
  enum class State : std::uint8_t { kClosed, kOpen };
  Gate(Env& env, std::string name, State state = State::kClosed)
      : Waitable{env, std::move(name)}, state_{state} {}
  [[nodiscard]] bool is_open() const { return state_ == State::kOpen; }
  void open();
  void close();
  [[nodiscard]] LineWait pass(SimTime timeout = kForever) {
    return LineWait{line_, timeout, FunctionRef<bool()>{is_open_}};
  }

 private:
  State state_;
  std::function<bool()> is_open_ = [this] { return is_open(); };
  WaitLine line_{this};
};

/// A predicate over the state of the model, tried again whenever something it watches has changed:
/// resources, pools, stores, containers, gates by themselves, anything else by changed(). A process
/// that waits for it alone (not in an any_of) finds it true when it goes on.
class Condition final : public Waitable {
 public:
  Condition(Env& env, std::string name);
  ~Condition() override;
  void watch(Waitable& object);
  /// Something else the predicates look at has changed.
  void changed();
  /// `holds` is a named callable that lives until the wait is over.
  [[nodiscard]] LineWait until(FunctionRef<bool()> holds, SimTime timeout = kForever) {
    return LineWait{line_, timeout, holds};
  }

 private:
  friend class Waitable;
  void review();
  std::vector<Waitable*> watched_;
  WaitLine line_{this};
  WaitLine tried_{this};
  Alarm alarm_;
};

enum class Side : std::uint8_t { kAtLeast, kAtMost };

class LevelWait;

/// An object with a level that can be waited for.
class Levelled : public Waitable {
 public:
  [[nodiscard]] virtual double level() const = 0;
  /// Until the level is at or above / at or below `level`; at once when it is.
  [[nodiscard]] LevelWait at_least(double level, SimTime timeout = kForever);
  [[nodiscard]] LevelWait at_most(double level, SimTime timeout = kForever);

 protected:
  Levelled(Env& env, std::string name) : Waitable{env, std::move(name)} {}
  void wake_watchers();
  /// A new threshold is being waited for.
  virtual void threshold_added() {}
  [[nodiscard]] WaitLine const& watchers() const { return level_line_; }
  [[nodiscard]] WaitLine& watchers() { return level_line_; }

 private:
  friend class LevelWait;
  WaitLine level_line_{this};
};

class LevelWait final : public Awaiter<LevelWait> {
 public:
  Outcome await_resume() const { return outcome(); }
  [[nodiscard]] Outcome result() const { return outcome(); }
  [[nodiscard]] double threshold() const { return threshold_; }
  [[nodiscard]] Side side() const { return side_; }
  [[nodiscard]] bool holds() const {
    return side_ == Side::kAtLeast ? object_->level() >= threshold_
                                   : object_->level() <= threshold_;
  }

 private:
  friend Awaiter<LevelWait>;
  friend class Levelled;
  LevelWait(Levelled& object, double threshold, Side side, SimTime timeout)
      : Awaiter{&object.env(), Kind::kLine},
        object_{&object},
        threshold_{threshold},
        timeout_{timeout},
        side_{side} {}
  bool ready() override { return holds(); }
  void begin() override;
  Levelled* object_;
  double threshold_;
  SimTime timeout_;
  Side side_;
};

inline LevelWait Levelled::at_least(double level, SimTime timeout) {
  return LevelWait{*this, level, Side::kAtLeast, timeout};
}
inline LevelWait Levelled::at_most(double level, SimTime timeout) {
  return LevelWait{*this, level, Side::kAtMost, timeout};
}

/// May a request that can be met pass one before it that cannot?
enum class Overtaking : std::uint8_t { kNever, kAllowed };

class Transfer;

/// An amount of one matter, put and taken in lumps; each lump moves whole or waits. An amount short
/// by less than 1e-12 of itself counts as there, so that rounding never starves a request.
class Container final : public Levelled {
 public:
  struct Options {
    double capacity = std::numeric_limits<double>::infinity();
    double level = 0;
    Overtaking overtaking = Overtaking::kNever;
  };
  Container(Env& env, std::string name, Options const& options);
  Container(Env& env, std::string name) : Container{env, std::move(name), Options{}} {}

  /// Fails when the amount is negative, not a number or above the capacity: it would wait for ever.
  [[nodiscard]] Transfer put(double amount, SimTime timeout = kForever);
  [[nodiscard]] Transfer get(double amount, SimTime timeout = kForever);
  /// Now or not at all; false also when somebody waits before.
  [[nodiscard]] bool try_put(double amount);
  [[nodiscard]] bool try_get(double amount);
  /// As much of `amount` as is there, or fits; gives what moved. Not while somebody waits before.
  double take_up_to(double amount);
  double put_up_to(double amount);

  [[nodiscard]] double level() const override { return level_.level(); }
  [[nodiscard]] double capacity() const { return capacity_; }
  [[nodiscard]] double room() const { return capacity_ - level(); }
  [[nodiscard]] std::size_t puts_waiting() const { return puts_.length(); }
  [[nodiscard]] std::size_t gets_waiting() const { return gets_.length(); }
  [[nodiscard]] TimeWeighted const& levels() const { return level_; }
  void reset_statistics() { level_.reset(env().now()); }
  [[nodiscard]] std::string describe() const override;

 private:
  friend class Transfer;
  void left(WaitLine& line) override;
  [[nodiscard]] bool fits(double amount) const;
  [[nodiscard]] bool is_there(double amount) const;
  void move(double change);
  void serve();
  bool serve_line(WaitLine& line);
  void check(double amount, char const* verb) const;

  double capacity_;
  Overtaking overtaking_;
  bool serving_ = false;
  bool again_ = false;
  TimeWeighted level_;
  WaitLine puts_{this};
  WaitLine gets_{this};
};

class Transfer final : public Awaiter<Transfer> {
 public:
  Outcome await_resume() const { return outcome(); }
  [[nodiscard]] Outcome result() const { return outcome(); }
  [[nodiscard]] std::string waits_for() const override;

 private:
  friend Awaiter<Transfer>;
  friend class Container;
  enum class Direction : std::uint8_t { kIn, kOut };
  Transfer(Container& container, double amount, Direction direction, SimTime timeout)
      : Awaiter{&container.env(), Kind::kLine},
        container_{&container},
        amount_{amount},
        timeout_{timeout},
        direction_{direction} {}
  bool ready() override;
  void begin() override;
  [[nodiscard]] bool can_move() const;
  void move();
  Container* container_;
  double amount_;
  SimTime timeout_;
  Direction direction_;
};

/// An amount that flows in and out through named ports at constant rates between changes. The level
/// is a broken line; events happen only at its exact crossings of full, empty and the levels waited
/// for. Full, the inflows are throttled in proportion to what flows out; empty, the outflows to
/// what flows in. in - out = change of level, by construction.
class FlowTank final : public Levelled {
 public:
  struct Port {
    std::size_t index = 0;
  };
  FlowTank(Env& env, std::string name, double capacity, double level = 0);

  [[nodiscard]] Port add_inflow(std::string name);
  [[nodiscard]] Port add_outflow(std::string name);
  /// Amount per unit of time, >= 0, from now on.
  void set_rate(Port port, double rate);
  /// What flows through the port now: its rate, unless the tank is full or empty.
  [[nodiscard]] double flow(Port port) const;
  /// What has passed the port since the start.
  [[nodiscard]] double passed(Port port) const;
  [[nodiscard]] double level() const override;
  [[nodiscard]] double capacity() const { return capacity_; }
  [[nodiscard]] bool is_full() const { return level() >= capacity_; }
  [[nodiscard]] bool is_empty() const { return level() <= 0; }
  /// Mean level since the start, exact for the broken line.
  [[nodiscard]] double mean_level() const;
  [[nodiscard]] std::string describe() const override;

 private:
  struct Flow {
    std::string name;
    double sign = 1;
    double rate = 0;
    double actual = 0;
    double passed = 0;
  };
  Port add(std::string name, double sign);
  void settle();  ///< brings level and totals up to now
  void plan();    ///< throttles, wakes who waits for the present level, sets the next crossing
  void crossing();
  void threshold_added() override { plan(); }

  double capacity_;
  double level_;
  double net_ = 0;
  double area_ = 0;
  double target_ = 0;
  SimTime start_;
  SimTime at_;
  std::vector<Flow> flows_;
  Alarm alarm_;
};

/// An item taken from a store, or the reason why there is none.
template <class T>
struct [[nodiscard]] Received {
  std::optional<T> item;
  Outcome outcome;
  explicit operator bool() const { return item.has_value(); }
  T& operator*() { return *item; }
  T* operator->() { return &*item; }
};

/// Objects in order of arrival, or by `before` when given; taken by processes in order of arrival,
/// each the first that suits it.
template <class T>
class Store final : public Waitable {
 public:
  static constexpr std::size_t kUnlimited = std::numeric_limits<std::size_t>::max();
  Store(Env& env,
        std::string name,
        std::size_t capacity = kUnlimited,
        std::function<bool(T const&, T const&)> before = {})
      : Waitable{env, std::move(name)},
        capacity_{capacity},
        before_{std::move(before)},
        length_{0, env.now()} {}

  class Put final : public Awaiter<Put> {
   public:
    Outcome await_resume() const { return this->outcome(); }
    [[nodiscard]] Outcome result() const { return this->outcome(); }

   private:
    friend Awaiter<Put>;
    friend class Store;
    Put(Store& store, T item, SimTime timeout)
        : Awaiter<Put>{&store.env(), Wait::Kind::kLine},
          store_{&store},
          item_{std::move(item)},
          timeout_{timeout} {}
    bool ready() override;
    void begin() override;
    Store* store_;
    T item_;
    SimTime timeout_;
  };

  /// Takes the item when the process goes on; a process killed in between leaves it in the store.
  class Get final : public Awaiter<Get> {
   public:
    ~Get() override {
      if (item_ && !this->env().is_closing()) {
        store_->put_back(std::move(*item_));
      }
    }
    Received<T> await_resume() { return result(); }
    Received<T> result() { return {std::exchange(item_, std::nullopt), this->outcome()}; }

   private:
    friend Awaiter<Get>;
    friend class Store;
    Get(Store& store, FunctionRef<bool(T const&)> suits, SimTime timeout)
        : Awaiter<Get>{&store.env(), Wait::Kind::kLine},
          store_{&store},
          suits_{suits},
          timeout_{timeout} {}
    bool ready() override;
    void begin() override;
    Store* store_;
    FunctionRef<bool(T const&)> suits_;
    SimTime timeout_;
    std::optional<T> item_;
  };

  [[nodiscard]] Put put(T item, SimTime timeout = kForever) {
    return Put{*this, std::move(item), timeout};
  }
  /// Puts now, or gives false when the store is full.
  [[nodiscard]] bool try_put(T item);
  [[nodiscard]] Get get(SimTime timeout = kForever) { return Get{*this, {}, timeout}; }
  /// `suits` is a named callable that lives until the wait is over.
  [[nodiscard]] Get get_if(FunctionRef<bool(T const&)> suits, SimTime timeout = kForever) {
    return Get{*this, suits, timeout};
  }

  [[nodiscard]] std::deque<T> const& items() const { return items_; }
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] std::size_t capacity() const { return capacity_; }
  [[nodiscard]] std::size_t gets_waiting() const { return gets_.length(); }
  [[nodiscard]] std::size_t puts_waiting() const { return puts_.length(); }
  [[nodiscard]] TimeWeighted const& length() const { return length_; }

 private:
  void left(WaitLine& line) override;
  void insert(T item);
  void put_back(T item);
  bool try_give(Get& get);
  void serve();
  void note() { length_.set(env().now(), static_cast<double>(items_.size())); }

  std::size_t capacity_;
  std::function<bool(T const&, T const&)> before_;
  std::deque<T> items_;
  TimeWeighted length_;
  WaitLine puts_{this};
  WaitLine gets_{this};
};

// ---- inline parts ----

template <class T>
void Store<T>::insert(T item) {
  if (before_) {
    auto const place = std::upper_bound(items_.begin(), items_.end(), item, before_);
    items_.insert(place, std::move(item));
  } else {
    items_.push_back(std::move(item));
  }
  note();
}

template <class T>
void Store<T>::put_back(T item) {
  items_.push_front(std::move(item));
  note();
  serve();
}

template <class T>
bool Store<T>::try_give(Get& get) {
  for (auto item = items_.begin(); item != items_.end(); ++item) {
    if (!get.suits_ || get.suits_(*item)) {
      get.item_.emplace(std::move(*item));
      items_.erase(item);
      note();
      return true;
    }
  }
  return false;
}

template <class T>
void Store<T>::serve() {
  if (env().is_closing()) {
    return;
  }
  for (bool moved = true; moved;) {
    moved = false;
    for (Wait* wait = gets_.first(); wait != nullptr && !items_.empty();) {
      Get& get = static_cast<Get&>(*wait);
      wait = WaitLine::after(*wait);
      if (try_give(get)) {
        gets_.remove(get);
        get.wake(Status::kDone);
        moved = true;
      }
    }
    while (!puts_.empty() && items_.size() < capacity_) {
      Put& put = static_cast<Put&>(*puts_.first());
      puts_.remove(put);
      insert(std::move(put.item_));
      put.wake(Status::kDone);
      moved = true;
    }
  }
  state_changed();
}

template <class T>
void Store<T>::left(WaitLine& line) {
  static_cast<void>(line);  // every other waiting request has been tried against the same items
}

template <class T>
bool Store<T>::try_put(T item) {
  if (items_.size() >= capacity_ || !puts_.empty()) {
    return false;
  }
  insert(std::move(item));
  serve();
  return true;
}

template <class T>
bool Store<T>::Put::ready() {
  if (store_->items_.size() >= store_->capacity_ || !store_->puts_.empty()) {
    return false;
  }
  store_->insert(std::move(item_));
  store_->serve();
  return true;
}

template <class T>
void Store<T>::Put::begin() {
  store_->puts_.push_back(*this);
  if (timeout_ < kForever) {
    this->set_timer(this->env().now() + timeout_, Priority::kNormal);
  }
}

template <class T>
bool Store<T>::Get::ready() {
  if (!store_->try_give(*this)) {
    return false;
  }
  store_->serve();
  return true;
}

template <class T>
void Store<T>::Get::begin() {
  store_->gets_.push_back(*this);
  if (timeout_ < kForever) {
    this->set_timer(this->env().now() + timeout_, Priority::kNormal);
  }
}

}  // namespace tidewater::des
