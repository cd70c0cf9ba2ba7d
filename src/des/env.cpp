// The kernel loop and the process table.

#include "tidewater/des/env.hpp"

#include <cmath>

#include <fmt/format.h>

#include "tidewater/base/contract.hpp"
#include "tidewater/des/process.hpp"

namespace tidewater::des {

namespace {
constexpr std::uint32_t kNoEntry = 0xFFFF'FFFF;
}

Env::Env(Streams streams, SimTime start) : now_{start}, streams_{streams} {
  TW_EXPECTS(start >= 0 && start < kForever, "simulated time is finite and not negative");
}

Env::~Env() {
  closing_ = true;
  current_ = nullptr;
  // Waits that outlive this Env (alarms of other objects) must not reach back into it.
  auto const forget = [](Wait& wait) {
    wait.slot_ = EventList::kNoSlot;
    wait.has_turn_ = false;
    if (wait.process_ == nullptr) {
      wait.stage_ = Wait::Stage::kIdle;
    }
  };
  events_.clear(forget);
  while (!turns_.empty()) {
    if (Wait* const wait = turns_.pop(); wait != nullptr) {
      forget(*wait);
    }
  }
  for (Entry& entry : table_) {
    if (entry.state != nullptr) {
      std::exchange(entry.state, nullptr)->root_.destroy();
    }
  }
}

ProcessState& Env::enter(Process process, std::string_view name) {
  TW_EXPECTS(process.handle_, "a process is spawned once");
  auto const handle = std::exchange(process.handle_, {});
  ProcessState& state = handle.promise();
  std::uint32_t entity = free_entry_;
  if (entity == kNoEntry) {
    entity = static_cast<std::uint32_t>(table_.size());
    table_.push_back({});
  } else {
    free_entry_ = table_[entity].next_free;
  }
  table_[entity].state = &state;
  state.env_ = this;
  state.root_ = handle;
  state.resume_ = handle;
  state.name_ = name;
  state.ref_ = {entity, table_[entity].generation};
  state.spawned_at_ = now_;
  state.since_ = now_;
  state.waiting_ = &state.start_;
  state.start_.env_ = this;
  state.start_.process_ = &state;
  // Not "pending": what happens to a process before it has started meets it at its first wait.
  state.start_.stage_ = Wait::Stage::kWoken;
  ++alive_;
  trace_named(entity, trace_kind::kSpawned, name);
  return state;
}

ProcessRef Env::spawn(Process process, std::string_view name, Priority priority) {
  ProcessState& state = enter(std::move(process), name);
  if (priority == Priority::kNormal) {
    state.start_.has_turn_ = true;
    give_turn(state.start_);
  } else {
    state.start_.slot_ = events_.push(now_, priority, state.start_);
  }
  return state.ref_;
}

ProcessRef Env::spawn_at(SimTime at, Process process, std::string_view name) {
  if (!(at >= now_ && at < kForever)) {
    fail("a process is to start before now, or never");
  }
  ProcessState& state = enter(std::move(process), name);
  state.start_.slot_ = events_.push(at, Priority::kNormal, state.start_);
  return state.ref_;
}

ProcessState* Env::find(ProcessRef process) const {
  if (process.index >= table_.size() || table_[process.index].generation != process.generation) {
    return nullptr;
  }
  return table_[process.index].state;
}

void Env::fail(std::string const& what) const {
  std::string const who = current_ != nullptr ? current_->name_ : "";
  throw SimulationError(who.empty()
                            ? fmt::format("at simulated time {}: {}", now_, what)
                            : fmt::format("process '{}' at simulated time {}: {}", who, now_, what),
                        who,
                        now_,
                        last_rows());
}

std::vector<TraceRow> Env::last_rows() const {
  constexpr std::size_t kShown = 16;
  return trace_ != nullptr ? trace_->last(kShown) : std::vector<TraceRow>{};
}

template <class Reached>
RunReport Env::run_events(SimTime until, Reached const& reached) {
  if (current_ != nullptr || failed_) {
    fail(failed_ ? "a run that has failed does not go on" : "a process cannot run its own Env");
  }
  if (!(until >= now_)) {
    fail("the horizon of a run lies before now");
  }
  stopping_ = false;
  while (!stopping_ && !reached()) {
    Wait* wait = nullptr;
    EventList::Key const next = events_.top();
    if (!turns_.empty() &&
        EventList::key(now_, Priority::kNormal, turns_.front().sequence, 0) < next) {
      if (now_ >= until) {
        return {RunEnd::kHorizon, now_, {}};
      }
      wait = turns_.pop();
      if (wait == nullptr) {
        continue;
      }
    } else if (!events_.empty()) {
      if (next.at() >= until) {
        now_ = until;
        return {RunEnd::kHorizon, now_, {}};
      }
      now_ = next.at();
      wait = &events_.pop();
    } else {
      SimTime const last = now_;
      now_ = until < kForever ? until : now_;
      return {RunEnd::kNoEvents, last, blocked()};
    }
    ++events_run_;
    dispatch(*wait);
  }
  return {RunEnd::kStopped, now_, {}};
}

RunReport Env::run(SimTime until) {
  return run_events(until, [] { return false; });
}

RunReport Env::run(SimTime until, FunctionRef<bool()> reached) {
  return run_events(until, reached);
}

inline void Env::dispatch(Wait& wait) {
  wait.slot_ = EventList::kNoSlot;
  wait.has_turn_ = false;
  if (wait.stage_ == Wait::Stage::kPending) {
    if (wait.kind_ != Wait::Kind::kTimer || wait.group_ != nullptr) {
      wait.timer_ran_out();
      return;
    }
    wait.status_ = Status::kDone;
  }
  resume(wait);
}

void Env::resume(Wait& wait) {
  wait.stage_ = Wait::Stage::kSettled;
  ProcessState& process = *wait.process_;
  process.waiting_ = nullptr;
  current_ = &process;
  process.resume_.resume();
  while (ready_) {
    std::exchange(ready_, {}).resume();
  }
  current_ = nullptr;
  if (ended_ != nullptr) {
    reap(*std::exchange(ended_, nullptr));
  }
}

void Env::reap(ProcessState& process) {
  if (process.failure_) {
    rethrow_failure(process);
  }
  trace(process.ref_.index, trace_kind::kEnded, now_ - process.spawned_at_);
  retire(process, Status::kDone);
}

void Env::retire(ProcessState& process, Status status) {
  Entry& entry = table_[process.ref_.index];
  entry.state = nullptr;
  ++entry.generation;
  entry.next_free = free_entry_;
  free_entry_ = process.ref_.index;
  --alive_;
  while (!process.joiners_.empty()) {
    Wait& joiner = *process.joiners_.first();
    process.joiners_.remove(joiner);
    joiner.wake(status);
  }
  process.root_.destroy();
}

void Env::rethrow_failure(ProcessState const& process) {
  failed_ = true;
  try {
    std::rethrow_exception(process.failure_);
  } catch (SimulationError const&) {
    throw;
  } catch (std::exception const& fault) {
    throw SimulationError(
        fmt::format(
            "process '{}' failed at simulated time {}: {}", process.name_, now_, fault.what()),
        process.name_,
        now_,
        last_rows());
  }
}

void Env::cut(ProcessState& process, Notice notice) {
  Wait* const wait = process.waiting_;
  if (wait == nullptr || wait->stage_ != Wait::Stage::kPending) {
    process.notices_.push_back(notice);
    return;
  }
  process.cause_ = notice.cause;
  WaitLine* const line = wait->line_;
  wait->unlink();
  wait->status_ = notice.status;
  wait->stage_ = Wait::Stage::kWoken;  // before anybody else is told: it cannot be cut twice
  wait->slot_ = events_.push(now_, Priority::kUrgent, *wait);
  wait->abandoned();
  if (line != nullptr && line->owner() != nullptr) {
    line->owner()->left(*line);
  }
}

void Env::deliver_notice(ProcessState& process) {
  Notice const notice = process.notices_.front();
  process.notices_.erase(process.notices_.begin());
  cut(process, notice);
}

void Env::forget_notice(ProcessRef holder, std::uint64_t grant) {
  if (ProcessState* const process = closing_ ? nullptr : find(holder); process != nullptr) {
    std::erase_if(process->notices_, [&](Notice const& n) { return n.grant == grant; });
  }
}

void Env::interrupt(ProcessRef process, std::int64_t cause) {
  ProcessState* const state = find(process);
  if (state == nullptr) {
    fail("an interruption of a process that has ended");
  }
  if (state == current_) {
    fail("a process interrupts itself");
  }
  trace(process.index, trace_kind::kInterrupted, static_cast<double>(cause));
  cut(*state, {Status::kInterrupted, cause, 0});
}

void Env::kill(ProcessRef process) {
  ProcessState* const state = find(process);
  if (state == nullptr) {
    fail("a process that has ended is to be killed");
  }
  if (state == current_) {
    fail("a process kills itself: it ends by co_return");
  }
  trace(process.index, trace_kind::kKilled);
  retire(*state, Status::kCancelled);
}

bool Env::is_alive(ProcessRef process) const {
  return find(process) != nullptr;
}

ProcessRef Env::current() const {
  return current_ != nullptr ? current_->ref_ : ProcessRef{};
}

std::string Env::name_of(ProcessRef process) const {
  ProcessState const* const state = find(process);
  return state != nullptr ? state->name_ : "a process that has ended";
}

std::vector<Blocked> Env::blocked() const {
  std::vector<Blocked> all;
  for (Entry const& entry : table_) {
    if (entry.state != nullptr && entry.state->waiting_ != nullptr) {
      all.push_back({entry.state->name_, entry.state->waiting_->waits_for(), entry.state->since_});
    }
  }
  return all;
}

std::string to_text(RunReport const& report) {
  switch (report.end) {
    case RunEnd::kHorizon:
      return fmt::format("ran to its horizon at {}\n", report.at);
    case RunEnd::kStopped:
      return fmt::format("stopped at {}\n", report.at);
    case RunEnd::kNoEvents:
      break;
  }
  if (report.blocked.empty()) {
    return fmt::format("all processes had ended at {}\n", report.at);
  }
  std::string text = fmt::format(
      "nothing can happen after {}: {} wait for ever\n", report.at, report.blocked.size());
  for (Blocked const& one : report.blocked) {
    text += fmt::format("  {} waits for {} since {}\n", one.process, one.waits_for, one.since);
  }
  return text;
}

}  // namespace tidewater::des
