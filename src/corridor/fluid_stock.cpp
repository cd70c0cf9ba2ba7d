#include "fluid_stock.hpp"

#include <algorithm>
#include <limits>

#include "tidewater/base/contract.hpp"

namespace tidewater::corridor {

namespace {
constexpr double kEver = std::numeric_limits<double>::infinity();
/// A full load short by less than this share counts as full: rounding must not starve a train.
constexpr double kRounding = 1e-9;

}  // namespace

MassRate rate_at(std::vector<RateStep> const& steps, double t) {
  MassRate rate{};
  for (RateStep const& step : steps) {
    rate = step.from.base() <= t ? step.rate : rate;
  }
  return rate;
}

FluidStock::FluidStock(Supply supply, Spells const& down, LifeCalendar const& calendar)
    : end_{calendar.end()},
      capacity_{supply.capacity},
      reserve_{supply.reserve},
      years_(calendar.years()),
      struck_{std::move(supply.struck)} {
  std::vector<double> cuts{0.0};
  for (std::size_t year = 1; year < calendar.years(); ++year) {
    cuts.push_back(calendar.year_start(year));
  }
  for (RateStep const& step : supply.steps) {
    cuts.push_back(std::clamp(step.from.base(), 0.0, end_));
  }
  for (Spell const& spell : down.all()) {
    cuts.push_back(spell.from);
    cuts.push_back(spell.until);
  }
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  std::size_t spell = 0;
  auto const spells = down.all();
  for (double const cut : cuts) {
    while (spell < spells.size() && spells[spell].until <= cut) {
      ++spell;
    }
    bool const is_down = spell < spells.size() && spells[spell].from <= cut;
    double const due = tonnes_per_second(rate_at(supply.steps, cut));
    double const up = due / supply.availability;
    greatest_rate_ = std::max(greatest_rate_, up);
    pieces_.push_back(
        {cut, due, up, is_down ? 0.0 : up, calendar.year_of(cut), due > 0, is_down && due > 0});
  }
}

/// The plan of a stretch in which nothing can be made.
void FluidStock::book_idle(Piece const& piece, double seconds) {
  Year& year = years_[piece.year];
  double const planned = piece.planned * seconds;
  if (reserve_ <= made_) {
    year.beyond_reserve += planned;
    return;
  }
  double const forgone = piece.up * seconds;
  double const by_outage = std::min(forgone, piece.up * struck_.open_time(at_, at_ + seconds));
  year.outage += by_outage;
  year.struck += forgone - by_outage;
  year.made_good += planned - forgone;
}

void FluidStock::pass(Piece const& piece, double seconds) {
  if (seconds <= 0 || years_.empty()) {
    return;
  }
  Year& year = years_[piece.year];
  year.planned += piece.planned * seconds;
  if (piece.due && reserve_ > made_) {
    year.due += seconds;
    year.down += piece.down ? seconds : 0.0;
  }
  if (piece.rate <= 0 || reserve_ <= made_) {
    year.held += level_ * seconds;
    book_idle(piece, seconds);
    return;
  }
  double const left = reserve_ - made_;
  double const room = capacity_ - level_;
  double const wanted = piece.rate * seconds;
  double const amount = std::max(0.0, std::min({wanted, room, left}));
  // s until it is full, used up or the piece has passed
  double const rising = amount < wanted ? amount / piece.rate : seconds;
  year.held += (level_ + amount) * seconds - 0.5 * amount * rising;
  year.made_good += piece.planned * seconds - wanted;
  if (wanted > room && left > room) {
    double const blocked = seconds - room / piece.rate;
    year.blocked += blocked;
    year.full += wanted - amount;
    if (keeps_full_) {
      double const until = at_ + seconds;
      full_.push_back({until - blocked, until, wanted - amount, piece.year});
    }
    level_ = capacity_;
  } else {
    year.beyond_reserve += wanted - amount;
    level_ = std::min(capacity_, level_ + amount);
  }
  if (left <= amount) {
    used_up_at_ = at_ + left / piece.rate;
  }
  made_ = left <= amount ? reserve_ : made_ + amount;
  year.made += amount;
}

void FluidStock::advance(double now) {
  double const to = std::min(now, end_);
  while (at_ < to) {
    double const stop = piece_ + 1 < pieces_.size() ? std::min(pieces_[piece_ + 1].from, to) : to;
    pass(pieces_[piece_], stop - at_);
    at_ = stop;
    if (piece_ + 1 < pieces_.size() && at_ >= pieces_[piece_ + 1].from) {
      ++piece_;
    }
  }
}

double FluidStock::when(double amount) const {
  double need = amount * (1 - kRounding) - level_;
  if (need <= 0) {
    return at_;
  }
  if (amount > capacity_ * (1 + kRounding) || reserve_ - made_ < need) {
    return kEver;
  }
  need += amount * kRounding / 2;  // aim inside the tolerance, not at its edge
  double at = at_;
  for (std::size_t i = piece_; i < pieces_.size(); ++i) {
    double const stop = i + 1 < pieces_.size() ? pieces_[i + 1].from : end_;
    double const made = pieces_[i].rate * (stop - at);
    if (made >= need) {
      return at + need / pieces_[i].rate;
    }
    need -= made;
    at = std::max(at, stop);
  }
  return kEver;
}

double FluidStock::take(double now, double amount) {
  advance(now);
  double const taken = std::min(level_, amount);
  level_ -= taken;
  return taken;
}

double FluidStock::rate() const {
  return reserve_ > made_ && !pieces_.empty() ? pieces_[piece_].rate : 0.0;
}

double cumulative(std::vector<RateStep> const& steps, double t) {
  double sum = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    double const from = std::max(0.0, steps[i].from.base());
    double const stop = i + 1 < steps.size() ? std::min(t, steps[i + 1].from.base()) : t;
    sum += tonnes_per_second(steps[i].rate) * std::max(0.0, stop - from);
  }
  return sum;
}

double when_cumulative(std::vector<RateStep> const& steps, double amount, double end) {
  double sum = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    double const from = std::max(0.0, steps[i].from.base());
    double const stop = i + 1 < steps.size() ? steps[i + 1].from.base() : end;
    double const rate = tonnes_per_second(steps[i].rate);
    double const added = rate * std::max(0.0, stop - from);
    if (rate > 0 && sum + added >= amount) {
      return from + (amount - sum) / rate;
    }
    sum += added;
  }
  return kEver;
}

}  // namespace tidewater::corridor
