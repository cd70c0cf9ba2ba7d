/// The command line: words to requests, and the one place where exceptions end.

#include <cstdio>
#include <exception>
#include <functional>

#include <CLI/CLI.hpp>

#include "tidewater/base/contract.hpp"

#include "stages.hpp"

namespace {

using tidewater::cli::Exit;
using tidewater::cli::Request;

struct Command {
  char const* name;
  char const* says;
  Exit (*run)(Request const&);
};

constexpr Command kCommands[] = {
    {"check", "read the project and list every fault", tidewater::cli::check},
    {"route", "draw the railways of each option", tidewater::cli::route},
    {"train", "run trains over them: times, energy, capacity", tidewater::cli::train},
    {"simulate", "live one option's life in the median future", tidewater::cli::simulate},
    {"finance", "accounts and measures of the median future", tidewater::cli::finance},
    {"parties", "who gains and who does not, against no project", tidewater::cli::parties},
    {"claims", "announced figures beside the model's", tidewater::cli::claims},
    {"appraise",
     "all of it: tables, JSON, GeoPackage and the HTML report",
     tidewater::cli::appraise},
    {"terrain", "fetch public ground heights around the sites", tidewater::cli::fetch_terrain},
    {"explain",
     "what a field means, e.g. explain site/port/channel_depth",
     tidewater::cli::explain},
};

void add_options(CLI::App& sub, Request& r, Command const& command) {
  std::string const name = command.name;
  if (name == "explain") {
    sub.add_option("FIELD", r.field, "path of a field; empty = all fields");
    return;
  }
  sub.add_option("FILE", r.file, "project file (TOML)")->required();
  sub.add_option("--set", r.sets, "path=value, e.g. terrain.cell=\"500 m\"; may be repeated");
  sub.add_option("--threads", r.threads, "0 = all cores");
  if (name == "check") {
    return;
  }
  if (name == "terrain") {
    sub.add_option("--cache", r.cache, "folder for the tiles");
    return;
  }
  sub.add_option("--option", r.option, "only this option");
  sub.add_option("--seed", r.seed, "other draws of everything random");
  if (name == "appraise") {
    sub.add_option("--out", r.out, "folder for the report, the JSON and the GeoPackage");
  }
  if (name == "route" || name == "appraise") {
    sub.add_flag("--why", r.asks_why, "what each constraint costs: draws the line again for each");
    sub.add_option("--alternatives", r.alternatives, "look for so many other lines")
        ->check(CLI::Range(0, 9));
  }
  if (name == "simulate") {
    auto* const sweep = sub.add_option(
        "--sweep",
        r.sweep,
        "throughput and waiting against one number: path=first..last[:count], e.g. "
        "site.pasni.port.stockyard=\"40 kt..160 kt:5\" or link.reko_diq_pasni.rail.fleet=4..9");
    auto* const bottleneck =
        sub.add_flag("--bottleneck",
                     r.asks_bottleneck,
                     "which asset's relief would ship more, by paired simulation");
    bottleneck->excludes(sweep);
    sub.add_option("--why",
                   r.why,
                   "what an asset did on a day of the first life, and because of what: ASSET@DATE, "
                   "e.g. pasni@2031-06-14 or \"pasni berth 1@2031-06-14\"")
        ->excludes(sweep)
        ->excludes(bottleneck);
  }
  sub.add_flag_callback(
      "--json", [&r] { r.form = Request::Form::kJson; }, "JSON on stdout");
}

int command_line(int argc, char** argv) {
  CLI::App app{"tidewater appraises a mine - railway - port corridor from one project file"};
  app.set_version_flag("--version", TIDEWATER_VERSION);
  app.require_subcommand(1);
  Request request;
  std::function<Exit()> run;
  for (auto const& command : kCommands) {
    auto* sub = app.add_subcommand(command.name, command.says);
    add_options(*sub, request, command);
    sub->callback([&run, &request, &command] { run = [&] { return command.run(request); }; });
  }
  try {
    app.parse(argc, argv);
  } catch (CLI::ParseError const& e) {
    int const code = app.exit(e);
    return code == 0 ? 0 : static_cast<int>(Exit::kUsage);
  }
  return static_cast<int>(run());
}

}  // namespace

// std::fprintf, as nothing may be thrown where exceptions end.
int main(int argc, char** argv) {
  try {
    return command_line(argc, argv);
  } catch (tidewater::ContractBroken const& bug) {
    std::fprintf(stderr, "tidewater has a bug; please report it: %s\n", bug.what());
  } catch (std::exception const& failure) {
    std::fprintf(stderr, "tidewater failed: %s\n", failure.what());
  }
  return static_cast<int>(Exit::kFailed);
}
