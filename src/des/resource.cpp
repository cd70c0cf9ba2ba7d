// Equal units: who gets them, who loses them, what is counted.

#include "tidewater/des/resource.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace tidewater::des {

Grant& Grant::operator=(Grant&& other) noexcept {
  if (this != &other) {
    give_back();
    env_ = other.env_;
    holder_ = other.holder_;
    serial_ = other.serial_;
    units_ = other.units_;
    priority_ = other.priority_;
    lost_ = std::exchange(other.lost_, false);
    outcome_ = other.outcome_;
    if (other.resource_ != nullptr) {
      take_place_of(other);
    }
  }
  return *this;
}

void Grant::give_back() {
  if (resource_ != nullptr) {
    resource_->give_back(*this);
  } else if (lost_) {
    // The holder has let go by itself: the news of the loss would only cut an unrelated wait.
    env_->forget_notice(holder_, serial_);
    lost_ = false;
  }
}

void Grant::release() {
  if (resource_ == nullptr && !lost_) {
    throw SimulationError("a grant that holds nothing is released", "", 0);
  }
  give_back();
}

void Grant::release(std::int64_t units) {
  if (units < 0 || units > units_ || resource_ == nullptr) {
    throw SimulationError("more units are released than the grant holds", "", 0);
  }
  if (units == units_) {
    give_back();
    return;
  }
  units_ -= units;
  resource_->take_in(units);
}

void Acquire::refuse() const {
  env().fail(fmt::format("{} units of {} are asked for; it never had more than {}",
                         request_.units,
                         resource_->name(),
                         resource_->most_capacity_));
}

void Acquire::begin() {
  resource_->enqueue(*this);
  if (request_.timeout < kForever) {
    set_timer(asked_at_ + request_.timeout, Priority::kNormal);
  }
}

std::string Acquire::waits_for() const {
  return request_.units == 1 ? resource_->describe()
                             : fmt::format("{} of {}", request_.units, resource_->describe());
}

Resource::Resource(Env& env, std::string name, std::int64_t capacity, Discipline discipline)
    : Waitable{env, std::move(name)},
      capacity_{capacity},
      most_capacity_{capacity},
      discipline_{discipline},
      statistics_{TimeWeighted{0, env.now()}, TimeWeighted{0, env.now()}, Tally{}, 0},
      offered_{static_cast<double>(capacity), env.now()} {
  TW_EXPECTS(capacity >= 0, "a capacity is not negative");
  TW_EXPECTS(discipline != Discipline::kOwn, "an order of one's own is given, not named");
}

Resource::Resource(Env& env, std::string name, std::int64_t capacity, ServeBefore before)
    : Resource{env, std::move(name), capacity, Discipline::kPriority} {
  TW_EXPECTS(before, "an order of one's own is a function");
  discipline_ = Discipline::kOwn;
  before_ = std::move(before);
}

Resource::~Resource() {
  for (Grant* grant = first_grant_; grant != nullptr;) {
    Grant* const next = grant->next_;
    grant->resource_ = nullptr;
    grant->previous_ = nullptr;
    grant->next_ = nullptr;
    grant = next;
  }
}

Grant Resource::try_acquire(Request const& request) {
  Grant grant;
  if (try_grant(grant, request, env().current_)) {
    grant.outcome_.status = Status::kDone;
  }
  return grant;
}

bool Resource::comes_before(Request const& a, Request const& b) const {
  switch (discipline_) {
    case Discipline::kFifo:
      return false;
    case Discipline::kPriority:
      return a.priority < b.priority;
    case Discipline::kOwn:
      return before_(a, b);
  }
  return false;
}

bool Resource::is_first(Request const& request) const {
  if (line_.empty()) {
    return true;
  }
  Request const& head = static_cast<Acquire const*>(line_.first())->request_;
  return request.place == Place::kFront ? !comes_before(head, request)
                                        : comes_before(request, head);
}

bool Resource::try_grant(Grant& grant, Request const& request, ProcessState const* asking) {
  if (!is_first(request) || !make_room(request, asking)) {
    return false;
  }
  link(grant, request, asking);
  statistics_.wait.add(0);
  serve();
  return true;
}

bool Resource::preempt(Request const& request, ProcessState const* asking) {
  ProcessRef const self = asking != nullptr ? asking->ref() : ProcessRef{};
  auto const can_lose = [&](Grant const& grant) {
    return grant.priority_ > request.priority && grant.holder_ != self;
  };
  std::int64_t within_reach = available();
  for (Grant const* grant = first_grant_; grant != nullptr; grant = grant->next_) {
    within_reach += can_lose(*grant) ? grant->units_ : 0;
  }
  if (within_reach < request.units) {
    return false;  // nobody is disturbed in vain
  }
  bool const was_serving = std::exchange(serving_, true);  // the units freed here are spoken for
  while (available() < request.units) {
    Grant* victim = nullptr;
    for (Grant* grant = last_grant_; grant != nullptr; grant = grant->previous_) {
      if (can_lose(*grant) && (victim == nullptr || grant->priority_ > victim->priority_)) {
        victim = grant;
      }
    }
    take_away(*victim);
  }
  serving_ = was_serving;
  return true;
}

void Resource::link(Grant& grant, Request const& request, ProcessState const* holder) {
  grant.resource_ = this;
  grant.env_ = &env();
  grant.holder_ = holder != nullptr ? holder->ref() : ProcessRef{};
  grant.serial_ = ++env().grants_;
  grant.units_ = request.units;
  grant.priority_ = request.priority;
  grant.previous_ = last_grant_;
  (last_grant_ != nullptr ? last_grant_->next_ : first_grant_) = &grant;
  last_grant_ = &grant;
  in_use_ += request.units;
  note_use();
  env().trace_named(
      grant.holder_.index, trace_kind::kGranted, name(), static_cast<double>(request.units));
}

void Resource::unlink(Grant& grant) {
  (grant.previous_ != nullptr ? grant.previous_->next_ : first_grant_) = grant.next_;
  (grant.next_ != nullptr ? grant.next_->previous_ : last_grant_) = grant.previous_;
  grant.resource_ = nullptr;
  grant.previous_ = nullptr;
  grant.next_ = nullptr;
  in_use_ -= grant.units_;
  note_use();
  env().trace_named(
      grant.holder_.index, trace_kind::kReleased, name(), static_cast<double>(grant.units_));
}

void Resource::take_away(Grant& grant) {
  unlink(grant);
  grant.lost_ = true;
  ++statistics_.preemptions;
  env().trace(grant.holder_.index, trace_kind::kPreempted, static_cast<double>(grant.units_));
  if (ProcessState* const holder = env().find(grant.holder_); holder != nullptr) {
    env().cut(*holder, {Status::kPreempted, 0, grant.serial_});
  }
}

void Resource::give_back(Grant& grant) {
  unlink(grant);
  serve();
}

void Resource::take_in(std::int64_t units) {
  in_use_ -= units;
  note_use();
  serve();
}

void Resource::enqueue(Acquire& wait) {
  Wait* before = nullptr;
  bool const is_front = wait.request_.place == Place::kFront;
  for (Wait* last = line_.last(); last != nullptr; last = WaitLine::before(*last)) {
    Request const& other = static_cast<Acquire const*>(last)->request_;
    if (is_front ? comes_before(other, wait.request_) : !comes_before(wait.request_, other)) {
      break;
    }
    before = last;
  }
  line_.insert_before(wait, before);
  note_queue();
}

void Resource::serve_line() {
  if (env().is_closing()) {
    return;
  }
  if (serving_) {
    again_ = true;
    return;
  }
  serving_ = true;
  do {
    again_ = false;
    while (!line_.empty()) {
      Acquire& head = static_cast<Acquire&>(*line_.first());
      if (!make_room(head.request_, head.process())) {
        break;
      }
      line_.remove(head);
      link(head.grant_, head.request_, head.process());
      note_queue();
      statistics_.wait.add(env().now() - head.asked_at_);
      head.wake(Status::kDone);
    }
  } while (again_);
  serving_ = false;
}

void Resource::left(WaitLine& line) {
  static_cast<void>(line);
  note_queue();
  serve();
}

void Resource::set_capacity(std::int64_t capacity) {
  TW_EXPECTS(capacity >= 0, "a capacity is not negative");
  capacity_ = capacity;
  most_capacity_ = std::max(most_capacity_, capacity);
  offered_.set(env().now(), static_cast<double>(capacity));
  serve();
}

double Resource::utilisation() const {
  return statistics_.in_use.integral(env().now()) / offered_.integral(env().now());
}

void Resource::reset_statistics() {
  SimTime const now = env().now();
  statistics_.in_use.reset(now);
  statistics_.queue.reset(now);
  statistics_.wait.reset();
  statistics_.preemptions = 0;
  offered_.reset(now);
}

std::string Resource::describe() const {
  constexpr int kNamed = 4;
  std::string holders;
  int count = 0;
  for (Grant const* grant = first_grant_; grant != nullptr; grant = grant->next_) {
    if (++count <= kNamed) {
      holders += (count > 1 ? ", " : "") + env().name_of(grant->holder_);
    }
  }
  if (count == 0) {
    return name();
  }
  return count > kNamed
             ? fmt::format("{} (held by {} and {} more)", name(), holders, count - kNamed)
             : fmt::format("{} (held by {})", name(), holders);
}

Task<Outcome> use(Resource& resource, Request request, SimTime duration, AfterPreemption after) {
  SimTime left = duration;
  while (true) {
    Grant const grant = co_await resource.acquire(request);
    if (!grant) {
      Outcome given_up = grant.outcome();
      given_up.remaining = left;
      co_return given_up;
    }
    Outcome const worked = co_await resource.env().hold(left);
    if (worked.status != Status::kPreempted || !grant.was_preempted()) {
      co_return worked;
    }
    if (after == AfterPreemption::kLeave) {
      co_return worked;
    }
    left = after == AfterPreemption::kResume ? worked.remaining : duration;
    request.place = Place::kFront;
  }
}

Process keep_hours(Resource& resource, WindowCalendar calendar, OpeningHours units) {
  Env& env = resource.env();
  for (std::optional<double> next = env.now(); next;) {
    co_await env.hold_or_throw(*next - env.now(), Priority::kHigh);
    bool const is_open = calendar.is_open(env.now());
    resource.set_capacity(is_open ? units.open : units.closed);
    next = is_open ? calendar.next_close(env.now()) : calendar.next_open(env.now());
  }
}

}  // namespace tidewater::des
