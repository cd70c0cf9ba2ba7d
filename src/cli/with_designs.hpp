#pragma once
/// Reads a project, draws its options and hands each to a command.

#include <utility>
#include <vector>

#include <fmt/format.h>

#include "tidewater/appraisal/appraise.hpp"
#include "tidewater/io/json.hpp"

#include "stages.hpp"

namespace tidewater::cli {

/// The options asked for that build something.
inline Result<std::vector<project::Option const*>> chosen(Request const& request,
                                                          project::Project const& p) {
  std::vector<project::Option const*> out;
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

/// A project with these of its options.
inline project::Project only(project::Project p,
                             std::vector<project::Option const*> const& options) {
  std::vector<project::Option> chosen;
  chosen.reserve(options.size());
  for (auto const* option : options) {
    chosen.push_back(*option);
  }
  p.options = std::move(chosen);
  return p;
}

struct Drawn {
  project::Project project;  ///< in the median future, with the option's overrides
  project::Option option;
  appraisal::Design design;
  terrain::Terrain const* ground = nullptr;  ///< null when no new railway is in any option
  io::Currencies money;
};

inline Exit written(Request const& request, io::Json const& all) {
  if (request.form == Request::Form::kJson) {
    fmt::print("{}", io::json_text(all));
  }
  return Exit::kOk;
}

/// Reads, draws and hands each option to `show`. `check` looks at the project before anything is
/// drawn, `finish` at what all options came to before it is written; each gives faults.
template <class Show, class Check, class Finish>
Exit with_designs(Request const& request, Show show, Check check, Finish finish) {
  auto session = open(request);
  if (!session) {
    return Exit::kInvalidInput;
  }
  auto const& p = session->file.project;
  auto const fail = [&](Diagnostics const& faults) {
    print(io::with_places(faults, session->file), session->text, request.file);
    return Exit::kInvalidInput;
  };
  if (Diagnostics const faults = check(p, session->file.money); !faults.empty()) {
    return fail(faults);
  }
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
  auto const* const land = *ground ? &**ground : nullptr;
  auto const lines = appraisal::draw_lines(only(p, *options), land, threads(request));
  if (!lines) {
    return fail(lines.error());
  }
  io::Json all = io::Json::array();
  for (auto const* option : *options) {
    auto own = appraisal::in_future(p, {}, *option);
    auto answer = appraisal::design(own, *option, land, *lines);
    if (!answer) {
      return fail(answer.error());
    }
    if (auto const* none = std::get_if<appraisal::NoDesign>(&*answer)) {
      fmt::print(stderr, "{}\n", no_answer(*none));
      return Exit::kNoFeasibleAnswer;
    }
    io::Json json{{"option", option->name}};
    if (auto const faults = show(Drawn{std::move(own),
                                       *option,
                                       std::get<appraisal::Design>(std::move(*answer)),
                                       land,
                                       session->file.money},
                                 json);
        !faults.empty()) {
      return fail(faults);
    }
    all.push_back(std::move(json));
  }
  if (Diagnostics const faults = finish(); !faults.empty()) {
    return fail(faults);
  }
  return written(request, all);
}

template <class Show, class Check>
Exit with_designs(Request const& request, Show show, Check check) {
  return with_designs(request, std::move(show), std::move(check), [] { return Diagnostics{}; });
}

template <class Show>
Exit with_designs(Request const& request, Show show) {
  return with_designs(request, std::move(show), [](project::Project const&, io::Currencies const&) {
    return Diagnostics{};
  });
}

}  // namespace tidewater::cli
