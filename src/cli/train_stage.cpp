/// `tidewater train`: what trains do over the railways of each option.

#include <algorithm>
#include <string>

#include "tidewater/report/train_runs.hpp"

#include "with_designs.hpp"

namespace tidewater::cli {

namespace {

using units::day;
using units::J;
using units::km;
using units::min;

double pairs_a_day(Drawn const& d, appraisal::TrainDesign const& t, std::size_t at) {
  return d.design.of_link(t.links[at]).rail->capacity.capacity.in(1.0 / day) / 2;
}

/// A train over the link it passes `at`-th.
io::Json train_json(Drawn const& d, appraisal::TrainDesign const& t, std::size_t at) {
  auto const& link = d.design.of_link(t.links[at]);
  auto const run_json = [&](train::Run const& run, report::RunDirection direction) {
    return io::Json{{"curves", report::run_curves_json(run, link.length, direction)},
                    {"energy", report::run_energy_json(run.energy)}};
  };
  return {{"link", d.project.links[t.links[at]].id},
          {"locomotives", t.sized.locomotives},
          {"wagons", t.sized.wagons},
          {"consists", t.consists},
          {"payload_t", io::json_number(t.sized.payload.in(units::t))},
          {"loaded_minutes", io::json_number(t.runs[at].loaded.time.in(min))},
          {"empty_minutes", io::json_number(t.runs[at].empty.time.in(min))},
          {"trains_per_day_each_way", io::json_number(pairs_a_day(d, t, at))},
          {"loaded", run_json(t.runs[at].loaded, report::RunDirection::kLoaded)},
          {"empty", run_json(t.runs[at].empty, report::RunDirection::kEmpty)},
          {"notes", appraisal::train_notes(t, at)},
          {"timetable", report::timetable_json(d.project.links[t.links[at]], *link.rail)}};
}

void print_train(Drawn const& d, appraisal::TrainDesign const& t, std::size_t at) {
  auto const& run = t.runs[at];
  fmt::print(
      "{} / {}: {} consists of {} locomotives and {} wagons, {:.0f} t; loaded {:.0f} min, "
      "empty {:.0f} min, "
      "{:.1f} + {:.1f} GJ at the wheel, {} loops, {:.1f} trains a day each way\n",
      d.option.name,
      d.project.links[t.links[at]].id,
      t.consists,
      t.sized.locomotives,
      t.sized.wagons,
      t.sized.payload.in(units::t),
      run.loaded.time.in(min),
      run.empty.time.in(min),
      run.loaded.energy.traction.in(J) / 1e9,
      run.empty.energy.traction.in(J) / 1e9,
      d.design.of_link(t.links[at]).rail->loops.size(),
      pairs_a_day(d, t, at));
}

/// Where the energy goes and what the clock-face timetable looks like.
void print_energy_and_timetable(Drawn const& d, appraisal::TrainDesign const& t, std::size_t at) {
  auto const gj = [](Energy e) { return e.in(J) / 1e9; };
  for (auto const& [name, run] :
       {std::pair{"loaded", &t.runs[at].loaded}, std::pair{"empty", &t.runs[at].empty}}) {
    auto const& e = run->energy;
    fmt::print(
        "  {:<7}resistance {:.1f}, climb {:.1f}, dynamic brakes {:.1f}, friction brakes {:.1f}, "
        "fuel "
        "or current {:.1f} GJ, {:.1f} t CO2\n",
        name,
        gj(e.resistance),
        gj(e.climb),
        gj(e.dynamic),
        gj(std::max(Energy{}, e.braking - e.dynamic)),
        gj(e.supply),
        e.carbon.in(units::t));
    if (run->crawl_at > Length{}) {
      fmt::print("         slowest at full effort: {:.0f} km/h at km {:.1f} of its way\n",
                 run->crawl_speed.in(units::kmh),
                 run->crawl_at.in(km));
    }
  }
  auto const& link = d.project.links[t.links[at]];
  auto const& rail = *d.design.of_link(t.links[at]).rail;
  auto const answer = appraisal::clock_face_on(link, rail);
  if (auto const* face = std::get_if<train::ClockFace>(&answer)) {
    auto const use = train::compress(
        face->timetable, appraisal::sections_of(rail), appraisal::section_rules(link));
    fmt::print(
        "  clock   one train each way every {:.0f} min, {:.0f} min waiting a pair; the line is "
        "{:.0f} % occupied (UIC 406; {:.0f} % is the most advised over a day)\n",
        face->timetable.period.in(min),
        face->waiting.in(min),
        100 * use.line,
        100 * train::kDailyOccupation);
  } else {
    fmt::print("  clock   none: {}\n", std::get<train::NoTimetable>(answer).reason);
  }
}

/// Cost per tonne against train size, over all railways of the train.
io::Json advice_json(std::string const& consist, train::SizeAdvice const& advice) {
  io::Json sizes = io::Json::array();
  for (auto const& size : advice.sizes) {
    sizes.push_back({{"wagons", size.wagons},
                     {"locomotives", size.locomotives},
                     {"payload_t", io::json_number(size.payload.in(units::t))},
                     {"cycle_h", io::json_number(size.cycle.in(units::h))},
                     {"cost_per_t", io::json_number(size.cost.in(units::usd / units::t))}});
  }
  return {{"consist", consist},
          {"sizes", std::move(sizes)},
          {"best_wagons", advice.sizes[advice.best].wagons},
          {"reason", advice.reason}};
}

/// Every fifth size, the largest and the cheapest.
void print_sizes(train::SizeAdvice const& advice, std::string const& currency) {
  fmt::print("  wagons  locomotives  payload t  cycle h  {}/t\n", currency);
  for (std::size_t i = 0; i < advice.sizes.size(); ++i) {
    auto const& size = advice.sizes[i];
    bool const best = i == advice.best;
    if (size.wagons % 5 == 0 || best || i + 1 == advice.sizes.size()) {
      fmt::print("  {:6}  {:11}  {:9.0f}  {:7.1f}  {:5.2f}{}\n",
                 size.wagons,
                 size.locomotives,
                 size.payload.in(units::t),
                 size.cycle.in(units::h),
                 size.cost.in(units::usd / units::t),
                 best ? "  cheapest" : "");
    }
  }
}

/// Adds or prints which size of train would cost least.
Diagnostics show_advice(Request const& request,
                        Drawn const& d,
                        appraisal::TrainDesign const& t,
                        io::Json& json) {
  auto const advice = appraisal::size_advice(d.project, d.design, t);
  if (!advice) {
    return advice.error();
  }
  if (auto const* sizes = std::get_if<train::SizeAdvice>(&*advice)) {
    json["sizes"].push_back(advice_json(t.consist, *sizes));
    if (request.form == Request::Form::kTables) {
      fmt::print("{} / {}: {}\n", d.option.name, t.consist, sizes->reason);
      print_sizes(*sizes, d.project.header.currency);
    }
  }
  return {};
}

/// A train over all its links, its advice beside them.
Diagnostics tell(Request const& request,
                 Drawn const& d,
                 appraisal::TrainDesign const& t,
                 io::Json& json) {
  for (std::size_t at = 0; at < t.links.size(); ++at) {
    json["trains"].push_back(train_json(d, t, at));
  }
  if (auto faults = show_advice(request, d, t, json); !faults.empty()) {
    return faults;
  }
  bool const in_words = request.form != Request::Form::kJson;
  for (std::size_t at = 0; in_words && at < t.links.size(); ++at) {
    print_train(d, t, at);
    print_energy_and_timetable(d, t, at);
    for (auto const& note : appraisal::train_notes(t, at)) {
      fmt::print("  note    {}\n", note);
    }
  }
  return {};
}

}  // namespace

Exit train(Request const& request) {
  return with_designs(request, [&](Drawn const& d, io::Json& json) {
    json["trains"] = io::Json::array();
    json["sizes"] = io::Json::array();
    for (auto const& t : d.design.trains) {
      if (auto faults = tell(request, d, t, json); !faults.empty()) {
        return faults;
      }
    }
    return Diagnostics{};
  });
}

}  // namespace tidewater::cli
