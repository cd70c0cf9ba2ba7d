#include "stages.hpp"

#include <cstdio>
#include <filesystem>

#include <fmt/format.h>
#include <unistd.h>

#include "tidewater/appraisal/appraise.hpp"
#include "tidewater/io/json.hpp"
#include "tidewater/io/relief.hpp"
#include "tidewater/report/train_runs.hpp"

namespace tidewater::cli {

namespace {

using appraisal::Design;
using project::Option;
using project::Project;
using units::day;
using units::J;
using units::km;
using units::min;
using units::Mt;
using units::musd;

/// The options asked for that build something.
Result<std::vector<Option const*>> chosen(Request const& request, Project const& p) {
  std::vector<Option const*> out;
  for (auto const& o : p.options) {
    if ((request.option.empty() || request.option == o.name) && !o.links.empty()) {
      out.push_back(&o);
    }
  }
  if (out.empty()) {
    return reject("--option",
                  fmt::format("no option called '{}' builds anything", request.option),
                  "name one of the [[option]] entries with links");
  }
  return out;
}

struct Drawn {
  Project project;  ///< in the median future, with the option's overrides
  Option option;
  Design design;
};

/// Reads, draws and hands each option to `show`.
template <class Show>
Exit with_designs(Request const& request, Show show) {
  auto session = open(request);
  if (!session) {
    return Exit::kInvalidInput;
  }
  auto const& p = session->file.project;
  auto const fail = [&](Diagnostics const& faults) {
    print(io::with_places(faults, session->file), session->text, request.file);
    return Exit::kInvalidInput;
  };
  auto const options = chosen(request, p);
  if (!options) {
    return fail(options.error());
  }
  auto const heights = relief(request, *session);
  if (!heights) {
    return Exit::kInvalidInput;
  }
  auto const ground = appraisal::ground(p, *heights ? &**heights : nullptr);
  if (!ground) {
    return fail(ground.error());
  }
  io::Json all = io::Json::array();
  for (auto const* option : *options) {
    auto own = appraisal::in_future(p, {}, *option);
    auto answer = appraisal::design(own, *option, *ground ? &**ground : nullptr);
    if (!answer) {
      return fail(answer.error());
    }
    if (auto const* none = std::get_if<appraisal::NoDesign>(&*answer)) {
      fmt::print(stderr, "{}\n", no_answer(*none));
      return Exit::kNoFeasibleAnswer;
    }
    io::Json json{{"option", option->name}};
    if (auto const faults =
            show(Drawn{std::move(own), *option, std::get<Design>(std::move(*answer))}, json);
        !faults.empty()) {
      return fail(faults);
    }
    all.push_back(std::move(json));
  }
  if (request.form == Request::Form::kJson) {
    fmt::print("{}", io::json_text(all));
  }
  return Exit::kOk;
}

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
    }
  }
  return {};
}

}  // namespace

std::string no_answer(appraisal::NoDesign const& none) {
  return fmt::format("no feasible answer: option {} ({})\n  what:  {}\n  where: {}\n  help:  {}",
                     none.option,
                     none.where,
                     none.reason,
                     none.place,
                     none.relaxation);
}

Exit check(Request const& request) {
  auto session = open(request);
  if (!session) {
    return Exit::kInvalidInput;
  }
  if (!relief(request, *session)) {
    return Exit::kInvalidInput;
  }
  std::size_t by_status[4] = {};
  for (auto const& n : io::stated_numbers(session->file.project)) {
    for (std::size_t k = 0; k < 4; ++k) {
      by_status[k] += n.status == project::name(static_cast<project::Status>(k)) ? 1 : 0;
    }
  }
  fmt::print(
      "{}: sound. {} options; {} numbers sourced, {} derived, {} assumed, {} left at their "
      "defaults\n",
      request.file,
      session->file.project.options.size(),
      by_status[3],
      by_status[2],
      by_status[1],
      by_status[0]);
  return Exit::kOk;
}

Exit explain(Request const& request) {
  // Sites and links are named in a project; the guide knows the fields of all of them.
  auto const guide = io::project_file_guide();
  if (request.field.empty()) {
    fmt::print("{}", guide);
    return Exit::kOk;
  }
  auto const leaf = request.field.substr(request.field.find_last_of("/.") + 1);
  bool found = false;
  for (std::size_t at = 0; at < guide.size();) {
    auto const end = std::min(guide.find('\n', at), guide.size());
    auto const line = guide.substr(at, end - at);
    bool const is_heading = line.starts_with("#");
    if (line.find(is_heading ? leaf : "`" + leaf + "`") != std::string::npos) {
      fmt::print("{}\n", line);
      found = true;
    }
    at = end + 1;
  }
  if (!found) {
    fmt::print(stderr, "no field is called '{}'; `tidewater explain` lists them all\n", leaf);
    return Exit::kUsage;
  }
  return Exit::kOk;
}

Exit fetch_terrain(Request const& request) {
  auto session = open(request);
  if (!session) {
    return Exit::kInvalidInput;
  }
  auto const& p = session->file.project;
  std::vector<terrain::LonLat> places;
  for (auto const& site : p.sites) {
    if (site.kind != project::Site::Kind::kMarket) {
      places.push_back({site.at.lon, site.at.lat});
    }
  }
  io::FetchRequest fetch{.box = io::box_around(places, p.terrain.margin.value),
                         .cache_folder = request.cache.empty() ? "terrain-cache" : request.cache};
  if (isatty(STDERR_FILENO) != 0) {
    fetch.progress = [](std::string const& tile, int done, int of) {
      fmt::print(stderr, "\r{} of {}: {}   ", done, of, tile);
    };
  }
  auto const got = io::fetch_terrain(fetch);
  if (!got) {
    print(got.error(), "", request.file);
    return Exit::kFailed;
  }
  fmt::print("{} tiles ({} fetched now, {} are sea)\nuse it with: --set terrain.elevation={}\n",
             got->tiles.size(),
             got->downloaded,
             got->sea.size(),
             std::filesystem::absolute(got->mosaic).string());
  return Exit::kOk;
}

Exit route(Request const& request) {
  return with_designs(request, [&](Drawn const& d, io::Json& json) {
    json["links"] = io::Json::array();
    for (auto const& l : d.design.links) {
      if (!l.rail) {
        continue;
      }
      auto const& a = l.rail->alignment;
      auto const& id = d.project.links[l.link].id;
      json["links"].push_back({{"id", id},
                               {"length_km", io::json_number(a.length.in(km))},
                               {"great_circle_km", io::json_number(a.great_circle.in(km))},
                               {"cost", io::json_number(a.cost.in(musd))},
                               {"bound", io::json_number(a.bound.lower.in(musd))},
                               {"gap", io::json_number(a.bound.gap)}});
      if (request.form == Request::Form::kJson) {
        continue;
      }
      fmt::print("{} / {}: {:.1f} km for {:.1f} km as the crow flies, {:.0f} M {}\n",
                 d.option.name,
                 id,
                 a.length.in(km),
                 a.great_circle.in(km),
                 a.cost.in(musd),
                 d.project.header.currency);
      fmt::print("  lower bound {:.0f}, gap {:.1f} %: {}\n",
                 a.bound.lower.in(musd),
                 100 * a.bound.gap,
                 a.bound.bounds);
      for (auto const& line : a.costs) {
        fmt::print("  {:<16}{:>12.1f} {:<8}{:>10.1f} M\n",
                   line.kind,
                   line.quantity,
                   line.unit,
                   line.cost.in(musd));
      }
      for (auto const& note : a.notes) {
        fmt::print("  note: {}\n", note);
      }
    }
    return Diagnostics{};
  });
}

Exit train(Request const& request) {
  bool const wants_json = request.form == Request::Form::kJson;
  return with_designs(request, [&](Drawn const& d, io::Json& json) {
    json["trains"] = io::Json::array();
    json["sizes"] = io::Json::array();
    for (auto const& t : d.design.trains) {
      for (std::size_t at = 0; at < t.links.size(); ++at) {
        json["trains"].push_back(train_json(d, t, at));
      }
      if (auto faults = show_advice(request, d, t, json); !faults.empty()) {
        return faults;
      }
      for (std::size_t at = 0; !wants_json && at < t.links.size(); ++at) {
        print_train(d, t, at);
        print_energy_and_timetable(d, t, at);
      }
    }
    return Diagnostics{};
  });
}

Exit simulate(Request const& request) {
  return with_designs(request, [&](Drawn const& d, io::Json& json) {
    auto const model = appraisal::corridor_model(d.project, d.option, d.design);
    if (!model) {
      return model.error();
    }
    auto const lives =
        corridor::experiment(*model,
                             {.seed = static_cast<std::uint64_t>(d.project.header.seed),
                              .replications = d.project.header.replications,
                              .threads = threads(request)});
    auto const shipped =
        lives.estimate([](corridor::Life const& l) { return corridor::shipped(l).in(Mt); });
    auto const mined =
        lives.estimate([](corridor::Life const& l) { return corridor::mined(l).in(Mt); });
    json["shipped_mt"] = io::json_number(shipped.mean);
    json["shipped_mt_half_width"] = io::json_number(shipped.half_width);
    json["resources"] = io::Json::array();
    if (request.form == Request::Form::kTables) {
      fmt::print("{}: {:.2f} Mt mined, {:.2f} +- {:.2f} Mt shipped (dry, {} lives, 95 %)\n",
                 d.option.name,
                 mined.mean,
                 shipped.mean,
                 shipped.half_width,
                 shipped.replications);
    }
    for (auto const& r : lives.lives.front().resources) {
      json["resources"].push_back({{"what", std::string{corridor::name(r.kind)} + " " + r.name},
                                   {"use", io::json_number(r.use)}});
      if (request.form == Request::Form::kTables) {
        fmt::print("  {:<12}{:<44}{:>6.1f} %\n", corridor::name(r.kind), r.name, 100 * r.use);
      }
    }
    return Diagnostics{};
  });
}

}  // namespace tidewater::cli
