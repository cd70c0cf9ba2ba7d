#pragma once
/// When a port's channel has water and light enough for a ship: tide over the depth of the moment,
/// which silt takes away and dredging gives back, and the hours of pilotage. Seconds of project
/// time. Other ships, weather and tugs are not its business.

#include <optional>
#include <vector>

#include "tidewater/corridor/model.hpp"
#include "tidewater/des/calendar_tide.hpp"

#include "spells.hpp"

namespace tidewater::corridor {

class Waterway {
 public:
  struct Life {
    double opening = 0;  ///< with the depth the port was built for
    double end = 0;
  };
  Waterway(Port const& port, Life const& life);

  [[nodiscard]] des::Tide const& tide() const { return tide_; }
  /// Depth lost since the last campaign, in the channel and alongside.
  [[nodiscard]] Length silted(double t) const;
  [[nodiscard]] Length silted_alongside(double t) const;
  /// When campaigns end.
  [[nodiscard]] std::vector<double> const& restored() const { return restored_; }

  /// When a dredger keeps ships out of the channel.
  [[nodiscard]] Spells const& dredging() const { return dredging_; }

  /// First start of a passage from t on with water all the way; none before `until`.
  [[nodiscard]] std::optional<double> next_water(Length draught, double t, double until) const;
  /// First start from t on that the hours of pilotage allow, the passage within them.
  [[nodiscard]] double next_daylight(double t) const;
  /// First start from t on at which no dredger closes the channel before the ship is through.
  [[nodiscard]] double next_undredged(double t) const { return dredging_.next_window(t, transit_); }
  /// First start that has both water and light.
  [[nodiscard]] std::optional<double> next_passage(Length draught, double t, double until) const;

 private:
  [[nodiscard]] double silting_since(double t) const;
  [[nodiscard]] double next_restored(double t) const;

  Port const* port_;
  des::Tide tide_;
  double transit_;
  double opening_;
  double end_;
  std::vector<double> restored_;
  Spells dredging_;
};

}  // namespace tidewater::corridor
