#include "tidewater/report/tables.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "tidewater/report/results.hpp"

#include "words.hpp"

namespace tidewater::report {

namespace {

using appraisal::Appraisal;
using appraisal::Kpi;

/// "1,023 (858 to 1,294)"; without the range when all three read the same.
std::string ranged(double value, std::optional<appraisal::Range> const& range) {
  auto central = figure(value);
  if (!range) {
    return central;
  }
  auto const low = figure(range->low);
  auto const high = figure(range->high);
  return low == central && high == central ? central
                                           : fmt::format("{} ({} to {})", central, low, high);
}

/// Numbers the reasons of missing values, each once, in the order met.
class Footnotes {
 public:
  std::string mark(std::string const& reason) {
    auto at = std::find(reasons_.begin(), reasons_.end(), reason);
    if (at == reasons_.end()) {
      at = reasons_.insert(at, reason);
    }
    return fmt::format("none [{}]", at - reasons_.begin() + 1);
  }
  [[nodiscard]] std::string text() const {
    std::string out;
    for (std::size_t k = 0; k < reasons_.size(); ++k) {
      out += fmt::format("{}[{}] {}\n", k == 0 ? "\n" : "", k + 1, reasons_[k]);
    }
    return out;
  }

 private:
  std::vector<std::string> reasons_;
};

std::vector<std::string> option_cells(Appraisal const& all, std::size_t k, Footnotes& notes) {
  std::vector<std::string> cells{option_label(all.project, all.options[k].option)};
  for (auto const& kpi : all.options[k].kpis) {
    cells.push_back(kpi.value ? ranged(*kpi.value, kpi.range) : notes.mark(kpi.value.reason()));
  }
  return cells;
}

std::vector<std::string> indicator_cells(std::string const& currency) {
  std::vector<std::string> cells{"Indicator"};
  for (std::size_t k = 0; k < appraisal::kKpis; ++k) {
    auto const& spec = appraisal::spec(static_cast<Kpi>(k));
    auto const unit = unit_in(spec.unit, currency);
    cells.push_back(unit.empty() ? std::string{spec.label}
                                 : fmt::format("{}, {}", spec.label, unit));
  }
  return cells;
}

/// Columns set side by side as the rows of a table.
TextTable beside(std::vector<std::vector<std::string>> const& columns) {
  TextTable out;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    out.head.push_back(columns[c].front());
    if (c > 0) {
      out.numbers.push_back(c);
    }
  }
  for (std::size_t r = 1; r < columns.front().size(); ++r) {
    std::vector<std::string> row;
    row.reserve(columns.size());
    for (auto const& column : columns) {
      row.push_back(column[r]);
    }
    out.rows.push_back(std::move(row));
  }
  return out;
}

/// The first column again and again, with as many of the others as fit into the width.
std::string side_by_side(std::vector<std::vector<std::string>> const& columns, int width) {
  constexpr int kNarrowest = 16;  // "-1,234 (-2,345" breaks in two lines of this
  constexpr int kFirst = 34;
  auto const fit = static_cast<std::size_t>(std::max(1, (width - kFirst) / (kNarrowest + 2)));
  std::string out;
  for (std::size_t from = 1; from < columns.size(); from += fit) {
    std::vector<std::vector<std::string>> some{columns.front()};
    for (std::size_t k = from; k < std::min(columns.size(), from + fit); ++k) {
      some.push_back(columns[k]);
    }
    out += from == 1 ? "" : "\n";
    out += text(beside(some), width);
  }
  return out;
}

}  // namespace

std::string option_table(Appraisal const& all, TableOptions const& options) {
  Footnotes notes;
  std::vector<std::vector<std::string>> columns{indicator_cells(all.project.header.currency)};
  for (std::size_t k = 0; k < all.options.size(); ++k) {
    columns.push_back(option_cells(all, k, notes));
  }
  return side_by_side(columns, options.width) + notes.text();
}

std::string claim_table(Appraisal const& all, TableOptions const& options) {
  if (all.claims.empty()) {
    return {};
  }
  TextTable table{{"Claim", "Stated", "Found", "Unit", "Probability", "Verdict"}, {}, {1, 2, 4}};
  Footnotes notes;
  for (std::size_t k = 0; k < all.claims.size(); ++k) {
    auto const& found = all.claims[k];
    auto const& claims = all.project.claims;
    auto const claim =
        std::find_if(claims.begin(), claims.end(), [&](auto const& c) { return c.id == found.id; });
    bool const known = claim != claims.end();
    table.rows.push_back(
        {known ? claim->says : found.id,
         found.stated ? figure(*found.stated) : "no figure",
         found.found ? ranged(*found.found, found.range) : notes.mark(found.found.reason()),
         known ? claim->unit : "",
         found.probability ? figure(100 * *found.probability) + " %" : "",
         std::string{appraisal::name(found.verdict)}});
  }
  return text(table, options.width) + notes.text();
}

std::string party_table(Appraisal const& all, TableOptions const& options) {
  std::vector<std::vector<std::string>> columns;
  Footnotes notes;
  for (auto const& result : all.options) {
    if (!result.standing) {
      continue;
    }
    std::vector<std::string> names{"Chance to gain, %"};
    std::vector<std::string> cells{option_label(all.project, result.option)};
    for (auto const& party : result.standing->parties) {
      names.push_back(fmt::format("{}{}", party.name, party.key ? " *" : ""));
      if (!party.valuation) {
        cells.push_back(notes.mark(party.reason.empty() ? "it is not valued" : party.reason));
        continue;
      }
      auto const& chance = party.valuation->gains;
      cells.push_back(ranged(
          100 * chance.p, appraisal::Range{100 * chance.interval.low, 100 * chance.interval.high}));
    }
    if (columns.empty()) {
      columns.push_back(std::move(names));
    }
    columns.push_back(std::move(cells));
  }
  return columns.empty() ? std::string{}
                         : side_by_side(columns, options.width) +
                               "* a key party: all of these must gain\n" + notes.text();
}

std::string none_table(appraisal::Unbuildable const& none, TableOptions const& options) {
  TextTable table{{"Option", "What stands in the way", "Where", "What would open a way"}, {}, {}};
  for (auto const& n : none.options) {
    table.rows.push_back({n.option, n.reason, n.where + ", " + n.place, n.relaxation});
  }
  return text(table, options.width);
}

}  // namespace tidewater::report
