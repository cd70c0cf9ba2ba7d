#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "tidewater/report/tables.hpp"

namespace tidewater::report {

namespace {

constexpr std::size_t kBetween = 2;      ///< blanks between columns
constexpr std::size_t kLeastColumn = 8;  ///< no column is squeezed below this

bool begins_code_point(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

/// Combining diacritical marks, U+0300 to U+036F: they take no place of their own.
bool is_combining(std::string_view text, std::size_t at) {
  auto const a = static_cast<unsigned char>(text[at]);
  auto const b = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0U;
  return a == 0xCCU || (a == 0xCDU && b <= 0xAFU);
}

/// Words put into lines no wider than `width`; a longer word has a line to itself.
std::vector<std::string> wrapped(std::string const& text, std::size_t width) {
  std::vector<std::string> lines{""};
  std::size_t at = 0;
  while (at < text.size()) {
    auto const end = std::min(text.find(' ', at), text.size());
    auto const piece = text.substr(at, end - at);
    auto const room =
        lines.back().empty() ? width : width - std::min(width, columns_of(lines.back()) + 1);
    if (!lines.back().empty() && columns_of(piece) > room) {
      lines.emplace_back();
    }
    lines.back() += lines.back().empty() ? "" : " ";
    lines.back() += piece;
    at = end + 1;
  }
  return lines;
}

std::size_t longest_word(std::string const& text) {
  std::size_t longest = 0;
  for (auto const& word : wrapped(text, 1)) {
    longest = std::max(longest, columns_of(word));
  }
  return longest;
}

/// Widths of the columns: as wanted, the widest ones narrowed until all fit.
std::vector<std::size_t> widths_of(TextTable const& table, std::size_t width) {
  std::size_t const n = table.head.size();
  std::vector<std::size_t> wanted(n, 0);
  std::vector<std::size_t> least(n, kLeastColumn);
  auto const take = [&](std::vector<std::string> const& row) {
    for (std::size_t k = 0; k < n && k < row.size(); ++k) {
      wanted[k] = std::max(wanted[k], columns_of(row[k]));
      least[k] = std::max(least[k], longest_word(row[k]));
    }
  };
  take(table.head);
  std::for_each(table.rows.begin(), table.rows.end(), take);
  std::size_t const between = kBetween * (n - 1);
  auto sum = [&] {
    return between + std::accumulate(wanted.begin(), wanted.end(), std::size_t{0});
  };
  while (sum() > width) {
    std::size_t widest = n;
    for (std::size_t k = 0; k < n; ++k) {
      bool const can = wanted[k] > least[k];
      widest = can && (widest == n || wanted[k] > wanted[widest]) ? k : widest;
    }
    if (widest == n) {
      break;  // words are longer than the terminal
    }
    --wanted[widest];
  }
  return wanted;
}

class Printer {
 public:
  Printer(TextTable const& table, std::size_t width)
      : table_{table}, widths_{widths_of(table, width)} {}

  std::string print() {
    row(table_.head);
    for (std::size_t k = 0; k < widths_.size(); ++k) {
      out_ += k == 0 ? "" : "  ";
      out_.append(widths_[k], '-');
    }
    out_ += '\n';
    for (auto const& cells : table_.rows) {
      row(cells);
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool is_number(std::size_t column) const {
    return std::find(table_.numbers.begin(), table_.numbers.end(), column) != table_.numbers.end();
  }

  void row(std::vector<std::string> const& cells) {
    std::vector<std::vector<std::string>> lines;
    std::size_t height = 1;
    for (std::size_t k = 0; k < widths_.size(); ++k) {
      lines.push_back(wrapped(k < cells.size() ? cells[k] : "", widths_[k]));
      height = std::max(height, lines.back().size());
    }
    for (std::size_t i = 0; i < height; ++i) {
      std::string const nothing;
      std::string line;
      for (std::size_t k = 0; k < lines.size(); ++k) {
        auto const& text = i < lines[k].size() ? lines[k][i] : nothing;
        std::string const pad(widths_[k] - std::min(widths_[k], columns_of(text)), ' ');
        line += k == 0 ? "" : "  ";
        line += is_number(k) ? pad : text;
        line += is_number(k) ? text : pad;
      }
      line.erase(line.find_last_not_of(' ') + 1);
      out_ += line + '\n';
    }
  }

  TextTable const& table_;
  std::vector<std::size_t> widths_;
  std::string out_;
};

}  // namespace

std::size_t columns_of(std::string_view text) {
  std::size_t n = 0;
  for (std::size_t k = 0; k < text.size(); ++k) {
    n += begins_code_point(text[k]) && !is_combining(text, k) ? 1 : 0;
  }
  return n;
}

std::string figure(double value) {
  if (value == 0) {
    return "0";
  }
  double const size = std::abs(value);
  // Three significant digits, but whole numbers are never blunted to hundreds.
  int const places = std::max(0, 2 - static_cast<int>(std::floor(std::log10(size))));
  if (places > 6) {
    return fmt::format("{:.2e}", value);
  }
  auto text = fmt::format("{:.{}f}", value, places);
  if (auto const point = text.find('.'); point != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    text.erase(text.find_last_not_of('.') + 1);  // "12." -> "12"
  }
  std::size_t const digits = std::min(text.find('.'), text.size());
  std::size_t const first = text.front() == '-' ? 1 : 0;
  for (std::size_t at = digits; at > first + 3;) {
    at -= 3;
    text.insert(at, 1, ',');
  }
  return text;
}

std::string text(TextTable const& table, int width) {
  return Printer{table, static_cast<std::size_t>(std::max(width, 20))}.print();
}

}  // namespace tidewater::report
