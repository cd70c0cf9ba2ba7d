#include "tidewater/io/units_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "tidewater/base/contract.hpp"
#include "tidewater/project/describe.hpp"

#include "unit_vocabulary.hpp"

namespace tidewater::io {

namespace {

using project::Dimension;
constexpr Dimension kMoney{0, 0, 0, 1};
constexpr std::size_t kLongestQuantity = 120;  // bytes; the longest sensible one has about 30

auto fault(std::string code, std::string what, std::string remedy) {
  return reject(
      Diagnostics{{Severity::kError, "", std::move(what), std::move(remedy), std::move(code), {}}});
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') {
    text.remove_prefix(1);
  }
  while (!text.empty() && text.back() == ' ') {
    text.remove_suffix(1);
  }
  return text;
}

/// Blanks other than the plain one look alike on the screen and are not alike to a reader.
bool has_odd_blank(std::string_view text) {
  constexpr std::array<std::string_view, 6> kOdd{
      "\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF", "\xE2\x80\x87", "\t", "\n"};
  return std::any_of(kOdd.begin(), kOdd.end(), [&](std::string_view odd) {
    return text.find(odd) != std::string_view::npos;
  });
}

std::string shown(std::string_view text) {
  constexpr std::size_t kShown = 48;
  if (text.size() <= kShown) {
    return std::string{text};
  }
  std::size_t cut = kShown;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) {
    --cut;  // not within a character
  }
  return std::string{text.substr(0, cut)} + "...";
}

bool is_currency_code(std::string_view word) {
  auto const is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return (word.size() == 3 || word.size() == 7) &&
         std::all_of(word.begin(), word.begin() + 3, is_capital) &&
         std::all_of(word.begin() + 3, word.end(), is_digit);
}

/// The powers people write, as the vocabulary writes them.
std::string plain_powers(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kPowers{
      {{"²", "2"}, {"³", "3"}, {"^2", "2"}, {"^3", "3"}}};
  std::string out{text};
  for (auto const& [from, to] : kPowers) {
    for (auto at = out.find(from); at != std::string::npos; at = out.find(from, at)) {
      out.replace(at, from.size(), to);
    }
  }
  return out;
}

std::string lower(std::string_view text) {
  std::string out{text};
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

/// What to write instead of an unknown word: a known slip, another case, a near spelling.
std::string unit_remedy(std::string_view word) {
  if (auto const right = instead_of(word)) {
    return fmt::format("write '{}'", *right);
  }
  std::vector<std::string> known;
  std::string other_case;
  for (auto const& w : unit_words()) {
    known.emplace_back(w.word);
    if (lower(w.word) == lower(word)) {
      other_case += fmt::format("{}'{}'", other_case.empty() ? "" : " or ", w.word);
    }
  }
  if (!other_case.empty()) {
    return fmt::format("did you mean {}? capital and small letters differ", other_case);
  }
  auto const near = word.size() > 1 ? project::nearest(word, known) : "";
  return near.empty() ? "see the vocabulary of units in docs/guide/project-file.md"
                      : fmt::format("did you mean '{}'?", near);
}

/// One pass over a unit text: factor {product factor} {"/" factor}.
class UnitParser {
 public:
  UnitParser(std::string_view text, Currencies const& money)
      : whole_{text}, text_{plain_powers(text)}, money_{money} {}

  Result<Unit> parse() {
    if (text_.empty()) {
      return Unit{};
    }
    if (text_.front() != '/') {
      if (auto done = factor(Side::kAbove); !done) {
        return reject(done.error());
      }
    }
    while (at_ < text_.size()) {
      if (auto done = next(); !done) {
        return reject(done.error());
      }
    }
    return unit_;
  }

 private:
  enum class Side { kAbove, kBelow };

  Result<void> next() {
    auto const product = skip_product();
    if (at_ < text_.size() && text_[at_] == '/') {
      ++at_;
      divided_ = true;
      skip_blanks();
      return factor(Side::kBelow);
    }
    if (!product || divided_) {
      return malformed(divided_ ? "a product after a division can be read two ways"
                                : "this is not written as a unit");
    }
    return factor(Side::kAbove);
  }

  [[nodiscard]] Result<void> malformed(std::string_view why) const {
    return fault("TW0114",
                 fmt::format("'{}': {}", shown(whole_), why),
                 "join factors by blanks and divide by '/' each time, e.g. 'USD/t/km'");
  }

  void skip_blanks() {
    while (at_ < text_.size() && text_[at_] == ' ') {
      ++at_;
    }
  }

  /// Passes blanks and one product sign; whether there was either.
  bool skip_product() {
    auto const from = at_;
    skip_blanks();
    for (std::string_view const sign : {"·", "*"}) {
      if (std::string_view{text_}.substr(at_).starts_with(sign)) {
        at_ += sign.size();
        skip_blanks();
        break;
      }
    }
    return at_ > from;
  }

  std::string_view word() {
    auto const from = at_;
    while (at_ < text_.size() && text_[at_] != ' ' && text_[at_] != '/' && text_[at_] != '*' &&
           !std::string_view{text_}.substr(at_).starts_with("·")) {
      ++at_;
    }
    return std::string_view{text_}.substr(from, at_ - from);
  }

  void take(Unit const& u, Side side) {
    int const sign = side == Side::kAbove ? 1 : -1;
    unit_.value = side == Side::kAbove ? unit_.value * u.value : unit_.value / u.value;
    for (std::size_t i = 0; i < u.dimension.size(); ++i) {
      unit_.dimension[i] += sign * u.dimension[i];
    }
    unit_.angle += sign * u.angle;
  }

  Result<void> factor(Side side) {
    std::string_view w = word();
    if (w.empty()) {
      return malformed("a unit is missing");
    }
    if (w == "1" && side == Side::kAbove && w.size() == at_) {
      skip_blanks();  // "1/km/a"; a 1 with nothing under it is a second number
      return at_ < text_.size() && text_[at_] == '/' ? Result<void>{} : malformed("1 is no unit");
    }
    if (w == "oz" && std::string_view{text_}.substr(at_).starts_with(" t")) {
      auto const after = at_ + 2;
      if (after == text_.size() || text_[after] == ' ' || text_[after] == '/') {
        at_ = after;
        w = "oz t";
      }
    }
    for (auto const& known : unit_words()) {
      if (known.word == w) {
        take(known.unit, side);
        return {};
      }
    }
    for (auto const& scale : money_scales()) {
      if (scale.word == w) {
        skip_blanks();
        take({scale.value, {0, 0, 0, 0}}, side);
        return money(word(), side);
      }
    }
    return money(w, side);
  }

  Result<void> money(std::string_view w, Side side) {
    if (!is_currency_code(w)) {
      bool const scaled = !w.empty() && w.data() != text_.data();
      return fault("TW0112",
                   w.empty()
                       ? fmt::format("'{}': a multiplier stands without a currency", shown(whole_))
                       : fmt::format("'{}' is no unit{}",
                                     shown(w),
                                     scaled ? fmt::format(" (in '{}')", shown(whole_)) : ""),
                   w.empty() ? "write e.g. 'M USD'" : unit_remedy(w));
    }
    auto const own_year = money_.project + std::to_string(money_.price_year);
    if (w == money_.project || (money_.price_year != 0 && w == own_year)) {
      take({1, kMoney}, side);
      return {};
    }
    for (auto const& other : money_.others) {
      if (other.code == w) {
        take({other.value, kMoney}, side);
        return {};
      }
    }
    return fault(
        "TW0113",
        fmt::format("the project does not say what one {} is worth", w),
        fmt::format("add [[exchange]] code = \"{}\", value = \"... {}\"", w, money_.project));
  }

  std::string_view whole_;
  std::string text_;
  Currencies const& money_;
  std::size_t at_ = 0;
  bool divided_ = false;
  Unit unit_;
};

/// Why a text does not begin with a number one can use, or nothing.
Diagnostics number_faults(std::string_view text) {
  auto const say = [](std::string code, std::string what, std::string remedy) {
    return Diagnostics{
        {Severity::kError, "", std::move(what), std::move(remedy), std::move(code), {}}};
  };
  if (text.size() > kLongestQuantity) {
    return say("TW0110",
               fmt::format("'{}' is too long for a number and a unit", shown(text)),
               "write one number and one unit; remarks belong into note = \"...\"");
  }
  if (has_odd_blank(text)) {
    return say("TW0111",
               fmt::format("'{}' holds a blank that is not the plain one", shown(text)),
               "write numbers without separators and one plain blank before the unit");
  }
  auto const first = lower(text.substr(0, std::min<std::size_t>(text.size(), 4)));
  if (first.starts_with("nan") || first.starts_with("inf") || first.starts_with("-inf") ||
      first.starts_with("+inf") || first.starts_with("-nan") || first.starts_with("+nan")) {
    return say("TW0111",
               fmt::format("'{}' is not a finite number", shown(text)),
               "leave the field out if the number is not known");
  }
  return {};
}

struct Leading {
  double value = 0;
  std::size_t length = 0;
};

Result<Leading> leading_number(std::string_view text) {
  if (auto faults = number_faults(text); !faults.empty()) {
    return reject(std::move(faults));
  }
  std::size_t const sign = !text.empty() && text.front() == '+' ? 1 : 0;
  auto const digits = text.substr(sign);
  bool const begins =
      !digits.empty() &&
      (is_digit(digits[0]) || ((digits[0] == '-' || digits[0] == '.') && digits.size() > 1 &&
                               (is_digit(digits[1]) || digits[1] == '.')));
  Leading out;
  auto const [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), out.value);
  if (!begins || error == std::errc::invalid_argument) {
    return fault("TW0110",
                 fmt::format("'{}' does not begin with a number", shown(text)),
                 "write a number and its unit, e.g. \"45 Mt/a\"");
  }
  if (error == std::errc::result_out_of_range) {
    return fault("TW0111",
                 fmt::format("'{}' is not a number a computer can hold", shown(text)),
                 "write a number between 1e-300 and 1e300");
  }
  out.length = sign + static_cast<std::size_t>(end - digits.data());
  auto const rest = text.substr(out.length);
  bool const separated =
      rest.size() > 1 && (rest[0] == ',' || rest[0] == '_' || rest[0] == '\'' || rest[0] == '.');
  auto const after = trimmed(rest);
  bool const gap = after.size() < rest.size() && !after.empty() && is_digit(after[0]) &&
                   !after.starts_with("1/") && !after.starts_with("1 /");
  if (separated || gap) {
    return fault("TW0111",
                 fmt::format("'{}': the number holds a separator", shown(text)),
                 "write digits with at most one decimal point, e.g. \"1250000.5 t\"");
  }
  return out;
}

std::string field_words(Unit const& wanted) {
  return wanted.angle != 0                 ? "an angle"
         : wanted.dimension == Dimension{} ? "a share or ratio"
                                           : dimension_words(wanted.dimension);
}

}  // namespace

Result<Unit> parse_unit(std::string_view text, Currencies const& money) {
  return UnitParser{trimmed(text), money}.parse();
}

Result<TextQuantity> parse_quantity(std::string_view text, Currencies const& money) {
  auto const whole = trimmed(text);
  auto const number = leading_number(whole);
  if (!number) {
    return reject(number.error());
  }
  TextQuantity out;
  out.unit_text = trimmed(whole.substr(number->length));
  auto const unit = parse_unit(out.unit_text, money);
  if (!unit) {
    return reject(unit.error());
  }
  out.unit = *unit;
  out.value = number->value * unit->value;
  if (!std::isfinite(out.value)) {
    return fault("TW0111",
                 fmt::format("'{}' is not a number a computer can hold", shown(text)),
                 "write a number between 1e-300 and 1e300");
  }
  return out;
}

Result<double> parse_as(std::string_view text, std::string_view unit, Currencies const& money) {
  auto const wanted = parse_unit(unit, money);
  TW_EXPECTS(wanted.has_value(), "a field's own unit is of the vocabulary");
  auto const read = parse_quantity(text, money);
  if (!read) {
    return reject(read.error());
  }
  auto const number = format_number(read->value / read->unit.value);
  bool const bare = read->unit_text.empty();
  if (bare != unit.empty() && (bare || wanted->dimension != read->unit.dimension)) {
    return bare
               ? fault("TW0121",
                       fmt::format(
                           "'{}' has no unit; this field is {}", shown(text), field_words(*wanted)),
                       fmt::format("write e.g. \"{} {}\"", number, unit))
               : fault("TW0120",
                       fmt::format("'{}' is {}; this field is a pure number",
                                   shown(text),
                                   dimension_words(read->unit.dimension)),
                       fmt::format("write it without a unit: {}", number));
  }
  if (wanted->dimension != read->unit.dimension || wanted->angle != read->unit.angle) {
    return fault(
        "TW0120",
        fmt::format("'{}' is {}; this field is {}",
                    shown(text),
                    read->unit.angle != 0 ? "an angle" : dimension_words(read->unit.dimension),
                    field_words(*wanted)),
        unit.empty() ? fmt::format("write it without a unit: {}", number)
                     : fmt::format("write e.g. \"{} {}\"", number, unit));
  }
  return read->value;
}

std::string format_number(double value) {
  TW_EXPECTS(std::isfinite(value), "only finite numbers are printed");
  if (value == 0) {
    return "0";  // also for -0
  }
  auto text = fmt::format("{:.9g}", value);
  auto const e = text.find("e+");
  if (e != std::string::npos && std::abs(value) < 1e15) {
    double rounded = 0;  // nine digits and zeros read better than an exponent
    std::from_chars(text.data(), text.data() + text.size(), rounded);
    text = fmt::format("{:.0f}", rounded);
  }
  return text;
}

std::string format_in(double base_value, std::string_view unit, Currencies const& money) {
  auto const meaning = parse_unit(unit, money);
  TW_EXPECTS(meaning.has_value(), "numbers are printed in units of the vocabulary");
  auto const number = format_number(base_value / meaning->value);
  return unit.empty() ? number : number + " " + std::string{unit};
}

std::string in_project_money(std::string_view declared_unit, Currencies const& money) {
  std::string out{declared_unit};
  if (auto const at = out.find("USD"); at != std::string::npos) {
    out.replace(at, 3, money.project);
  }
  return out;
}

std::string dimension_words(Dimension const& d) {
  struct Known {
    Dimension dimension;
    std::string_view words;
  };
  constexpr std::array<Known, 12> kKnown{{{{0, 0, 0, 0}, "a pure number or share"},
                                          {{1, 0, 0, 0}, "a length"},
                                          {{2, 0, 0, 0}, "an area"},
                                          {{3, 0, 0, 0}, "a volume"},
                                          {{0, 1, 0, 0}, "a mass"},
                                          {{0, 0, 1, 0}, "a time"},
                                          {{1, 0, -1, 0}, "a speed"},
                                          {{1, 1, -2, 0}, "a force"},
                                          {{2, 1, -2, 0}, "an energy"},
                                          {{2, 1, -3, 0}, "a power"},
                                          {{-2, -1, 2, 1}, "money per energy"},
                                          {{0, 0, -1, 0}, "a number of events per time"}}};
  for (auto const& known : kKnown) {
    if (known.dimension == d) {
      return std::string{known.words};
    }
  }
  constexpr std::array<std::string_view, 4> kNames{"length", "mass", "time", "money"};
  constexpr std::array<std::size_t, 4> kOrder{3, 1, 0, 2};  // money first: "money per mass"
  std::string above;
  std::string below;
  auto const add = [](std::string& to, std::string_view name, int power) {
    to += fmt::format(
        "{}{}{}", to.empty() ? "" : " and ", name, power > 1 ? fmt::format("^{}", power) : "");
  };
  for (std::size_t const i : kOrder) {
    if (d[i] > 0) {
      add(above, kNames[i], d[i]);
    } else if (d[i] < 0) {
      bool const spatial = i == 0 && d[i] >= -3 && d[i] <= -2;
      add(below, spatial ? (d[i] == -2 ? "area" : "volume") : kNames[i], spatial ? 1 : -d[i]);
    }
  }
  if (above != "money") {
    above = above.empty() ? "a number" : fmt::format("a {}", above);
  }
  return below.empty() ? above : fmt::format("{} per {}", above, below);
}

std::vector<UnitRow> unit_vocabulary() {
  std::vector<UnitRow> rows;
  for (auto const& w : unit_words()) {
    rows.push_back({w.word, w.meaning, w.group});
  }
  for (auto const& s : money_scales()) {
    rows.push_back({s.word, s.meaning, "before a currency"});
  }
  return rows;
}

}  // namespace tidewater::io
