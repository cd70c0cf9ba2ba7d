// Working hours, seasons, alternating spells: answers about open stretches, no events.

#include <algorithm>
#include <cmath>

#include "tidewater/base/contract.hpp"
#include "tidewater/des/calendar_tide.hpp"

namespace tidewater::des {

namespace {
// Share of a period by which two moments may differ through rounding and still be one.
constexpr double kRounding = 1e-9;
}  // namespace

WindowCalendar::WindowCalendar(double period, std::vector<Window> open)
    : period_{period}, open_{std::move(open)} {
  TW_EXPECTS(period > 0, "a period is above zero");
  double last = 0;
  for (Window const& w : open_) {
    TW_EXPECTS(w.from >= last && w.to > w.from && w.to <= period,
               "windows lie in order within the period");
    last = w.to;
  }
}

void WindowCalendar::except(Window stretch, Exception kind) {
  TW_EXPECTS(stretch.to > stretch.from, "an exception lasts");
  exceptions_.push_back({stretch, kind});
}

bool WindowCalendar::is_open(double t) const {
  for (auto stretch = exceptions_.rbegin(); stretch != exceptions_.rend(); ++stretch) {
    if (t >= stretch->window.from && t < stretch->window.to) {
      return stretch->kind == Exception::kOpen;
    }
  }
  if (period_ == 0) {
    return true;
  }
  // The same sums as in next_change, so that the moment it gives is on the right side.
  double const turn = std::floor(t / period_);
  for (double const k : {turn - 1, turn, turn + 1}) {
    for (Window const& w : open_) {
      if (t >= k * period_ + w.from && t < k * period_ + w.to) {
        return true;
      }
    }
  }
  return false;
}

double WindowCalendar::next_change(double t) const {
  double next = std::numeric_limits<double>::infinity();
  auto const consider = [&](double moment) {
    if (moment > t && moment < next) {
      next = moment;
    }
  };
  for (Stretch const& stretch : exceptions_) {
    consider(stretch.window.from);
    consider(stretch.window.to);
  }
  if (period_ > 0) {
    double const turn = std::floor(t / period_);
    for (double const k : {turn - 1, turn, turn + 1}) {
      for (Window const& w : open_) {
        consider(k * period_ + w.from);
        consider(k * period_ + w.to);
      }
    }
  }
  return next;
}

double WindowCalendar::last_exception_end() const {
  double last = 0;
  for (Stretch const& stretch : exceptions_) {
    last = std::max(last, stretch.window.to);
  }
  return last;
}

std::optional<double> WindowCalendar::next_open(double t) const {
  // Beyond the exceptions the pattern repeats: one full turn tells all.
  double const limit = std::max(t, last_exception_end()) + 2 * period_;
  while (!is_open(t)) {
    t = next_change(t);
    if (!(t <= limit)) {
      return std::nullopt;
    }
  }
  return t;
}

std::optional<double> WindowCalendar::next_close(double t) const {
  double const limit = std::max(t, last_exception_end()) + 2 * period_;
  while (true) {
    while (is_open(t)) {
      t = next_change(t);
      if (!(t <= limit)) {
        return std::nullopt;
      }
    }
    std::optional<double> const again = next_open(t);
    if (!again || *again - t > kRounding * period_) {
      return t;
    }
    t = *again;  // the seam of two windows that touch over the turn of the period
  }
}

std::optional<double> WindowCalendar::next_window(double t, double length) const {
  double const limit = std::max(t, last_exception_end()) + 2 * period_;
  std::optional<double> start = next_open(t);
  while (start && *start <= limit) {
    std::optional<double> const end = next_close(*start);
    if (!end || *end - *start >= length - kRounding * period_) {
      return start;
    }
    start = next_open(*end);
  }
  return std::nullopt;
}

double WindowCalendar::open_time(double from, double to) const {
  double sum = 0;
  for (double t = from; t < to;) {
    double const next = std::min(next_change(t), to);
    sum += is_open(t) ? next - t : 0.0;
    t = next;
  }
  return sum;
}

AlternatingRenewal::AlternatingRenewal(Stream stream, Law good, Law bad, Spell first)
    : stream_{stream}, good_{std::move(good)}, bad_{std::move(bad)}, first_{first} {
}

bool AlternatingRenewal::is_good_spell(std::size_t spell) const {
  return (spell % 2 == 0) == (first_ == Spell::kGood);
}

std::size_t AlternatingRenewal::spell_at(double t) {
  while (ends_.empty() || ends_.back() <= t) {
    double const length = (is_good_spell(ends_.size()) ? good_ : bad_)(stream_);
    TW_EXPECTS(length >= 0, "a spell does not last a negative time");
    ends_.push_back((ends_.empty() ? 0.0 : ends_.back()) + length);
    TW_EXPECTS(ends_.size() < 4 || ends_.back() > ends_[ends_.size() - 4],
               "spells of no length at all never get anywhere");
  }
  return static_cast<std::size_t>(std::upper_bound(ends_.begin(), ends_.end(), t) - ends_.begin());
}

bool AlternatingRenewal::is_good(double t) {
  return is_good_spell(spell_at(t));
}

double AlternatingRenewal::next_good(double t) {
  std::size_t const spell = spell_at(t);
  return is_good_spell(spell) ? t : ends_[spell];
}

double AlternatingRenewal::next_bad(double t) {
  std::size_t const spell = spell_at(t);
  return is_good_spell(spell) ? ends_[spell] : t;
}

std::optional<double> AlternatingRenewal::next_window(double t, double length, double horizon) {
  double start = next_good(t);
  while (start < horizon) {
    double const end = ends_[spell_at(start)];
    if (end - start >= length) {
      return start;
    }
    start = next_good(end);
  }
  return std::nullopt;
}

WindowList::WindowList(std::vector<Window> windows) : windows_{std::move(windows)} {
  for (std::size_t i = 0; i < windows_.size(); ++i) {
    TW_EXPECTS(
        windows_[i].to >= windows_[i].from && (i == 0 || windows_[i].from >= windows_[i - 1].to),
        "windows lie in order");
  }
}

bool WindowList::is_open(double t) const {
  return next_window(t, 0) == t;
}

std::optional<double> WindowList::next_window(double t, double length) const {
  auto const first_ending_after = std::upper_bound(
      windows_.begin(), windows_.end(), t, [](double v, Window const& w) { return v < w.to; });
  for (auto w = first_ending_after; w != windows_.end(); ++w) {
    double const start = std::max(t, w->from);
    if (w->to - start >= length) {
      return start;
    }
  }
  return std::nullopt;
}

std::optional<double> next_common(
    double t, std::span<std::function<std::optional<double>(double)> const> rules, double horizon) {
  std::size_t agreed = 0;
  for (std::size_t i = 0; agreed < rules.size(); i = (i + 1) % rules.size()) {
    std::optional<double> const start = rules[i](t);
    if (!start || *start > horizon) {
      return std::nullopt;
    }
    agreed = *start > t ? 1 : agreed + 1;
    t = *start;
  }
  return t;
}

}  // namespace tidewater::des
