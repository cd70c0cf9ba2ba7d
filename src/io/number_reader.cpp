#include "number_reader.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "tidewater/base/contract.hpp"
#include "tidewater/project/describe.hpp"

namespace tidewater::io {

namespace {

using project::SpreadKind;
using project::Status;

constexpr double kSlack = 1e-12;  // relative: "100 %" is 1 to the last bit or the one beside it

/// A number as the provenance table quotes it.
std::string written(Node const& node) {
  return node.kind == Node::Kind::kText ? node.text : format_number(node.number());
}

bool says(std::string_view source, std::string_view word) {
  return source.starts_with(word) &&
         (source.size() == word.size() || source[word.size()] == ':' ||
          source[word.size()] == ' ' || source[word.size()] == ',' || source[word.size()] == ';');
}

std::vector<std::string> table_keys() {
  return {"value",
          "source",
          "status",
          "note",
          "uniform",
          "triangular",
          "pert",
          "normal",
          "lognormal",
          "discrete",
          "percentiles"};
}

}  // namespace

NumberReader::Form const* NumberReader::form(std::string_view key) {
  static constexpr std::array<Form, 7> kForms{{{"uniform", SpreadKind::kUniform, 2, 2},
                                               {"triangular", SpreadKind::kTriangular, 3, 3},
                                               {"pert", SpreadKind::kPert, 3, 3},
                                               {"normal", SpreadKind::kNormal, 2, 2},
                                               {"lognormal", SpreadKind::kLognormal, 2, 2},
                                               {"discrete", SpreadKind::kDiscrete, 1, 100},
                                               {"percentiles", SpreadKind::kPercentiles, 3, 3}}};
  auto const* const hit =
      std::find_if(kForms.begin(), kForms.end(), [&](Form const& f) { return f.key == key; });
  return hit == kForms.end() ? nullptr : hit;
}

NumberReader::NumberReader(project::FieldSpec const& spec, Currencies const& money)
    : spec_{spec}, money_{money}, unit_{in_project_money(spec.unit, money)} {
  auto const unit = parse_unit(unit_, money);
  TW_EXPECTS(unit.has_value(), "a field is declared in a unit of the vocabulary");
  unit_value_ = unit->value;
}

void NumberReader::fault(std::string code, TextPlace place, std::string what, std::string remedy) {
  faults_.push_back(
      {Severity::kError, "", std::move(what), std::move(remedy), std::move(code), place});
}

Result<ReadNumber> NumberReader::read(Node const& node) {
  out_ = {};
  faults_.clear();
  if (node.kind == Node::Kind::kTable) {
    read_table(node);
  } else if (auto const value = scalar(node, unit_)) {
    check_range(*value, node.place);
    out_.value = *value;
    out_.origin.status = Status::kAssumed;
    out_.origin.written = written(node);
    if (!node.set_by.empty()) {
      out_.origin.source = "set on the command line";
    }
  }
  if (!faults_.empty()) {
    return reject(std::move(faults_));
  }
  return out_;
}

std::optional<double> NumberReader::scalar(Node const& node, std::string_view unit) {
  if (node.kind == Node::Kind::kText) {
    auto const value = parse_as(node.text, unit, money_);
    if (value) {
      return *value;
    }
    for (auto const& f : value.error()) {
      fault(f.code, node.place, f.what, f.remedy);
    }
    return std::nullopt;
  }
  auto const example = unit.empty() ? std::string{"12"} : fmt::format("\"12 {}\"", unit);
  if (!node.is_number()) {
    fault("TW0122",
          node.place,
          fmt::format("this is {}; a number is wanted", kind_words(node.kind)),
          fmt::format("write e.g. {}, or {{ value = {}, source = \"...\" }}", example, example));
    return std::nullopt;
  }
  double const value = node.number();
  if (!std::isfinite(value)) {
    fault("TW0111",
          node.place,
          "this is not a finite number",
          "leave the field out if the number is not known");
    return std::nullopt;
  }
  if (!unit.empty()) {
    auto const as_text = parse_as(format_number(value), unit, money_);  // says what is missing
    fault("TW0121", node.place, as_text.error().front().what, as_text.error().front().remedy);
    return std::nullopt;
  }
  return value;
}

bool NumberReader::below_range(double value) const {
  double const in_unit = value / unit_value_;
  bool const strictly = spec_.need == project::FieldSpec::Need::kRequired && spec_.low == 0.0;
  return spec_.low &&
         (strictly ? in_unit <= 0 : in_unit < *spec_.low - kSlack * std::abs(*spec_.low));
}

bool NumberReader::above_range(double value) const {
  return spec_.high && value / unit_value_ > *spec_.high + kSlack * std::abs(*spec_.high);
}

std::string NumberReader::range_words() const {
  auto const unit = unit_.empty() ? "" : " " + unit_;
  bool const strictly = spec_.need == project::FieldSpec::Need::kRequired && spec_.low == 0.0;
  if (spec_.low && spec_.high) {
    return fmt::format(
        "from {} to {}{}", format_number(*spec_.low), format_number(*spec_.high), unit);
  }
  if (spec_.low) {
    return strictly ? std::string{"above zero"}
                    : fmt::format("{}{} or more", format_number(*spec_.low), unit);
  }
  return fmt::format("{}{} or less", format_number(spec_.high.value_or(0)), unit);
}

void NumberReader::check_range(double value, TextPlace place) {
  if (below_range(value) || above_range(value)) {
    fault("TW0130",
          place,
          fmt::format(
              "{} is out of range: it must be {}", format_in(value, unit_, money_), range_words()),
          fmt::format("write a value {}", range_words()));
  }
}

void NumberReader::read_table(Node const& table) {
  read_origin(table);
  int forms = 0;
  for (auto const& entry : table.entries) {
    auto const* const spread = form(entry.key);
    forms += spread != nullptr || entry.key == "value" ? 1 : 0;
    if (spread != nullptr) {
      read_spread(*spread, entry.value);
    } else if (entry.key == "value") {
      if (auto const value = scalar(entry.value, unit_)) {
        check_range(*value, entry.value.place);
        out_.value = *value;
        out_.origin.written = written(entry.value);
      }
    } else if (entry.key != "source" && entry.key != "status" && entry.key != "note") {
      auto const near = project::nearest(entry.key, table_keys());
      fault("TW0202",
            entry.place,
            fmt::format("a number has no key '{}'", shortened(entry.key)),
            near.empty() ? fmt::format("known keys: {}", fmt::join(table_keys(), ", "))
                         : fmt::format("did you mean '{}'?", near));
    }
  }
  if (forms != 1) {
    fault("TW0132",
          table.place,
          forms == 0 ? "this number has neither a value nor a distribution"
                     : "this number has more than one of value and distributions",
          "give value = ..., or one of uniform, triangular, pert, normal, lognormal, discrete, "
          "percentiles");
  }
}

void NumberReader::read_origin(Node const& table) {
  auto const text = [&](std::string_view key, std::string& to) {
    auto const* const node = table.find(key);
    if (node == nullptr) {
      return;
    }
    if (node->kind != Node::Kind::kText) {
      fault("TW0203",
            node->place,
            fmt::format("{} is {}; a text is wanted", key, kind_words(node->kind)),
            fmt::format("write {} = \"...\"", key));
      return;
    }
    to = node->text;
  };
  auto& origin = out_.origin;
  std::string status;
  text("source", origin.source);
  text("note", origin.note);
  text("status", status);
  origin.status = origin.source.empty()              ? Status::kAssumed
                  : says(origin.source, "assumed")   ? Status::kAssumed
                  : says(origin.source, "judgement") ? Status::kAssumed
                  : says(origin.source, "derived")   ? Status::kDerived
                                                     : Status::kSourced;
  if (status.empty()) {
    return;
  }
  constexpr std::array<Status, 3> kStated{Status::kSourced, Status::kDerived, Status::kAssumed};
  auto const* const stated = std::find_if(
      kStated.begin(), kStated.end(), [&](Status s) { return project::name(s) == status; });
  auto const* const node = table.find("status");
  if (stated == kStated.end()) {
    auto const near = project::nearest(status, {"sourced", "derived", "assumed"});
    fault("TW0204",
          node->place,
          fmt::format("'{}' is no status", shortened(status)),
          near.empty() ? "write sourced, derived or assumed"
                       : fmt::format("did you mean '{}'?", near));
    return;
  }
  origin.status = *stated;
  if (*stated != Status::kAssumed && origin.source.empty()) {
    fault("TW0131",
          node->place,
          fmt::format("a number called {} needs a source", status),
          "add source = \"...\" (a citation, or how it was derived), or call it assumed");
  }
}

void NumberReader::read_spread(Form const& form, Node const& list) {
  auto const count = form.fewest == form.most ? std::to_string(form.fewest)
                                              : fmt::format("{} to {}", form.fewest, form.most);
  if (list.kind != Node::Kind::kArray || list.items.size() < form.fewest ||
      list.items.size() > form.most) {
    fault(
        "TW0142",
        list.place,
        fmt::format("{} takes a list of {} numbers, this is {}",
                    form.key,
                    count,
                    list.kind == Node::Kind::kArray ? fmt::format("a list of {}", list.items.size())
                                                    : std::string{kind_words(list.kind)}),
        fmt::format("write {} = [...], see \"Distributions\" in docs/guide/project-file.md",
                    form.key));
    return;
  }
  project::Spread spread{form.kind, {}};
  std::string text{form.key};
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    bool const pure = form.kind == SpreadKind::kLognormal && i == 1;
    auto const value = scalar(list.items[i], pure ? std::string_view{} : std::string_view{unit_});
    if (!value) {
      return;
    }
    spread.numbers.push_back(*value);
    text += (i == 0 ? " " : ", ") + written(list.items[i]);
  }
  out_.origin.spread = std::move(spread);
  out_.origin.written = std::move(text);
  auto const before = faults_.size();
  check_spread(form, list);
  if (faults_.size() == before) {
    check_support(form, list);
    out_.value = project::median(*out_.origin.spread);
  }
}

void NumberReader::check_spread(Form const& form, Node const& list) {
  auto const& n = out_.origin.spread->numbers;
  if (form.kind == SpreadKind::kNormal || form.kind == SpreadKind::kLognormal) {
    if (n[1] < 0) {
      fault("TW0141",
            list.items[1].place,
            "a standard deviation is never below zero",
            "write its size");
    }
    if (form.kind == SpreadKind::kLognormal && n[0] <= 0) {
      fault("TW0140",
            list.items[0].place,
            "the median of a lognormal is above zero",
            "use another distribution for numbers that can be zero or less");
    }
    return;
  }
  if (form.kind != SpreadKind::kDiscrete && !std::is_sorted(n.begin(), n.end())) {
    fault("TW0140",
          list.place,
          fmt::format("the numbers of {} do not rise", form.key),
          form.kind == SpreadKind::kUniform       ? "write low, high"
          : form.kind == SpreadKind::kPercentiles ? "write P5, P50, P95"
                                                  : "write low, most likely, high");
  }
}

void NumberReader::check_support(Form const& form, Node const& list) {
  auto const& n = out_.origin.spread->numbers;
  std::vector<std::pair<double, TextPlace>> ends;
  // The tails of a normal have no end: three standard deviations hold 99.7 % of it, and samples
  // beyond the field's range would be no projects.
  if (form.kind == SpreadKind::kNormal) {
    ends = {{n[0] - 3 * n[1], list.place}, {n[0] + 3 * n[1], list.place}};
  } else if (form.kind == SpreadKind::kLognormal) {
    ends = {{n[0] * std::exp(-3 * n[1]), list.place}, {n[0] * std::exp(3 * n[1]), list.place}};
  } else {
    for (std::size_t i = 0; i < n.size(); ++i) {
      ends.emplace_back(n[i], list.items[i].place);
    }
  }
  for (auto const& [value, place] : ends) {
    if (std::isfinite(value) && !below_range(value) && !above_range(value)) {
      continue;
    }
    fault("TW0143",
          place,
          fmt::format("the {} reaches {}; the field must be {}",
                      form.key,
                      std::isfinite(value) ? format_in(value, unit_, money_) : "beyond all numbers",
                      range_words()),
          "narrow it, or use a bounded distribution such as triangular");
  }
}

}  // namespace tidewater::io
