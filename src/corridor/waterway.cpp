#include "waterway.hpp"

#include <algorithm>
#include <cmath>

#include "port_tide.hpp"

namespace tidewater::corridor {

namespace {

constexpr double kDay = units::day.base();

/// The hours of each day of a campaign in which the channel is shut.
void shut_by_day(std::vector<Spell>& spells, Siltation const& silt, double begins) {
  double const ends = begins + silt.campaign.base();
  for (double day = begins; day < ends && silt.shut > Time{}; day += kDay) {
    spells.push_back({day, std::min(day + silt.shut.base(), ends), WaitCause::kChannel});
  }
}

}  // namespace

Waterway::Waterway(Port const& port, Life const& life)
    : port_{&port},
      tide_{tide_of(port)},
      transit_{port.channel.transit.base()},
      opening_{life.opening},
      end_{life.end} {
  if (!port.siltation) {
    return;
  }
  Siltation const& silt = *port.siltation;
  std::vector<Spell> shut;
  for (double at = opening_ + silt.every.base(); at < end_; at += silt.every.base()) {
    restored_.push_back(at + silt.campaign.base());
    shut_by_day(shut, silt, at);
  }
  dredging_ = Spells{std::move(shut)};
}

double Waterway::silting_since(double t) const {
  auto const after = std::upper_bound(restored_.begin(), restored_.end(), t);
  return std::max(0.0, t - (after == restored_.begin() ? opening_ : *(after - 1)));
}

Length Waterway::silted(double t) const {
  return port_->siltation ? port_->siltation->channel * Time{silting_since(t)} : Length{};
}

Length Waterway::silted_alongside(double t) const {
  return port_->siltation ? port_->siltation->berths * Time{silting_since(t)} : Length{};
}

double Waterway::next_restored(double t) const {
  auto const next = std::upper_bound(restored_.begin(), restored_.end(), t);
  return next == restored_.end() ? end_ : *next;
}

/// Where silt takes depth, the depth is that of the moment at which each day's search begins; it
/// falls by less than a day's silt until the search ends.
std::optional<double> Waterway::next_water(Length draught, double t, double until) const {
  Length const needed = draught + port_->channel.keel_clearance - port_->channel.depth;
  bool const silts = port_->siltation.has_value();
  while (t < until) {
    Length const now_needed = needed + silted(t);
    if (now_needed <= tide_.lowest()) {
      return t;
    }
    if (silts && now_needed > tide_.highest()) {
      t = next_restored(t);
      continue;
    }
    double const search_ends = silts ? std::min(t + kDay, until) : until;
    auto const found =
        tide_.next_time(now_needed, Time{t}, port_->channel.transit, Time{search_ends});
    if (found) {
      return found->base();
    }
    t = search_ends;
  }
  return std::nullopt;
}

double Waterway::next_daylight(double t) const {
  if (!port_->pilotage) {
    return t;
  }
  double const midnight = kDay * std::floor(t / kDay);
  double const first = midnight + port_->pilotage->from.base();
  double const last = midnight + port_->pilotage->until.base() - transit_;
  return t <= last ? std::max(t, first) : first + kDay;
}

std::optional<double> Waterway::next_passage(Length draught, double t, double until) const {
  auto water = next_water(draught, next_daylight(t), until);
  while (water && next_daylight(*water) > *water) {
    water = next_water(draught, next_daylight(*water), until);
  }
  return water;
}

}  // namespace tidewater::corridor
