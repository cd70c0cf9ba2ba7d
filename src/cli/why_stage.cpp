#include "why_stage.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "tidewater/project/describe.hpp"

namespace tidewater::cli {

namespace {

bool is_written_as_date(std::string const& text) {
  constexpr std::string_view kForm = "yyyy-mm-dd";
  return text.size() == kForm.size() &&
         std::equal(text.begin(), text.end(), kForm.begin(), [](char c, char form) {
           return form == '-' ? c == '-' : '0' <= c && c <= '9';
         });
}

/// Start of a calendar day as project time; none when the text is no date.
std::optional<Time> start_of(std::string const& date, int first_year) {
  if (!is_written_as_date(date)) {
    return {};
  }
  auto const number = [&date](std::size_t at, std::size_t digits) {
    return std::stoi(date.substr(at, digits));
  };
  std::chrono::year_month_day const day{std::chrono::year{number(0, 4)},
                                        std::chrono::month{static_cast<unsigned>(number(5, 2))},
                                        std::chrono::day{static_cast<unsigned>(number(8, 2))}};
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

Diagnostics unknown(std::string const& name, std::vector<std::string> const& names) {
  std::string list;
  for (auto const& one : names) {
    list += (list.empty() ? "" : ", ") + one;
  }
  auto const near = project::nearest(name, names);
  return {{Severity::kError,
           "--why " + name,
           "there is no asset of this name",
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

std::string text_of(std::vector<corridor::Stretch> const& stretches, corridor::Watch const& day) {
  std::string text;
  std::string part;
  for (auto const& one : stretches) {
    if (one.part != part) {
      text += fmt::format("  {}\n", one.part);
      part = one.part;
    }
    text += fmt::format("    {}-{}  {}{}\n",
                        clock(one.from, day),
                        clock(one.until, day),
                        one.state,
                        one.because.empty() ? "" : ": " + one.because);
  }
  return text;
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

Diagnostics answer_why(Drawn const& d,
                       WhyQuestion const& question,
                       io::Json& json,
                       WhyAnswer& answer) {
  auto const model = appraisal::corridor_model(d.project, d.option, d.design);
  if (!model) {
    return model.error();
  }
  auto const all = corridor::assets(*model);
  auto const assets = asked(question.asset, all);
  for (auto const& asset : all) {
    if (std::find(answer.names.begin(), answer.names.end(), asset.name) == answer.names.end()) {
      answer.names.push_back(asset.name);
    }
  }
  json["date"] = question.date;
  json["assets"] = io::Json::array();
  if (assets.empty()) {
    answer.text += fmt::format("{}: {} is not in this option\n", d.option.name, question.asset);
    return {};
  }
  answer.found = true;
  auto const life =
      corridor::simulate(*model,
                         Streams{static_cast<std::uint64_t>(d.project.header.seed), 0},
                         {.watch = question.day});
  for (auto const& asset : assets) {
    auto const stretches = corridor::stretches(*model, *life.detail, asset.place);
    io::Json list = io::Json::array();
    for (auto const& stretch : stretches) {
      list.push_back(stretch_json(stretch, question.day));
    }
    json["assets"].push_back({{"asset", asset.name}, {"stretches", std::move(list)}});
    answer.text += fmt::format("{}: {} on {}, first life\n",
                               d.option.name,
                               corridor::words(*model, asset.place),
                               question.date);
    answer.text += text_of(stretches, question.day);
  }
  return {};
}

Diagnostics show_why(Request const& request, WhyQuestion const& question, WhyAnswer const& answer) {
  if (!answer.found) {
    return unknown(question.asset, answer.names);
  }
  if (request.form == Request::Form::kTables) {
    fmt::print("{}", answer.text);
  }
  return {};
}

}  // namespace tidewater::cli
