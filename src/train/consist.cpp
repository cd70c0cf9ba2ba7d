#include "tidewater/train/consist.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "tidewater/base/contract.hpp"

namespace tidewater::train {
namespace {

using Answer = std::variant<SizedConsist, NoConsist>;

/// What a number of wagons runs into, in the order it is looked at.
enum class Obstacle { kNone, kLoopLength, kDrawbar, kEffort };

/// What a wagon may carry on axles of so much.
Mass payload_allowed(Wagon const& wagon, Mass axle_load) {
  return std::min(wagon.payload, static_cast<double>(wagon.axles) * axle_load - wagon.tare);
}

void note_if_not_full(Wagon const& wagon, Mass payload, Diagnostics& notes) {
  if (wagon.payload < payload) {
    notes.push_back({Severity::kNote,
                     "/consist/wagon",
                     fmt::format("each wagon '{}' carries {:.1f} t of {:.1f} t for the axle load "
                                 "limit",
                                 wagon.name,
                                 wagon.payload.in(units::t),
                                 payload.in(units::t)),
                     "a stronger track or wagons with more axles"});
  }
}

/// One task with the wagon filled as far as the track allows.
class Sizer {
 public:
  Sizer(ConsistTask const& task, Mass wagon_payload)
      : task_{task},
        locomotive_{task.locomotive},
        wagon_{task.wagon},
        further_locomotives_{task.further_locomotives},
        further_wagons_{task.further_wagons} {
    wagon_.payload = wagon_payload;
    for (auto& group : further_wagons_) {
      group.type.payload = payload_allowed(group.type, task.limits.axle_load);
    }
    count_on(locomotive_);
    for (auto& group : further_locomotives_) {
      count_on(group.type);
    }
  }

  [[nodiscard]] Train train(int locomotives, int wagons, Load load) const {
    Train train;
    int const remote = task_.remote_place > 0 ? locomotives / 2 : 0;
    train.locomotives = {{.type = locomotive_, .count = locomotives - remote}};
    if (remote > 0) {
      train.locomotives.push_back(
          {.type = locomotive_, .count = remote, .place = task_.remote_place});
    }
    train.locomotives.insert(
        train.locomotives.end(), further_locomotives_.begin(), further_locomotives_.end());
    train.wagons = {{.type = wagon_, .count = wagons}};
    train.wagons.insert(train.wagons.end(), further_wagons_.begin(), further_wagons_.end());
    return load == Load::kLoaded ? loaded(std::move(train)) : empty(std::move(train));
  }

  [[nodiscard]] Obstacle obstacle(int locomotives, int wagons) const {
    Train const full = train(locomotives, wagons, Load::kLoaded);
    Train const bare = train(locomotives, wagons, Load::kEmpty);
    if (length(full) > task_.limits.loop_length) {
      return Obstacle::kLoopLength;
    }
    if (drawbar(locomotives, wagons) > task_.limits.drawbar) {
      return Obstacle::kDrawbar;
    }
    bool const pulls =
        starts_and_holds(full, task_.grades.loaded) && starts_and_holds(bare, task_.grades.empty);
    return pulls ? Obstacle::kNone : Obstacle::kEffort;
  }

  /// Largest pull in any coupler when the train starts on its ruling grade, the worse way.
  [[nodiscard]] Force drawbar(int locomotives, int wagons) const {
    auto const pull = [&](Load load, double grade) {
      return coupler_forces(
                 train(locomotives, wagons, load), Speed{}, grade, task_.starting_acceleration)
          .pull;
    };
    return std::max(pull(Load::kLoaded, task_.grades.loaded),
                    pull(Load::kEmpty, task_.grades.empty));
  }

  /// Most wagons that meet no obstacle: all obstacles only grow with the wagons.
  [[nodiscard]] int most_wagons(int locomotives) const {
    int good = 0;
    int bad = task_.limits.max_wagons + 1;
    while (bad - good > 1) {
      int const middle = (good + bad) / 2;
      (obstacle(locomotives, middle) == Obstacle::kNone ? good : bad) = middle;
    }
    return good;
  }

  [[nodiscard]] SizedConsist sized(int locomotives, int wagons, ConsistLimit limit) const {
    SizedConsist consist{.loaded = train(locomotives, wagons, Load::kLoaded),
                         .empty = train(locomotives, wagons, Load::kEmpty),
                         .locomotives = locomotives + count(further_locomotives_),
                         .wagons = wagons + count(further_wagons_),
                         .limit = limit,
                         .drawbar = drawbar(locomotives, wagons)};
    consist.payload = payload(consist.loaded);
    consist.length = length(consist.loaded);
    consist.coast_to = task_.coast_to;
    consist.speed_loaded = balance_speed(consist.loaded, task_.grades.loaded).value_or(Speed{});
    consist.speed_empty = balance_speed(consist.empty, task_.grades.empty).value_or(Speed{});
    // The margin served planning only: the trains handed on pull as they really do.
    ConsistTask plain = task_;
    plain.dispatch_adhesion_margin = 1.0;
    Sizer const real{plain, wagon_.payload};
    consist.loaded = real.train(locomotives, wagons, Load::kLoaded);
    consist.empty = real.train(locomotives, wagons, Load::kEmpty);
    note_if_not_full(wagon_, task_.wagon.payload, consist.notes);
    for (std::size_t i = 0; i < further_wagons_.size(); ++i) {
      note_if_not_full(
          further_wagons_[i].type, task_.further_wagons[i].type.payload, consist.notes);
    }
    return consist;
  }

 private:
  [[nodiscard]] bool starts_and_holds(Train const& train, double grade) const {
    Force const against = grade * (mass(train) * kGravity);
    Force const start = against + inertia(train) * task_.starting_acceleration;
    if (tractive_effort(train, Speed{}) - resistance(train, Speed{}) < start) {
      return false;
    }
    // All the way up to the speed to be held, so that the train can also get there.
    constexpr int kSpeeds = 64;
    for (int i = 1; i <= kSpeeds; ++i) {
      Speed const v = task_.min_speed * (static_cast<double>(i) / kSpeeds);
      if (tractive_effort(train, v) - resistance(train, v) < against) {
        return false;
      }
    }
    return true;
  }

  /// Planning may count on a part of the adhesion only.
  void count_on(Locomotive& type) const {
    if (type.adhesion) {
      *type.adhesion *= task_.dispatch_adhesion_margin;
    }
  }

  ConsistTask const& task_;
  Locomotive locomotive_;
  Wagon wagon_;
  std::vector<LocomotiveGroup> further_locomotives_;
  std::vector<WagonGroup> further_wagons_;
};

ConsistLimit limit_of(Obstacle obstacle) {
  switch (obstacle) {
    case Obstacle::kLoopLength:
      return ConsistLimit::kLoopLength;
    case Obstacle::kDrawbar:
      return ConsistLimit::kDrawbar;
    case Obstacle::kEffort:
      return ConsistLimit::kLocomotives;
    case Obstacle::kNone:
      break;
  }
  return ConsistLimit::kWagons;
}

NoConsist no_consist(Obstacle obstacle, int locomotives, int wagons, ConsistTask const& task) {
  auto const further = [](int more) {
    return more > 0 ? fmt::format(" and {} of further classes", more) : std::string{};
  };
  auto const train = fmt::format("{} wagons{} behind {} locomotives{}",
                                 wagons,
                                 further(count(task.further_wagons)),
                                 locomotives,
                                 further(count(task.further_locomotives)));
  switch (obstacle) {
    case Obstacle::kLoopLength:
      return {fmt::format("{} are longer than the loop of {:.0f} m",
                          train,
                          task.limits.loop_length.in(units::m)),
              "longer loops or less payload per train"};
    case Obstacle::kDrawbar:
      return {fmt::format("{} pull harder than the couplings' {:.0f} kN when starting",
                          train,
                          task.limits.drawbar.in(units::kN)),
              "a gentler ruling grade, banking locomotives or less payload per train"};
    default:
      return {fmt::format("{} cannot start or hold {:.0f} km/h on {:.2f} % loaded, {:.2f} % empty",
                          train,
                          task.min_speed.in(units::kmh),
                          100.0 * task.grades.loaded,
                          100.0 * task.grades.empty),
              "a gentler ruling grade, stronger or more locomotives, or less payload per train"};
  }
}

Answer for_payload(Sizer const& sizer, ConsistTask const& task, Mass wagon_payload) {
  int const wagons = static_cast<int>(std::ceil(*task.payload / wagon_payload - 1e-9));
  if (wagons > task.limits.max_wagons) {
    return NoConsist{
        fmt::format("{} wagons are needed, {} are allowed", wagons, task.limits.max_wagons),
        "bigger wagons or less payload per train"};
  }
  Obstacle last = Obstacle::kNone;
  int tried = 0;
  for (int k = 1; k <= task.limits.max_locomotives; ++k) {
    Obstacle const found = sizer.obstacle(k, wagons);
    if (found == Obstacle::kNone) {
      return sizer.sized(k, wagons, ConsistLimit::kPayload);
    }
    last = found;
    tried = k;
    if (found != Obstacle::kEffort) {
      break;  // more locomotives only lengthen the train
    }
  }
  return no_consist(last, tried, wagons, task);
}

Answer longest(Sizer const& sizer, ConsistTask const& task) {
  int best = 0;
  int locomotives = 0;
  for (int k = 1; k <= task.limits.max_locomotives; ++k) {
    int const wagons = sizer.most_wagons(k);
    if (wagons > best) {
      best = wagons;
      locomotives = k;
    }
  }
  if (best == 0) {
    int const k = task.limits.max_locomotives;
    return no_consist(sizer.obstacle(k, 1), k, 1, task);
  }
  Obstacle const next =
      best < task.limits.max_wagons ? sizer.obstacle(locomotives, best + 1) : Obstacle::kNone;
  return sizer.sized(locomotives, best, limit_of(next));
}

Diagnostics task_faults(ConsistTask const& task) {
  Train train;
  train.locomotives = {{.type = task.locomotive, .count = 1}};
  train.wagons = {{.type = task.wagon, .count = 1}};
  train.locomotives.insert(
      train.locomotives.end(), task.further_locomotives.begin(), task.further_locomotives.end());
  train.wagons.insert(train.wagons.end(), task.further_wagons.begin(), task.further_wagons.end());
  Diagnostics found = faults(train, "/consist");
  auto const require = [&](bool holds, char const* where, char const* what, char const* remedy) {
    if (!holds) {
      found.push_back({Severity::kError, where, what, remedy});
    }
  };
  require(task.grades.loaded >= 0 && task.grades.loaded < 0.2 && task.grades.empty >= 0 &&
              task.grades.empty < 0.2,
          "/consist/grades",
          "a ruling grade is not between 0 and 20 %",
          "give rise over run, e.g. 0.01");
  require(task.limits.max_locomotives >= 1 && task.limits.max_wagons >= 1 &&
              task.limits.max_wagons <= 10000,
          "/consist/limits",
          "the most locomotives or wagons are below one, or wagons beyond 10,000",
          "allow one or more");
  require(task.limits.loop_length > Length{} && task.limits.drawbar > Force{} &&
              task.limits.axle_load > Mass{},
          "/consist/limits",
          "a limit is not above zero",
          "give loop length, drawbar force and axle load above zero");
  require(task.min_speed > Speed{} && std::isfinite(task.min_speed.base()),
          "/consist/min_speed",
          "the speed to be held is not above zero",
          "give a speed, e.g. 15 km/h");
  require(std::isfinite(max_speed(train).base()),
          "/consist/locomotive",
          "neither locomotive nor wagon has a maximum speed",
          "give the locomotive a maximum speed");
  require(task.starting_acceleration >= Accel{},
          "/consist/starting_acceleration",
          "the starting acceleration is negative",
          "give e.g. 0.02 m/s2");
  require(!task.payload || *task.payload > Mass{},
          "/consist/payload",
          "the payload wanted is not above zero",
          "leave it out to get the longest train");
  require(task.remote_place >= 0 && task.remote_place <= 1,
          "/consist/remote_place",
          "the place of the remote locomotives is not within 0 to 1",
          "give the share of wagons ahead of them");
  require(task.coast_to > 0 && task.coast_to <= 1,
          "/consist/coast_to",
          "the speed to coast down to is not above 0 and up to 1",
          "give a share of the limit, 1 not to coast");
  require(task.dispatch_adhesion_margin > 0 && task.dispatch_adhesion_margin <= 1,
          "/consist/dispatch_adhesion_margin",
          "the share of adhesion is not above 0 and up to 1",
          "give 1 for all of it");
  return found;
}

}  // namespace

Result<Answer> size_consist(ConsistTask const& task) {
  if (Diagnostics found = task_faults(task); !found.empty()) {
    return reject(std::move(found));
  }
  auto const on_axle = [](Locomotive const& type) {
    return type.mass / static_cast<double>(type.axles);
  };
  Locomotive const* heaviest = &task.locomotive;
  for (auto const& group : task.further_locomotives) {
    heaviest = on_axle(group.type) > on_axle(*heaviest) ? &group.type : heaviest;
  }
  if (on_axle(*heaviest) > task.limits.axle_load) {
    return Answer{NoConsist{
        fmt::format("the locomotive '{}' weighs {:.1f} t an axle, the track carries {:.1f} t",
                    heaviest->name,
                    on_axle(*heaviest).in(units::t),
                    task.limits.axle_load.in(units::t)),
        "a lighter locomotive or stronger track"}};
  }
  Mass const wagon_payload = payload_allowed(task.wagon, task.limits.axle_load);
  if (wagon_payload <= Mass{}) {
    return Answer{
        NoConsist{"the axle load limit leaves the wagon nothing to carry, or it has no payload",
                  "a lighter wagon, more axles or stronger track"}};
  }
  for (auto const& group : task.further_wagons) {
    if (payload_allowed(group.type, task.limits.axle_load) < Mass{}) {
      return Answer{
          NoConsist{fmt::format("the wagon '{}' is too heavy for the axle load limit when empty",
                                group.type.name),
                    "a lighter wagon, more axles or stronger track"}};
    }
  }
  Sizer const sizer{task, wagon_payload};
  return task.payload ? for_payload(sizer, task, wagon_payload) : longest(sizer, task);
}

int count(std::vector<LocomotiveGroup> const& groups) {
  return std::accumulate(groups.begin(), groups.end(), 0, [](int sum, LocomotiveGroup const& g) {
    return sum + g.count;
  });
}

int count(std::vector<WagonGroup> const& groups) {
  return std::accumulate(
      groups.begin(), groups.end(), 0, [](int sum, WagonGroup const& g) { return sum + g.count; });
}

Mass payload_per_train(MassRate yearly, Rate trains) {
  TW_EXPECTS(trains > Rate{}, "some trains run");
  return yearly / trains;
}

}  // namespace tidewater::train
