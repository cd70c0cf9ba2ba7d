#include <cstdio>
#include <variant>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "tidewater/io/relief.hpp"
#include "tidewater/report/outputs.hpp"
#include "tidewater/report/tables.hpp"

#include "stages.hpp"

namespace tidewater::cli {

namespace {

int terminal_width() {
  winsize size{};
  return isatty(STDOUT_FILENO) != 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
                 size.ws_col > 40
             ? size.ws_col
             : 120;
}

/// Only the option asked for, the reference and the ones that build nothing.
void keep_option(project::Project& p, std::string const& name) {
  std::erase_if(p.options,
                [&](project::Option const& o) { return o.name != name && !o.links.empty(); });
  std::erase_if(p.claims,
                [&](project::Claim const& c) { return !c.option.empty() && c.option != name; });
  p.header.reference_option.clear();
}

/// Appraises, then hands the result to `show`.
template <class Show>
Exit with_appraisal(Request const& request, Show show) {
  auto session = open(request);
  if (!session) {
    return Exit::kInvalidInput;
  }
  auto& p = session->file.project;
  auto const fail = [&](Diagnostics const& faults) {
    print(io::with_places(faults, session->file), session->text, request.file);
    return Exit::kInvalidInput;
  };
  if (!request.option.empty()) {
    keep_option(p, request.option);
    if (p.options.size() < 2) {
      return fail({{Severity::kError,
                    "--option",
                    fmt::format("no option called '{}' builds anything", request.option),
                    "name one of the [[option]] entries with links",
                    "TW0003",
                    {}}});
    }
  }
  auto const heights = relief(request, *session);
  if (!heights) {
    return Exit::kInvalidInput;
  }
  appraisal::AppraiseOptions options{.threads = threads(request),
                                     .line_questions = line_questions(request)};
  if (isatty(STDERR_FILENO) != 0) {
    options.progress = [](std::string const& stage, double share) {
      fmt::print(stderr, "\r\033[K{} {:.0f} %", stage, 100 * share);
    };
  }
  auto answer = appraisal::appraise_project(p, *heights ? &**heights : nullptr, options);
  if (options.progress) {
    fmt::print(stderr, "\r\033[K");
  }
  if (!answer) {
    return fail(answer.error());
  }
  if (auto const* none = std::get_if<appraisal::Unbuildable>(&*answer)) {
    fmt::print(stderr, "{}", report::none_table(*none));
    return Exit::kNoFeasibleAnswer;
  }
  auto& result = std::get<appraisal::Appraisal>(*answer);
  result.warnings.insert(
      result.warnings.begin(), session->file.warnings.begin(), session->file.warnings.end());
  print(io::with_places(result.warnings, session->file), session->text, request.file);
  return show(result, *session);
}

report::ResultsHead head(Session const& session) {
  return {.version = TIDEWATER_VERSION, .project_hash = session.file.hash};
}

/// The part of the results called `key`: of the whole project, or option by option.
io::Json part_of(io::Json const& all, char const* key) {
  if (all.contains(key)) {
    return all[key];
  }
  auto out = io::Json::array();
  for (auto const& option : all["options"]) {
    out.push_back({{"name", option["name"]}, {key, option[key]}});
  }
  return out;
}

/// Prints a table, or the part of the results that it is made of.
template <class Table>
Exit part(Request const& request, char const* key, Table table) {
  return with_appraisal(request, [&](appraisal::Appraisal const& a, Session const& session) {
    if (request.form == Request::Form::kJson) {
      fmt::print("{}", io::json_text(part_of(report::results_json(a, head(session)), key)));
    } else {
      fmt::print("{}", table(a));
    }
    return Exit::kOk;
  });
}

}  // namespace

Exit appraise(Request const& request) {
  return with_appraisal(request, [&](appraisal::Appraisal const& a, Session const& session) {
    auto const written = report::write_outputs(request.out, session.name, a, head(session));
    if (!written) {
      print(written.error(), session.text, request.file);
      return Exit::kFailed;
    }
    if (request.form == Request::Form::kJson) {
      fmt::print("{}", io::json_text(report::results_json(a, head(session))));
    } else {
      report::TableOptions const wide{terminal_width()};
      fmt::print("{}\n{}\n{}\n",
                 report::option_table(a, wide),
                 report::party_table(a, wide),
                 report::claim_table(a, wide));
    }
    for (auto const& path : *written) {
      fmt::print(stderr, "wrote {}\n", path);
    }
    return Exit::kOk;
  });
}

Exit claims(Request const& request) {
  return part(
      request, "claims", [](auto const& a) { return report::claim_table(a, {terminal_width()}); });
}

Exit parties(Request const& request) {
  return part(
      request, "parties", [](auto const& a) { return report::party_table(a, {terminal_width()}); });
}

Exit finance(Request const& request) {
  return part(
      request, "ledger", [](auto const& a) { return report::option_table(a, {terminal_width()}); });
}

}  // namespace tidewater::cli
