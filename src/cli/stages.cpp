#include "stages.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>

#include <fmt/format.h>
#include <unistd.h>

#include "tidewater/appraisal/appraise.hpp"
#include "tidewater/io/json.hpp"
#include "tidewater/io/relief.hpp"
#include "tidewater/report/losses.hpp"

#include "bench_stage.hpp"
#include "why_stage.hpp"
#include "with_designs.hpp"

namespace tidewater::cli {

using units::km;
using units::Mt;
using units::musd;

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

namespace {

Exit sweep(Request const& request) {
  std::optional<SweepRange> range;
  return with_designs(
      request,
      [&](Drawn const& d, io::Json& json) { return show_sweep(request, d, *range, json); },
      [&](project::Project const& p, io::Currencies const& money) {
        auto read = sweep_range(request.sweep, p, money);
        if (!read) {
          return std::move(read.error());
        }
        range = std::move(*read);
        return needs_an_interval(p, "--sweep");
      });
}

Exit bottleneck(Request const& request) {
  return with_designs(
      request,
      [&](Drawn const& d, io::Json& json) { return show_bottleneck(request, d, json); },
      [&](project::Project const& p, io::Currencies const&) {
        return needs_an_interval(p, "--bottleneck");
      });
}

Exit why(Request const& request) {
  WhyQuestion question;
  WhyAnswer answer;
  return with_designs(
      request,
      [&](Drawn const& d, io::Json& json) { return answer_why(d, question, json, answer); },
      [&](project::Project const& p, io::Currencies const&) {
        auto read = why_question(request.why, p);
        if (!read) {
          return std::move(read.error());
        }
        question = std::move(*read);
        return Diagnostics{};
      },
      [&] { return show_why(request, question, answer); });
}

}  // namespace

Exit simulate(Request const& request) {
  if (!request.sweep.empty()) {
    return sweep(request);
  }
  if (request.asks_bottleneck) {
    return bottleneck(request);
  }
  if (!request.why.empty()) {
    return why(request);
  }
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
    json["losses"] = report::losses_json(*model, lives);
    json["resources"] = io::Json::array();
    if (request.form == Request::Form::kTables) {
      fmt::print("{}: {:.2f} Mt mined, {:.2f} +- {:.2f} Mt shipped (dry, {} lives, 95 %)\n",
                 d.option.name,
                 mined.mean,
                 shipped.mean,
                 shipped.half_width,
                 shipped.replications);
      fmt::print("{}", report::losses_table(*model, lives));
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
