#pragma once
/// Reads a project, draws its options and hands each to a command.

#include <optional>
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

/// Designs of the options asked for in order, up to the first that cannot be built.
struct Designs {
  std::vector<std::optional<appraisal::Design>> made;  ///< by option of the project
  std::optional<appraisal::NoDesign> none;
};

/// Draws `options` of `p`, and asks why their lines lie where they do.
inline Result<Designs> designs(Request const& request,
                               project::Project const& p,
                               std::vector<project::Option const*> const& options,
                               terrain::Terrain const* land) {
  auto const lines = appraisal::draw_lines(only(p, options), land, threads(request));
  if (!lines) {
    return reject(lines.error());
  }
  Designs out{std::vector<std::optional<appraisal::Design>>(p.options.size()), {}};
  for (auto const* option : options) {
    auto answer = appraisal::design(appraisal::in_future(p, {}, *option), *option, land, *lines);
    if (!answer) {
      return reject(std::move(answer.error()));
    }
    if (auto* none = std::get_if<appraisal::NoDesign>(&*answer)) {
      out.none = std::move(*none);
      break;
    }
    out.made[static_cast<std::size_t>(option - p.options.data())] =
        std::get<appraisal::Design>(std::move(*answer));
  }
  Diagnostics faults =
      appraisal::ask_lines(p, land, line_questions(request), threads(request), out.made);
  if (!faults.empty()) {
    return reject(std::move(faults));
  }
  return out;
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
  auto drawn = designs(request, p, *options, land);
  if (!drawn) {
    return fail(drawn.error());
  }
  io::Json all = io::Json::array();
  for (std::size_t k = 0; k < p.options.size(); ++k) {
    if (!drawn->made[k]) {
      continue;
    }
    auto const& option = p.options[k];
    io::Json json{{"option", option.name}};
    if (auto const faults = show(Drawn{appraisal::in_future(p, {}, option),
                                       option,
                                       std::move(*drawn->made[k]),
                                       land,
                                       session->file.money},
                                 json);
        !faults.empty()) {
      return fail(faults);
    }
    all.push_back(std::move(json));
  }
  if (drawn->none) {
    fmt::print(stderr, "{}\n", no_answer(*drawn->none));
    return Exit::kNoFeasibleAnswer;
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
