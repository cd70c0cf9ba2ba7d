#include "sweep_range.hpp"

#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "tidewater/base/contract.hpp"

namespace tidewater::cli {

namespace {

constexpr std::size_t kMostValues = 100;
constexpr std::size_t kValues = 5;
constexpr char const* kForm =
    "write path=first..last or path=first..last:count, e.g. "
    "--sweep \"site.pasni.port.stockyard=40 kt..160 kt:5\"";

Diagnostics refuse(std::string const& written, std::string what, std::string remedy) {
  return {
      {Severity::kError, "--sweep " + written, std::move(what), std::move(remedy), "TW0005", {}}};
}

struct Words {
  std::string path;
  std::string first;
  std::string last;
  std::string count;  ///< empty when none is given
};

std::optional<Words> cut(std::string const& written) {
  auto const is = written.find('=');
  auto const to = written.find("..", is == std::string::npos ? 0 : is);
  if (is == std::string::npos || is == 0 || to == std::string::npos) {
    return {};
  }
  auto const colon = written.find(':', to);
  Words words{.path = written.substr(0, is),
              .first = written.substr(is + 1, to - is - 1),
              .last = written.substr(to + 2, colon == std::string::npos ? colon : colon - to - 2),
              .count = colon == std::string::npos ? "" : written.substr(colon + 1)};
  bool const whole = !words.first.empty() && !words.last.empty() &&
                     (colon == std::string::npos || !words.count.empty());
  return whole ? std::optional{words} : std::nullopt;
}

/// The field's range in words, in its unit.
std::string range_words(project::FieldSpec const& spec, std::string const& unit) {
  auto const with_unit = [&](double value) {
    return io::format_number(value) + (unit.empty() ? "" : " " + unit);
  };
  if (spec.low && spec.high) {
    return fmt::format("stay from {} to {}", with_unit(*spec.low), with_unit(*spec.high));
  }
  return spec.low ? "give no less than " + with_unit(*spec.low)
                  : "give no more than " + with_unit(spec.high.value_or(0));
}

bool is_outside(double in_unit, project::FieldSpec const& spec) {
  double const slack = 1e-9 * std::abs(in_unit);
  return (spec.low && in_unit < *spec.low - slack) || (spec.high && in_unit > *spec.high + slack);
}

/// Count of values asked for, or the one that goes without saying; nothing when it is no count.
std::optional<std::size_t> count_of(Words const& words,
                                    appraisal::SweepParameter const& parameter,
                                    double span) {
  if (words.count.empty()) {
    bool const whole = parameter.counts == appraisal::SweepParameter::Counts::kWholeThings;
    return whole ? static_cast<std::size_t>(std::lround(span)) + 1 : kValues;
  }
  std::size_t count = 0;
  auto const* const end = words.count.data() + words.count.size();
  auto const [stop, error] = std::from_chars(words.count.data(), end, count);
  return error == std::errc{} && stop == end ? std::optional{count} : std::nullopt;
}

bool is_whole(double value) {
  return std::abs(value - std::round(value)) < 1e-9;
}

/// Both ends in base units.
Result<std::pair<double, double>> ends(std::string const& written,
                                       Words const& words,
                                       SweepRange const& range,
                                       io::Currencies const& money) {
  auto const first = io::parse_as(words.first, range.unit, money);
  auto const last = io::parse_as(words.last, range.unit, money);
  for (auto const* end : {&first, &last}) {
    if (!*end) {
      auto faults = end->error();
      for (auto& fault : faults) {
        fault.where = "--sweep " + written;
      }
      return reject(std::move(faults));
    }
  }
  if (!(*first < *last)) {
    return reject(refuse(written, "the last value is not above the first", kForm));
  }
  double const unit = io::parse_unit(range.unit, money)->value;
  for (double const end : {*first, *last}) {
    if (is_outside(end / unit, range.parameter.spec)) {
      return reject(refuse(written,
                           io::format_in(end, range.unit, money) + " is outside the field's range",
                           range_words(range.parameter.spec, range.unit)));
    }
  }
  return std::pair{*first, *last};
}

}  // namespace

Result<SweepRange> sweep_range(std::string const& written,
                               project::Project const& project,
                               io::Currencies const& money) {
  auto const words = cut(written);
  if (!words) {
    return reject(refuse(written, fmt::format("'{}' is not path=first..last", written), kForm));
  }
  auto parameter = appraisal::sweep_parameter(project, words->path);
  if (!parameter) {
    for (auto& fault : parameter.error()) {
      fault.code = "TW0005";
    }
    return reject(std::move(parameter.error()));
  }
  SweepRange range{.parameter = std::move(*parameter), .values = {}, .unit = {}};
  range.unit = io::in_project_money(range.parameter.spec.unit, money);
  auto const between = ends(written, *words, range, money);
  if (!between) {
    return reject(between.error());
  }
  auto const [first, last] = *between;
  auto const count = count_of(*words, range.parameter, last - first);
  if (!count || *count < 2 || *count > kMostValues) {
    return reject(
        refuse(written,
               fmt::format("the count of values must be a whole number from 2 to {}", kMostValues),
               kForm));
  }
  for (std::size_t k = 0; k < *count; ++k) {
    double const share = static_cast<double>(k) / static_cast<double>(*count - 1);
    range.values.push_back(k + 1 == *count ? last : first + share * (last - first));
    if (range.parameter.counts == appraisal::SweepParameter::Counts::kWholeThings &&
        !is_whole(range.values.back())) {
      return reject(refuse(written,
                           fmt::format("{} is no whole number of {}",
                                       io::format_number(range.values.back()),
                                       range.parameter.spec.name),
                           "give whole ends and leave out the count, or one that divides them"));
    }
  }
  return range;
}

}  // namespace tidewater::cli
