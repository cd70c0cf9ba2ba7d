#include "spells.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

namespace tidewater::corridor {

namespace {

/// Spells of one cause in order, overlaps joined.
enum class Kind { kRepair, kOther };
std::vector<Spell> joined(std::span<Spell const> sorted, Kind kind) {
  std::vector<Spell> laid;
  for (Spell const& next : sorted) {
    if ((next.cause == WaitCause::kRepair) != (kind == Kind::kRepair) || next.from >= next.until) {
      continue;
    }
    if (!laid.empty() && next.from <= laid.back().until) {
      laid.back().until = std::max(laid.back().until, next.until);
    } else {
      laid.push_back(next);
    }
  }
  return laid;
}

}  // namespace

Spells::Spells(std::vector<Spell> spells) {
  std::stable_sort(
      spells.begin(), spells.end(), [](Spell const& a, Spell const& b) { return a.from < b.from; });
  // Repair outweighs weather: a broken loader is broken in a storm too.
  std::vector<Spell> const strong = joined(spells, Kind::kRepair);
  std::vector<Spell> const weak = joined(spells, Kind::kOther);
  std::size_t next = 0;
  for (Spell spell : weak) {
    while (next < strong.size() && strong[next].from < spell.until) {
      if (strong[next].from > spell.from) {
        spells_.push_back({spell.from, strong[next].from, spell.cause});
      }
      spell.from = std::max(spell.from, strong[next].until);
      if (strong[next].until > spell.until) {
        break;  // it may cover the start of the next one too
      }
      ++next;
    }
    if (spell.from < spell.until) {
      spells_.push_back(spell);
    }
  }
  spells_.insert(spells_.end(), strong.begin(), strong.end());
  std::sort(spells_.begin(), spells_.end(), [](Spell const& a, Spell const& b) {
    return a.from < b.from;
  });
}

std::size_t Spells::first_ending_after(double t) const {
  return static_cast<std::size_t>(
      std::partition_point(
          spells_.begin(), spells_.end(), [t](Spell const& s) { return s.until <= t; }) -
      spells_.begin());
}

Spell const* Spells::find(double t) const {
  std::size_t const i = first_ending_after(t);
  return i < spells_.size() && spells_[i].from <= t ? &spells_[i] : nullptr;
}

double Spells::next_open(double t) const {
  for (std::size_t i = first_ending_after(t); i < spells_.size() && spells_[i].from <= t; ++i) {
    t = spells_[i].until;
  }
  return t;
}

double Spells::next_window(double t, double length) const {
  std::size_t i = first_ending_after(t);
  for (; i < spells_.size() && spells_[i].from < t + length; ++i) {
    t = spells_[i].until;
  }
  return t;
}

double Spells::next_change(double t) const {
  std::size_t const i = first_ending_after(t);
  if (i == spells_.size()) {
    return std::numeric_limits<double>::infinity();
  }
  return spells_[i].from > t ? spells_[i].from : spells_[i].until;
}

double Spells::work_end(double t, double work) const {
  for (std::size_t i = first_ending_after(t); i < spells_.size(); ++i) {
    double const open = std::max(spells_[i].from - t, 0.0);
    if (work <= open) {
      break;
    }
    work -= open;
    t = spells_[i].until;
  }
  return t + work;
}

double Spells::open_time(double from, double until) const {
  double open = 0;
  each_piece(from, until, [&open](double a, double b, Spell const* spell) {
    open += spell == nullptr ? b - a : 0.0;
  });
  return open;
}

LifeCalendar::LifeCalendar(int first_year, int years) {
  Calendar const calendar{first_year};
  for (int year = 0; year <= years; ++year) {
    starts_.push_back(calendar.year_start(year).base());
  }
  using std::chrono::sys_days;
  sys_days const begin{std::chrono::year{first_year} / std::chrono::January / 1};
  for (int month = 1; month <= 12 * years; ++month) {
    auto const first =
        std::chrono::year_month{std::chrono::year{first_year}, std::chrono::January} +
        std::chrono::months{month};
    std::chrono::days const since = sys_days{first / std::chrono::day{1}} - begin;
    month_ends_.push_back(static_cast<double>(since.count()) * units::day.base());
  }
}

std::size_t LifeCalendar::year_of(double t) const {
  auto const after = std::upper_bound(starts_.begin() + 1, starts_.end(), t);
  auto const year = static_cast<std::size_t>(after - starts_.begin() - 1);
  return std::min(year, starts_.size() >= 2 ? starts_.size() - 2 : 0);
}

std::vector<Spell> alternating_spells(Stream stream,
                                      Reliability const& reliability,
                                      double from,
                                      double until) {
  std::vector<Spell> spells;
  double const a = reliability.availability;
  double const down = reliability.mean_down.base();
  if (a >= 1 || down <= 0) {
    return spells;
  }
  double const up = down * a / (1 - a);
  for (double at = from; at < until;) {
    at += stream.exponential(up);
    double const repaired = at + stream.exponential(down);
    if (at < until) {
      spells.push_back({at, std::min(repaired, until), WaitCause::kRepair});
    }
    at = repaired;
  }
  return spells;
}

std::vector<Spell> weather_spells(Stream stream,
                                  WeatherClosure const& closure,
                                  Calendar const& calendar,
                                  LifeCalendar const& life) {
  std::vector<Spell> spells;
  double const closed_mean = closure.mean_closed.base();
  double const open_mean = closure.mean_open.base();
  if (closed_mean <= 0) {
    return spells;
  }
  double const day = units::day.base();
  int const days = closure.season.last_day - closure.season.first_day + 1;
  // A season over New Year's Eve begins in the year before the first, too.
  for (int year = days > 0 ? 0 : -1; year < static_cast<int>(life.years()); ++year) {
    double const begin =
        calendar.year_start(year).base() + day * static_cast<double>(closure.season.first_day);
    double const end = days > 0 ? begin + day * static_cast<double>(days)
                                : calendar.year_start(year + 1).base() +
                                      day * static_cast<double>(closure.season.last_day + 1);
    bool closed = stream.uniform() < closed_mean / (closed_mean + open_mean);
    for (double at = begin; at < end; closed = !closed) {
      double const stop = std::min(end, at + stream.exponential(closed ? closed_mean : open_mean));
      if (closed && stop > 0 && at < life.end()) {
        spells.push_back({std::max(at, 0.0), std::min(stop, life.end()), WaitCause::kWeather});
      }
      at = stop;
    }
  }
  return spells;
}

std::vector<Spells> possession_spells(RailLine const& line, double until) {
  if (line.possessions.empty()) {
    return {};
  }
  std::vector<std::vector<Spell>> shut(line.sections.size());
  for (Possession const& possession : line.possessions) {
    double const length = possession.length.base();
    for (double at = possession.begins.base(); at < until; at += possession.every.base()) {
      for (std::size_t s = possession.first; s <= possession.last; ++s) {
        shut[s].push_back({at, at + length, WaitCause::kRepair});
      }
    }
  }
  std::vector<Spells> by_section;
  by_section.reserve(shut.size());
  for (std::vector<Spell>& spells : shut) {
    by_section.emplace_back(std::move(spells));
  }
  return by_section;
}

std::vector<Spell> hazard_spells(Stream stream, Hazard const& hazard, double from, double until) {
  std::vector<Spell> spells;
  double const rate = hazard.rate.base();
  if (rate <= 0) {
    return spells;
  }
  for (double at = from + stream.exponential(1 / rate); at < until;
       at += stream.exponential(1 / rate)) {
    double const repaired = at + stream.exponential(hazard.mean_repair.base());
    spells.push_back({at, std::min(repaired, until), WaitCause::kRepair});
  }
  return spells;
}

}  // namespace tidewater::corridor
