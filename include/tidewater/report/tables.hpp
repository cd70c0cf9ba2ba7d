#pragma once
/// Tables for people at a terminal: plain text, UTF-8, no colour.

#include <string>
#include <string_view>
#include <vector>

#include "tidewater/appraisal/appraise.hpp"

namespace tidewater::report {

struct TableOptions {
  int width = 100;  ///< columns of the terminal; lines are longer only where a word is
};

/// Indicators down, options across, "central (low to high)"; options that do not fit beside each
/// other come in further tables. Ends with the reasons of the values that do not exist.
[[nodiscard]] std::string option_table(appraisal::Appraisal const& all,
                                       TableOptions const& options = {});
/// Announced figures beside what was found, with the verdicts. Empty without claims.
[[nodiscard]] std::string claim_table(appraisal::Appraisal const& all,
                                      TableOptions const& options = {});
/// Chance of each party to gain, options across. Empty without parties.
[[nodiscard]] std::string party_table(appraisal::Appraisal const& all,
                                      TableOptions const& options = {});

/// The options that cannot be built: what stands in the way, where, and what would open one.
[[nodiscard]] std::string none_table(appraisal::Unbuildable const& none,
                                     TableOptions const& options = {});

/// Rows under a head, columns as wide as their widest cell and, if all do not fit into the width,
/// wrapped; the columns named in `numbers` are set to the right.
struct TextTable {
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::size_t> numbers;
};
[[nodiscard]] std::string text(TextTable const& table, int width);

/// Places a terminal gives UTF-8 text, one for each code point that is no combining mark.
[[nodiscard]] std::size_t columns_of(std::string_view text);

/// A number for people: three significant digits, thousands apart: "1,230", "0.0457", "12.3".
[[nodiscard]] std::string figure(double value);

}  // namespace tidewater::report
