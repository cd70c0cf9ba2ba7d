// Signals, gates, conditions and containers.

#include "tidewater/des/store.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace tidewater::des {

namespace {
// Share of an amount that rounding may take without making it "not there".
constexpr double kRounding = 1e-12;
}  // namespace

void LineWait::begin() {
  line_->push_back(*this);
  if (timeout_ < kForever) {
    set_timer(env().now() + timeout_, Priority::kNormal);
  }
}

std::size_t Signal::fire() {
  std::size_t woken = 0;
  while (!line_.empty()) {
    LineWait& wait = static_cast<LineWait&>(*line_.first());
    line_.remove(wait);
    wait.wake(Status::kDone);
    ++woken;
  }
  state_changed();
  return woken;
}

void Gate::open() {
  state_ = State::kOpen;
  while (!line_.empty()) {
    LineWait& wait = static_cast<LineWait&>(*line_.first());
    line_.remove(wait);
    wait.wake(Status::kDone);
  }
  state_changed();
}

void Gate::close() {
  state_ = State::kClosed;
  state_changed();
}

Condition::Condition(Env& env, std::string name)
    : Waitable{env, std::move(name)}, alarm_{env, [this] { review(); }} {
}

Condition::~Condition() {
  for (Waitable* const object : watched_) {
    std::erase(object->watchers_, this);
  }
}

void Condition::watch(Waitable& object) {
  TW_EXPECTS(&object != this, "a condition does not watch itself");
  watched_.push_back(&object);
  object.watchers_.push_back(this);
}

void Condition::changed() {
  // Tried when the process that made the change has come to rest, not in the middle of its change.
  if (!line_.empty() && !alarm_.is_set()) {
    alarm_.set(env().now());
  }
}

void Condition::review() {
  while (!line_.empty()) {
    LineWait& wait = static_cast<LineWait&>(*line_.first());
    line_.remove(wait);
    if (!wait.holds_()) {
      tried_.push_back(wait);
    } else if (wait.group_ != nullptr) {
      wait.wake(Status::kDone);
    } else {
      // At once, so that nobody can make the predicate false in between.
      wait.unlink();
      wait.status_ = Status::kDone;
      env().resume(wait);
    }
  }
  while (!tried_.empty()) {
    Wait& wait = *tried_.first();
    tried_.remove(wait);
    line_.push_back(wait);
  }
}

void Levelled::wake_watchers() {
  for (Wait* wait = level_line_.first(); wait != nullptr;) {
    LevelWait& one = static_cast<LevelWait&>(*wait);
    wait = WaitLine::after(*wait);
    if (one.holds()) {
      level_line_.remove(one);
      one.wake(Status::kDone);
    }
  }
}

void LevelWait::begin() {
  object_->level_line_.push_back(*this);
  if (timeout_ < kForever) {
    set_timer(env().now() + timeout_, Priority::kNormal);
  }
  object_->threshold_added();
}

Container::Container(Env& env, std::string name, Options const& options)
    : Levelled{env, std::move(name)},
      capacity_{options.capacity},
      overtaking_{options.overtaking},
      level_{options.level, env.now()} {
  TW_EXPECTS(options.level >= 0 && options.level <= options.capacity,
             "a container starts between empty and full");
}

void Container::check(double amount, char const* verb) const {
  if (!(amount >= 0) || amount > capacity_) {
    env().fail(
        fmt::format("{} {} of {}, which takes from 0 to {}", amount, verb, name(), capacity_));
  }
}

Transfer Container::put(double amount, SimTime timeout) {
  check(amount, "to be put in");
  return Transfer{*this, amount, Transfer::Direction::kIn, timeout};
}

Transfer Container::get(double amount, SimTime timeout) {
  check(amount, "to be got out");
  return Transfer{*this, amount, Transfer::Direction::kOut, timeout};
}

bool Container::fits(double amount) const {
  return amount * (1 - kRounding) <= capacity_ - level_.level();
}

bool Container::is_there(double amount) const {
  return amount * (1 - kRounding) <= level_.level();
}

void Container::move(double change) {
  level_.set(env().now(), std::clamp(level_.level() + change, 0.0, capacity_));
  wake_watchers();
  state_changed();
}

bool Container::try_put(double amount) {
  check(amount, "to be put in");
  if (!puts_.empty() || !fits(amount)) {
    return false;
  }
  move(amount);
  serve();
  return true;
}

bool Container::try_get(double amount) {
  check(amount, "to be got out");
  if (!gets_.empty() || !is_there(amount)) {
    return false;
  }
  move(-amount);
  serve();
  return true;
}

double Container::take_up_to(double amount) {
  double const moved = gets_.empty() ? std::min(amount, level()) : 0.0;
  return moved > 0 && try_get(moved) ? moved : 0.0;
}

double Container::put_up_to(double amount) {
  double const moved = puts_.empty() ? std::min(amount, room()) : 0.0;
  return moved > 0 && try_put(moved) ? moved : 0.0;
}

bool Container::serve_line(WaitLine& line) {
  bool moved = false;
  for (Wait* wait = line.first(); wait != nullptr;) {
    Transfer& transfer = static_cast<Transfer&>(*wait);
    wait = WaitLine::after(*wait);
    if (transfer.can_move()) {
      line.remove(transfer);
      transfer.move();
      transfer.wake(Status::kDone);
      moved = true;
    } else if (overtaking_ == Overtaking::kNever) {
      break;
    }
  }
  return moved;
}

void Container::serve() {
  if (env().is_closing()) {
    return;
  }
  if (serving_) {
    again_ = true;
    return;
  }
  serving_ = true;
  do {
    again_ = serve_line(gets_);
    again_ = serve_line(puts_) || again_;
  } while (again_);
  serving_ = false;
}

void Container::left(WaitLine& line) {
  if (&line != &watchers()) {
    serve();
  }
}

std::string Container::describe() const {
  return fmt::format("{} (level {} of {})", name(), level(), capacity_);
}

bool Transfer::ready() {
  WaitLine const& line = direction_ == Direction::kIn ? container_->puts_ : container_->gets_;
  if ((!line.empty() && container_->overtaking_ == Overtaking::kNever) || !can_move()) {
    return false;
  }
  move();
  container_->serve();
  return true;
}

void Transfer::begin() {
  (direction_ == Direction::kIn ? container_->puts_ : container_->gets_).push_back(*this);
  if (timeout_ < kForever) {
    set_timer(env().now() + timeout_, Priority::kNormal);
  }
}

bool Transfer::can_move() const {
  return direction_ == Direction::kIn ? container_->fits(amount_) : container_->is_there(amount_);
}

void Transfer::move() {
  container_->move(direction_ == Direction::kIn ? amount_ : -amount_);
}

std::string Transfer::waits_for() const {
  return fmt::format("{} {} {}",
                     direction_ == Direction::kIn ? "putting" : "getting",
                     amount_,
                     (direction_ == Direction::kIn ? "into " : "out of ") + container_->describe());
}

}  // namespace tidewater::des
