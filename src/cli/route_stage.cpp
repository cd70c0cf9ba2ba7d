/// `tidewater route`: lines, their bills, and why they lie where they do.

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "tidewater/io/json.hpp"
#include "tidewater/report/line_reasons.hpp"

#include "with_designs.hpp"

namespace tidewater::cli {

namespace {

using io::json_number;
using units::km;
using units::musd;

io::Json json_of(project::Link const& link, appraisal::LinkDesign const& design) {
  auto const& a = design.rail->alignment;
  return {{"id", link.id},
          {"length_km", json_number(a.length.in(km))},
          {"great_circle_km", json_number(a.great_circle.in(km))},
          {"cost", json_number(a.cost.in(musd))},
          {"bound", json_number(a.bound.lower.in(musd))},
          {"gap", json_number(a.bound.gap)},
          {"settled", a.effort.settled},
          {"search_bytes", a.effort.bytes},
          {"notes", a.notes},
          {"reasons", report::reasons_json(link, design.reasons)}};
}

void print_line(route::Alignment const& a, std::string const& title, std::string const& currency) {
  fmt::print("{}: {:.1f} km for {:.1f} km as the crow flies, {:.0f} M {}\n",
             title,
             a.length.in(km),
             a.great_circle.in(km),
             a.cost.in(musd),
             currency);
  fmt::print("  lower bound {:.0f}, gap {:.1f} %: {}\n",
             a.bound.lower.in(musd),
             100 * a.bound.gap,
             a.bound.bounds);
  for (auto const& line : a.costs) {
    fmt::print("  {:<28}{:>12.1f} {:<8}{:>10.1f} M\n",
               route::cost_words(line.kind),
               line.quantity,
               line.unit,
               line.cost.in(musd));
  }
  for (auto const& note : a.notes) {
    fmt::print("  note: {}\n", note);
  }
}

/// Another line found, and what is to be known of it alone.
void print_other(route::Alignment const& other, route::Alignment const& line) {
  fmt::print("  another line: {:.1f} km, {:.0f} M ({:+.1f} %)\n",
             other.length.in(km),
             other.cost.in(musd),
             100 * (other.cost / line.cost - 1));
  for (auto const& note : other.notes) {
    if (std::find(line.notes.begin(), line.notes.end(), note) == line.notes.end()) {
      fmt::print("    note: {}\n", note);
    }
  }
}

void print_reasons(appraisal::LineReasons const& reasons, route::Alignment const& line) {
  if (!reasons.dearest.empty()) {
    fmt::print("  the dearest kilometres:");
    for (auto const& d : reasons.dearest) {
      fmt::print(" km {:.0f} {:.1f} M ({});", d.from.in(km), d.cost.in(musd), d.what);
    }
    fmt::print("\n");
  }
  for (auto const& c : reasons.constraints) {
    if (c.saving) {
      bool const gains = *c.saving > 1e-4 * line.cost;
      fmt::print("  {}, {}: {}, the bound saves {:.1f} M\n",
                 c.constraint,
                 c.eased,
                 gains ? fmt::format("the line saves {:.1f} M", c.saving->in(musd))
                       : "no cheaper line found",
                 c.bound_saving.in(musd));
    } else {
      fmt::print("  {}, {}: no line, because {}\n", c.constraint, c.eased, c.reason);
    }
  }
  for (auto const& other : reasons.alternatives.lines) {
    print_other(other, line);
  }
  if (!reasons.alternatives.why_no_more.empty()) {
    fmt::print("  no {} line, because {}\n",
               reasons.alternatives.lines.empty() ? "other" : "further",
               reasons.alternatives.why_no_more);
  }
}

}  // namespace

Exit route(Request const& request) {
  return with_designs(request, [&](Drawn const& d, io::Json& json) {
    json["links"] = io::Json::array();
    for (auto const& l : d.design.links) {
      if (!l.rail) {
        continue;
      }
      auto const& link = d.project.links[l.link];
      json["links"].push_back(json_of(link, l));
      if (request.form == Request::Form::kTables) {
        print_line(l.rail->alignment, d.option.name + " / " + link.id, d.project.header.currency);
        print_reasons(l.reasons, l.rail->alignment);
      }
    }
    return Diagnostics{};
  });
}

}  // namespace tidewater::cli
