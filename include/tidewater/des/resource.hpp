#pragma once
/// Things that are held and given back: Resource (equal units), Pool (distinct units).
///
///   Grant const quay = co_await berth.acquire();              // released at the end of the scope
///   Request const urgent{.priority = -1, .preempt = Preempt::kLower};
///   Grant const track = co_await section.acquire(urgent);     // name the request: g++ 12 and
///   co_await if (!track) { ... track.outcome() says why ... }

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tidewater/des/calendar_tide.hpp"
#include "tidewater/des/process.hpp"
#include "tidewater/des/statistics.hpp"

namespace tidewater::des {

enum class Discipline : std::uint8_t { kFifo, kPriority, kOwn };

enum class Preempt : std::uint8_t {
  kNever,
  kLower,  ///< may take units from holders of strictly larger priority number, largest and latest
           ///< first
};

/// Where among requests of equal priority.
enum class Place : std::uint8_t { kBack, kFront };

struct Request {
  std::int64_t units = 1;
  int priority = 0;  ///< smaller is served first; ignored by a FIFO resource
  Preempt preempt = Preempt::kNever;
  Place place = Place::kBack;
  SimTime timeout = kForever;  ///< then the grant comes back empty with Status::kTimeout
  double rank = 0;             ///< for an order of the model's own, e.g. the end of a laycan
};

/// Whether the first of two requests is to be served before the second: a strict weak order.
/// Requests it does not tell apart are served in order of arrival.
using ServeBefore = std::function<bool(Request const&, Request const&)>;

class Resource;

/// Units held. Gives them back when it goes out of scope, is released, or its process is killed. A
/// preempted grant has lost its units already; the holder learns it from the outcome of its wait.
class [[nodiscard]] Grant {
 public:
  Grant() = default;
  Grant(Grant&& other) noexcept
      : env_{other.env_},
        holder_{other.holder_},
        serial_{other.serial_},
        units_{other.units_},
        priority_{other.priority_},
        lost_{std::exchange(other.lost_, false)},
        outcome_{other.outcome_} {
    if (other.resource_ != nullptr) {
      take_place_of(other);
    }
  }
  Grant& operator=(Grant&& other) noexcept;
  Grant(Grant const&) = delete;
  Grant& operator=(Grant const&) = delete;
  ~Grant() {
    if (resource_ != nullptr || lost_) {
      give_back();
    }
  }

  /// True while units are held.
  explicit operator bool() const { return resource_ != nullptr; }
  [[nodiscard]] Outcome outcome() const { return outcome_; }
  [[nodiscard]] std::int64_t units() const { return units_; }
  /// True when the units were taken away.
  [[nodiscard]] bool was_preempted() const { return lost_; }
  /// Gives the units back now. Releasing what is not held is a fault of the model.
  void release();
  /// Leaves `units` fewer; the rest stays held.
  void release(std::int64_t units);

 private:
  friend class Acquire;
  friend class Resource;
  void take_place_of(Grant& other) noexcept;
  void give_back();

  Resource* resource_ = nullptr;
  Grant* previous_ = nullptr;
  Grant* next_ = nullptr;
  Env* env_ = nullptr;
  ProcessRef holder_;
  std::uint64_t serial_ = 0;
  std::int64_t units_ = 0;
  int priority_ = 0;
  bool lost_ = false;
  Outcome outcome_{.status = Status::kCancelled};
};

class Acquire final : public Awaiter<Acquire> {
 public:
  Grant await_resume() { return result(); }
  /// The same after an any_of or all_of that held it by name.
  Grant result();
  [[nodiscard]] std::string waits_for() const override;

 private:
  friend Awaiter<Acquire>;
  friend class Resource;
  Acquire(Resource& resource, Request const& request);
  bool ready() override;
  [[noreturn]] void refuse() const;
  void begin() override;

  Resource* resource_;
  Request request_;
  SimTime asked_at_;
  Grant grant_;
};

/// A number of equal units: berths of one size, a track section, a crew. Served strictly in order:
/// a request for many units is not overtaken by a later one for few.
class Resource final : public Waitable {
 public:
  Resource(Env& env,
           std::string name,
           std::int64_t capacity,
           Discipline discipline = Discipline::kFifo);
  /// Served in the model's own order: shortest job, earliest due, largest first.
  Resource(Env& env, std::string name, std::int64_t capacity, ServeBefore before);
  ~Resource() override;

  /// Asks for units. More than the resource ever had would wait for ever and fails: a resource that
  /// starts closed is given its full capacity first, then set_capacity(0).
  [[nodiscard]] Acquire acquire(Request const& request) { return Acquire{*this, request}; }
  /// One unit. No default argument: it would be stored in the caller's frame and read back at once.
  [[nodiscard]] Acquire acquire() { return Acquire{*this, Request{}}; }
  /// Units now if they are free and nobody waits before; else an empty grant.
  [[nodiscard]] Grant try_acquire(Request const& request = {});

  /// A smaller capacity takes nothing away: units are withheld as they come back.
  void set_capacity(std::int64_t capacity);
  [[nodiscard]] std::int64_t capacity() const { return capacity_; }
  [[nodiscard]] std::int64_t in_use() const { return in_use_; }
  [[nodiscard]] std::int64_t available() const { return capacity_ - in_use_; }
  [[nodiscard]] std::size_t queue_length() const { return line_.length(); }
  [[nodiscard]] std::string describe() const override;

  struct Statistics {
    TimeWeighted in_use;
    TimeWeighted queue;
    Tally wait;  ///< from asking to being granted; given-up requests do not count
    std::uint64_t preemptions = 0;
  };
  [[nodiscard]] Statistics const& statistics() const { return statistics_; }
  /// In-use time over capacity time since the start or the last reset.
  [[nodiscard]] double utilisation() const;
  void reset_statistics();

 private:
  friend class Acquire;
  friend class Grant;
  void left(WaitLine& line) override;
  [[nodiscard]] bool comes_before(Request const& a, Request const& b) const;
  [[nodiscard]] bool is_first(Request const& request) const;
  [[nodiscard]] bool try_grant(Grant& grant, Request const& request, ProcessState const* asking);
  [[nodiscard]] bool make_room(Request const& request, ProcessState const* asking) {
    return request.units <= available() ||
           (request.preempt != Preempt::kNever && preempt(request, asking));
  }
  [[nodiscard]] bool preempt(Request const& request, ProcessState const* asking);
  void link(Grant& grant, Request const& request, ProcessState const* holder);
  void unlink(Grant& grant);
  void take_away(Grant& grant);
  void give_back(Grant& grant);
  void take_in(std::int64_t units);
  void enqueue(Acquire& wait);
  void serve() {
    if (!line_.empty()) {
      serve_line();
    }
    state_changed();
  }
  void serve_line();
  void note_queue() { statistics_.queue.set(env().now(), static_cast<double>(line_.length())); }
  void note_use() { statistics_.in_use.set(env().now(), static_cast<double>(in_use_)); }

  std::int64_t capacity_;
  std::int64_t most_capacity_;  ///< that it ever had
  std::int64_t in_use_ = 0;
  Discipline discipline_;
  ServeBefore before_;
  bool serving_ = false;
  bool again_ = false;
  WaitLine line_{this};
  Grant* first_grant_ = nullptr;
  Grant* last_grant_ = nullptr;
  Statistics statistics_;
  TimeWeighted offered_;
};

inline Acquire::Acquire(Resource& resource, Request const& request)
    : Awaiter{&resource.env(), Kind::kLine},
      resource_{&resource},
      request_{request},
      asked_at_{resource.env().now()} {
  if (request.units <= 0 || request.units > resource.most_capacity_) {
    refuse();
  }
}

inline bool Acquire::ready() {
  return resource_->try_grant(grant_, request_, process());
}

inline Grant Acquire::result() {
  Grant grant = std::move(grant_);
  grant.outcome_ = outcome();
  return grant;
}

inline void Grant::take_place_of(Grant& other) noexcept {
  resource_ = std::exchange(other.resource_, nullptr);
  previous_ = std::exchange(other.previous_, nullptr);
  next_ = std::exchange(other.next_, nullptr);
  (previous_ != nullptr ? previous_->next_ : resource_->first_grant_) = this;
  (next_ != nullptr ? next_->previous_ : resource_->last_grant_) = this;
}

/// What happens to work that was interrupted by preemption.
enum class AfterPreemption : std::uint8_t {
  kResume,   ///< what was left of it
  kRestart,  ///< all of it again
  kLeave,    ///< gives it up: the outcome is kPreempted
};

/// Acquires, holds for `duration`, releases; after a preemption goes back to the head of its class
/// and resumes or restarts the work, or leaves. The outcome's `remaining` is the work not done.
Task<Outcome> use(Resource& resource,
                  Request request,
                  SimTime duration,
                  AfterPreemption after = AfterPreemption::kResume);

/// Units of a resource by its calendar.
struct OpeningHours {
  std::int64_t open = 1;
  std::int64_t closed = 0;
};
/// Sets the capacity to `units.open` while the calendar is open and to `units.closed` else: shifts,
/// maintenance, seasons. Changes come before normal events of their instant; work under way is
/// finished, as with set_capacity. Spawn it: `env.spawn(keep_hours(crane, shifts, {2, 0}),
/// "shifts")`. It ends with the last change; one that never ends keeps a run without horizon going.
Process keep_hours(Resource& resource, WindowCalendar calendar, OpeningHours units);

template <class Unit>
class Pool;

/// One distinct unit, held until the end of the scope.
template <class Unit>
class [[nodiscard]] Lease {
 public:
  Lease() = default;
  Lease(Lease&& other) noexcept
      : pool_{std::exchange(other.pool_, nullptr)}, index_{other.index_}, outcome_{other.outcome_} {
    follow();
  }
  Lease& operator=(Lease&& other) noexcept {
    if (this != &other) {
      give_back();
      pool_ = std::exchange(other.pool_, nullptr);
      index_ = other.index_;
      outcome_ = other.outcome_;
      follow();
    }
    return *this;
  }
  Lease(Lease const&) = delete;
  Lease& operator=(Lease const&) = delete;
  ~Lease() { give_back(); }

  explicit operator bool() const { return pool_ != nullptr; }
  [[nodiscard]] Outcome outcome() const { return outcome_; }
  /// Place of the unit in its pool; only while held.
  [[nodiscard]] std::size_t index() const { return index_; }
  [[nodiscard]] Unit& unit() const;
  void release() { give_back(); }

 private:
  friend class Pool<Unit>;
  void follow();
  void give_back();
  Pool<Unit>* pool_ = nullptr;
  std::size_t index_ = 0;
  Outcome outcome_{.status = Status::kCancelled};
};

/// How a request picks among distinct units. Both are references to named callables.
template <class Unit>
struct Choice {
  int priority = 0;
  SimTime timeout = kForever;
  FunctionRef<bool(Unit const&)> suits{};   ///< none: every unit does
  FunctionRef<double(Unit const&)> rank{};  ///< the free unit of least rank is taken; ties by index
};

/// Distinct units: berths of different depth, locomotives, tugs. Requests stand in order of
/// priority and arrival; one whose units are all taken does not hold up a later one that suits
/// others.
template <class Unit>
class Pool final : public Waitable {
 public:
  Pool(Env& env, std::string name, std::vector<Unit> units);
  ~Pool() override;

  class Pick final : public Awaiter<Pick> {
   public:
    Lease<Unit> await_resume() { return result(); }
    Lease<Unit> result();

   private:
    friend Awaiter<Pick>;
    friend class Pool;
    Pick(Pool& pool, Choice<Unit> const& choice)
        : Awaiter<Pick>{&pool.env(), Wait::Kind::kLine},
          pool_{&pool},
          choice_{choice},
          asked_at_{pool.env().now()} {}
    bool ready() override;
    void begin() override;
    Pool* pool_;
    Choice<Unit> choice_;
    SimTime asked_at_;
    Lease<Unit> lease_;
  };

  [[nodiscard]] Pick acquire(Choice<Unit> const& choice = {}) { return Pick{*this, choice}; }
  [[nodiscard]] std::size_t size() const { return units_.size(); }
  [[nodiscard]] Unit& operator[](std::size_t index) { return units_[index].unit; }
  [[nodiscard]] Unit const& operator[](std::size_t index) const { return units_[index].unit; }
  [[nodiscard]] bool is_free(std::size_t index) const { return units_[index].holder == nullptr; }
  [[nodiscard]] std::size_t free_count() const { return free_; }
  [[nodiscard]] std::size_t queue_length() const { return line_.length(); }
  /// Call when something a `suits` looks at has changed: waiting requests are tried again.
  void review() { serve(); }

  [[nodiscard]] std::string describe() const override;

  [[nodiscard]] TimeWeighted const& in_use(std::size_t index) const { return units_[index].in_use; }
  [[nodiscard]] TimeWeighted const& queue() const { return queue_; }
  [[nodiscard]] Tally const& waits() const { return waits_; }

 private:
  friend class Lease<Unit>;
  struct Item {
    Unit unit;
    Lease<Unit>* holder = nullptr;
    TimeWeighted in_use{};
    ProcessRef process{};  ///< of the holder
  };
  void left(WaitLine& line) override;
  bool try_give(Pick& pick);
  void give_back(std::size_t index);
  void serve();

  std::vector<Item> units_;
  std::size_t free_;
  WaitLine line_{this};
  TimeWeighted queue_;
  Tally waits_;
};

// ---- inline parts ----

template <class Unit>
Pool<Unit>::Pool(Env& env, std::string name, std::vector<Unit> units)
    : Waitable{env, std::move(name)}, free_{units.size()}, queue_{0, env.now()} {
  units_.reserve(units.size());
  for (Unit& unit : units) {
    units_.push_back({std::move(unit), nullptr, TimeWeighted{0, env.now()}, {}});
  }
}

template <class Unit>
Pool<Unit>::~Pool() {
  for (Item& item : units_) {
    if (item.holder != nullptr) {
      item.holder->pool_ = nullptr;
    }
  }
}

template <class Unit>
bool Pool<Unit>::try_give(Pick& pick) {
  std::optional<std::size_t> best;
  double least = 0;
  for (std::size_t i = 0; i < units_.size(); ++i) {
    Item const& item = units_[i];
    if (item.holder != nullptr || (pick.choice_.suits && !pick.choice_.suits(item.unit))) {
      continue;
    }
    double const rank = pick.choice_.rank ? pick.choice_.rank(item.unit) : 0.0;
    if (!best || rank < least) {
      best = i;
      least = rank;
    }
  }
  if (!best) {
    return false;
  }
  SimTime const now = env().now();
  units_[*best].in_use.set(now, 1);
  units_[*best].process = pick.process() != nullptr ? pick.process()->ref() : ProcessRef{};
  env().trace_named(units_[*best].process.index, trace_kind::kGranted, name(), 1);
  --free_;
  waits_.add(now - pick.asked_at_);
  pick.lease_.pool_ = this;
  pick.lease_.index_ = *best;
  pick.lease_.follow();
  return true;
}

template <class Unit>
void Pool<Unit>::give_back(std::size_t index) {
  units_[index].holder = nullptr;
  units_[index].in_use.set(env().now(), 0);
  env().trace_named(units_[index].process.index, trace_kind::kReleased, name(), 1);
  ++free_;
  serve();
  state_changed();
}

template <class Unit>
void Pool<Unit>::serve() {
  if (env().is_closing()) {
    return;
  }
  for (Wait* wait = line_.first(); wait != nullptr && free_ > 0;) {
    Pick& pick = static_cast<Pick&>(*wait);
    wait = WaitLine::after(*wait);
    if (try_give(pick)) {
      line_.remove(pick);
      queue_.set(env().now(), static_cast<double>(line_.length()));
      pick.wake(Status::kDone);
    }
  }
}

template <class Unit>
std::string Pool<Unit>::describe() const {
  std::string holders;
  for (Item const& item : units_) {
    if (item.holder != nullptr) {
      holders += (holders.empty() ? "" : ", ") + env().name_of(item.process);
    }
  }
  return holders.empty() ? name() : name() + " (held by " + holders + ")";
}

template <class Unit>
void Pool<Unit>::left(WaitLine& line) {
  queue_.set(env().now(), static_cast<double>(line.length()));
}

template <class Unit>
bool Pool<Unit>::Pick::ready() {
  // Whoever stands before it and could be served has been: free units suit none of them.
  if (pool_->free_ > 0 && pool_->try_give(*this)) {
    pool_->state_changed();
    return true;
  }
  return false;
}

template <class Unit>
void Pool<Unit>::Pick::begin() {
  Wait* before = nullptr;
  for (Wait* last = pool_->line_.last();
       last != nullptr && static_cast<Pick*>(last)->choice_.priority > choice_.priority;
       last = WaitLine::before(*last)) {
    before = last;
  }
  pool_->line_.insert_before(*this, before);
  pool_->queue_.set(this->env().now(), static_cast<double>(pool_->line_.length()));
  if (choice_.timeout < kForever) {
    this->set_timer(asked_at_ + choice_.timeout, Priority::kNormal);
  }
}

template <class Unit>
Lease<Unit> Pool<Unit>::Pick::result() {
  Lease<Unit> lease = std::move(lease_);
  lease.outcome_ = this->outcome();
  return lease;
}

template <class Unit>
Unit& Lease<Unit>::unit() const {
  TW_EXPECTS(pool_ != nullptr, "a lease shows its unit only while it is held");
  return pool_->units_[index_].unit;
}

template <class Unit>
void Lease<Unit>::follow() {
  if (pool_ != nullptr) {
    pool_->units_[index_].holder = this;
  }
}

template <class Unit>
void Lease<Unit>::give_back() {
  if (pool_ != nullptr) {
    std::exchange(pool_, nullptr)->give_back(index_);
  }
}

}  // namespace tidewater::des
