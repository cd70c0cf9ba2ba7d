#include "why_stage.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

#include <fmt/format.h>

#include "tidewater/project/describe.hpp"

namespace tidewater::cli {

namespace {

/// Start of a calendar day as project time; none when the text is no date.
std::optional<Time> start_of(std::string const& date, int first_year) {
  int y = 0;
  unsigned m = 0;
  unsigned d = 0;
  char rest = 0;
  if (std::sscanf(date.c_str(), "%4d-%2u-%2u%c", &y, &m, &d, &rest) != 3) {
    return {};
  }
  std::chrono::year_month_day const day{
      std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
  if (!day.ok()) {
    return {};
  }
  std::chrono::sys_days const first{std::chrono::year{first_year} / 1 / 1};
  return static_cast<double>((std::chrono::sys_days{day} - first).count()) * units::day;
}

/// "07:12", to the minute; a day ends at 24:00.
std::string clock(Time t, corridor::Watch const& day) {
  auto const minutes = std::lround((t - day.from).in(units::min));
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

/// "pit" asks for everything at it too: "pit: ore", "pit: transfer".
std::vector<corridor::Asset> asked(std::string const& name,
                                   std::vector<corridor::Asset> const& all) {
  std::vector<corridor::Asset> found;
  for (auto const& asset : all) {
    if (asset.name == name || asset.name.starts_with(name + ": ")) {
      found.push_back(asset);
    }
  }
  return found;
}

Diagnostics unknown(std::string const& name, std::vector<corridor::Asset> const& all) {
  std::vector<std::string> names;
  std::string list;
  for (auto const& asset : all) {
    names.push_back(asset.name);
    list += (list.empty() ? "" : ", ") + asset.name;
  }
  auto const near = project::nearest(name, names);
  return {{Severity::kError,
           "--why " + name,
           "the option has no asset of this name",
           (near.empty() ? "" : fmt::format("did you mean '{}'? ", near)) + "There are: " + list,
           {},
           {}}};
}

io::Json stretch_json(corridor::Stretch const& stretch, corridor::Watch const& day) {
  return {{"part", stretch.part},
          {"from", clock(stretch.from, day)},
          {"until", clock(stretch.until, day)},
          {"state", stretch.state},
          {"because", stretch.because}};
}

void print_stretches(std::vector<corridor::Stretch> const& stretches, corridor::Watch const& day) {
  std::string part;
  for (auto const& one : stretches) {
    if (one.part != part) {
      fmt::print("  {}\n", one.part);
      part = one.part;
    }
    fmt::print("    {}-{}  {}{}\n",
               clock(one.from, day),
               clock(one.until, day),
               one.state,
               one.because.empty() ? "" : ": " + one.because);
  }
}

}  // namespace

Result<WhyQuestion> why_question(std::string const& written, project::Project const& project) {
  auto const at = written.rfind('@');
  if (at == std::string::npos || at == 0) {
    return reject("--why " + written,
                  "this is no ASSET@DATE",
                  "name an asset and a day, e.g. --why pasni@2031-06-14");
  }
  WhyQuestion question{written.substr(0, at), written.substr(at + 1), {}};
  auto const start = start_of(question.date, project.header.first_year);
  if (!start) {
    return reject("--why " + written,
                  fmt::format("'{}' is no date", question.date),
                  "write it as yyyy-mm-dd, e.g. 2031-06-14");
  }
  Time const end = Calendar{project.header.first_year}.year_start(project.header.years);
  if (*start < Time{} || *start >= end) {
    return reject("--why " + written,
                  "the day lies outside the life that is simulated",
                  fmt::format("name one of the years {} to {}",
                              project.header.first_year,
                              project.header.first_year + project.header.years - 1));
  }
  question.day = {*start, *start + 1 * units::day};
  return question;
}

Diagnostics show_why(Request const& request,
                     Drawn const& d,
                     WhyQuestion const& question,
                     io::Json& json) {
  auto const model = appraisal::corridor_model(d.project, d.option, d.design);
  if (!model) {
    return model.error();
  }
  auto const all = corridor::assets(*model);
  auto const assets = asked(question.asset, all);
  if (assets.empty()) {
    return unknown(question.asset, all);
  }
  auto const life =
      corridor::simulate(*model,
                         Streams{static_cast<std::uint64_t>(d.project.header.seed), 0},
                         {.watch = question.day});
  json["date"] = question.date;
  json["assets"] = io::Json::array();
  for (auto const& asset : assets) {
    auto const stretches = corridor::stretches(*model, *life.detail, asset.place);
    io::Json list = io::Json::array();
    for (auto const& stretch : stretches) {
      list.push_back(stretch_json(stretch, question.day));
    }
    json["assets"].push_back({{"asset", asset.name}, {"stretches", std::move(list)}});
    if (request.form == Request::Form::kTables) {
      fmt::print("{}: {} on {}, first life\n", d.option.name, asset.name, question.date);
      print_stretches(stretches, question.day);
    }
  }
  return {};
}

}  // namespace tidewater::cli
