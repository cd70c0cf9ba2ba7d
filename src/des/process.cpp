// Waits, lines and groups: how a suspension is made, ended and cut short.

#include "tidewater/des/process.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "tidewater/des/store.hpp"

namespace tidewater::des {

WaitLine::~WaitLine() {
  for (Wait* wait = first_; wait != nullptr;) {
    Wait* const next = wait->next_;
    wait->line_ = nullptr;
    wait->previous_ = nullptr;
    wait->next_ = nullptr;
    wait = next;
  }
}

Waitable::~Waitable() {
  for (Condition* const watcher : watchers_) {
    std::erase(watcher->watched_, this);
  }
}

void Waitable::tell_watchers() {
  for (Condition* const watcher : watchers_) {
    watcher->changed();
  }
}

std::string Wait::waits_for() const {
  return line_ != nullptr && line_->owner() != nullptr ? line_->owner()->describe()
                                                       : "something that is gone";
}

void Wait::set_timer_now(SimTime at, Priority priority) {
  if (!(at >= env_->now_)) {
    env_->fail("a timeout is negative or not a number");
  }
  if (priority == Priority::kNormal) {
    has_turn_ = true;
    env_->give_turn(*this);
  } else {
    slot_ = env_->events_.push(at, priority, *this);
  }
}

void Wait::unlink() {
  if (slot_ != EventList::kNoSlot) {
    env_->events_.cancel(slot_);
    slot_ = EventList::kNoSlot;
  }
  if (has_turn_) {
    env_->turns_.strike(*this);
    has_turn_ = false;
  }
  if (line_ != nullptr) {
    line_->remove(*this);
  }
}

void Wait::leave() {
  WaitLine* const line = line_;
  unlink();
  stage_ = Stage::kSettled;
  if (line != nullptr && line->owner() != nullptr) {
    line->owner()->left(*line);
  }
}

void Wait::wake(Status status) {
  if (env_->closing_) {
    return;
  }
  status_ = status;
  unlink();
  if (group_ != nullptr) {
    stage_ = Stage::kSettled;
    group_->member_settled(*this);
    return;
  }
  stage_ = Stage::kWoken;
  has_turn_ = true;
  env_->give_turn(*this);
}

void Wait::timer_ran_out() {
  if (kind_ == Kind::kAlarm) {
    stage_ = Stage::kIdle;
    due();
    return;
  }
  WaitLine* const line = line_;
  unlink();
  status_ = kind_ == Kind::kLine ? Status::kTimeout : Status::kDone;
  stage_ = Stage::kWoken;  // from here on nobody else may end this wait
  if (line != nullptr && line->owner() != nullptr) {
    line->owner()->left(*line);
  }
  if (group_ != nullptr) {
    stage_ = Stage::kSettled;
    group_->member_settled(*this);
  } else {
    env_->resume(*this);
  }
}

std::int64_t Wait::cause() const {
  return process_ != nullptr ? process_->cause_ : 0;
}

void ProcessState::Finish::await_suspend(std::coroutine_handle<>) const noexcept {
  state_->env_->ended_ = state_;
}

void TaskState::Finish::await_suspend(std::coroutine_handle<>) const noexcept {
  state_->process_->env_->ready_ = state_->awaiter_;
}

void TaskState::start(std::coroutine_handle<> self,
                      std::coroutine_handle<> awaiter,
                      ProcessState& process) noexcept {
  process_ = &process;
  awaiter_ = awaiter;
  process.env_->ready_ = self;
}

std::string Hold::waits_for() const {
  return due_ < kForever ? fmt::format("time {}", due_) : "an interruption";
}

bool Ended::ready() {
  if (process_waited_for_ == env().current()) {
    env().fail("a process waits for its own end");
  }
  return !env().is_alive(process_waited_for_);
}

void Ended::begin() {
  env().find(process_waited_for_)->joiners_.push_back(*this);
}

std::string Ended::waits_for() const {
  return fmt::format("the end of {}", env().name_of(process_waited_for_));
}

std::string WaitGroup::waits_for() const {
  std::string text = needs_ == Needs::kOne ? "any of" : "all of";
  for (std::size_t i = 0; i < count_; ++i) {
    if (members_[i]->stage_ == Stage::kPending) {
      text += (text.size() > 6 ? ", " : " ") + members_[i]->waits_for();
    }
  }
  return text;
}

bool WaitGroup::ready() {
  for (std::size_t i = 0; i < count_; ++i) {
    Wait& member = *members_[i];
    TW_EXPECTS(member.stage_ == Stage::kIdle, "a wait is awaited once");
    member.process_ = process_;
    if (!member.ready()) {
      ++open_;
      continue;
    }
    member.stage_ = Stage::kSettled;
    if (needs_ == Needs::kOne) {
      winner_ = i;
      let_go();
      return true;
    }
  }
  return open_ == 0;
}

void WaitGroup::begin() {
  for (std::size_t i = 0; i < count_ && stage_ == Stage::kPending; ++i) {
    Wait& member = *members_[i];
    if (member.stage_ == Stage::kIdle) {
      member.process_ = process_;
      member.group_ = this;
      member.stage_ = Stage::kPending;
      member.begin();
    }
  }
}

void WaitGroup::let_go() {
  // First all members are out of their lines, then the lines move up: a line that moves up must not
  // find, and serve, a member that is about to leave.
  std::array<WaitLine*, kMostMembers> lines{};
  for (std::size_t i = 0; i < count_; ++i) {
    Wait& member = *members_[i];
    member.group_ = nullptr;
    if (member.stage_ == Stage::kPending || member.stage_ == Stage::kIdle) {
      lines[i] = member.line_;
      member.unlink();
      member.status_ = Status::kCancelled;
      bool const had_begun = std::exchange(member.stage_, Stage::kSettled) == Stage::kPending;
      if (had_begun) {
        member.abandoned();
      }
    }
  }
  for (WaitLine* const line : lines) {
    if (line != nullptr && line->owner() != nullptr) {
      line->owner()->left(*line);
    }
  }
}

void WaitGroup::member_settled(Wait& member) {
  if (stage_ != Stage::kPending) {
    return;
  }
  if (needs_ == Needs::kAll) {
    if (--open_ == 0) {
      wake(Status::kDone);
    }
    return;
  }
  winner_ = static_cast<std::size_t>(std::find(members_, members_ + count_, &member) - members_);
  let_go();
  wake(Status::kDone);
}

void Alarm::set(SimTime at, Priority priority) {
  cancel();
  stage_ = Stage::kPending;
  set_timer(at, priority);
}

void Alarm::cancel() {
  if (stage_ == Stage::kPending) {
    unlink();
    stage_ = Stage::kIdle;
  }
}

bool Alarm::is_set() const {
  return stage_ == Stage::kPending;
}

void Alarm::due() {
  ring_();
}

}  // namespace tidewater::des
