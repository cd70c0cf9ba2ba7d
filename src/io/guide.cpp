// docs/guide/project-file.md, written from the declarations.

#include <algorithm>

#include <fmt/format.h>

#include "tidewater/io/project_file.hpp"

#include "guide_words.hpp"
#include "specimen.hpp"

namespace tidewater::io {

namespace {

using project::FieldSpec;

struct FieldRow {
  std::string name;
  std::string kind;      ///< unit or kind of value
  std::string standing;  ///< default, or "required"
  std::string range;
  std::string saying;
};

/// One table of the file with its fields and the tables within it, in the order of declaration.
struct Section {
  std::string heading;
  std::string saying;
  std::string key;
  std::vector<FieldRow> rows;
  std::vector<Section> within;
};

std::string range_of(FieldSpec const& spec) {
  if (spec.low && spec.high) {
    return fmt::format("{} to {}", format_number(*spec.low), format_number(*spec.high));
  }
  if (spec.low) {
    bool const strictly = *spec.low == 0 && spec.need == FieldSpec::Need::kRequired;
    return strictly ? "above 0" : fmt::format("{} or more", format_number(*spec.low));
  }
  return spec.high ? fmt::format("{} or less", format_number(*spec.high)) : "";
}

class GuideVisitor final : public SpecimenVisitor {
 public:
  GuideVisitor() { open_.push_back(&top_); }

  void number(FieldSpec const& spec, project::NumberRef ref) override {
    row(spec,
        spec.unit.empty() ? "number" : code(spec.unit),
        spec.unit.empty() ? format_number(*ref.value) : format_in(*ref.value, spec.unit));
  }
  void whole(FieldSpec const& spec, int& value) override {
    row(spec, "whole number", std::to_string(value));
    if (spec.low && spec.high) {
      open_.back()->rows.back().range = fmt::format("{:.0f} to {:.0f}", *spec.low, *spec.high);
    }
  }
  void text(FieldSpec const& spec, std::string& value) override {
    row(spec, "text", value.empty() ? "" : fmt::format("\"{}\"", value));
  }
  void flag(FieldSpec const& spec, bool& value) override {
    row(spec, "true or false", value ? "true" : "false");
  }
  void choice(FieldSpec const& spec,
              std::span<std::string_view const> words,
              int& chosen) override {
    row(spec,
        fmt::format("`{}`", fmt::join(words, "`, `")),
        std::string{words[static_cast<std::size_t>(chosen)]});
  }
  void reference(FieldSpec const& spec, project::Referent kind, std::string& /*id*/) override {
    row(spec, fmt::format("name of {} {}", article(kind), project::name(kind)), "");
  }
  void references(FieldSpec const& spec,
                  project::Referent kind,
                  std::vector<std::string>& /*ids*/) override {
    row(spec, fmt::format("list of names of {}s", project::name(kind)), "");
  }
  void texts(FieldSpec const& spec, std::vector<std::string>& /*values*/) override {
    row(spec, "list of texts", "");
  }
  void place(FieldSpec const& spec, project::Place& /*value*/) override { row(spec, "place", ""); }
  void places(FieldSpec const& spec, std::vector<project::Place>& /*values*/) override {
    row(spec, "list of places", "");
  }
  void polygon(FieldSpec const& spec, std::vector<project::Place>& /*corners*/) override {
    row(spec, "polygon", "");
  }
  void curve(project::CurveSpec const& spec,
             std::vector<project::CurvePoint>& /*points*/) override {
    row(spec.field, fmt::format("pairs of {} and {}", code(spec.x_unit), code(spec.y_unit)), "");
  }
  void overrides(FieldSpec const& spec, std::vector<project::Override>& /*values*/) override {
    row(spec, "table of numbers by path", "");
  }
  bool open_table(FieldSpec const& spec, bool present) override {
    enter(spec, fmt::format("[{}]", name(spec)));
    return SpecimenVisitor::open_table(spec, present);
  }
  void close_table() override {
    SpecimenVisitor::close_table();
    open_.pop_back();
  }
  std::size_t open_list(FieldSpec const& spec, std::size_t count) override {
    enter(spec, fmt::format("[[{}]]", name(spec)));
    return SpecimenVisitor::open_list(spec, count);
  }
  void close_list() override {
    SpecimenVisitor::close_list();
    open_.pop_back();
  }
  [[nodiscard]] Section const& top() const { return top_; }

 private:
  static std::string_view article(project::Referent kind) {
    return kind == project::Referent::kOption || kind == project::Referent::kIssue ? "an" : "a";
  }
  static std::string code(std::string_view text) { return fmt::format("`{}`", text); }

  /// "site.port.berth" for the list berth in /site/*/port.
  [[nodiscard]] std::string name(FieldSpec const& spec) const {
    std::string out;
    for (char const c : path()) {
      out += c == '/' ? '.' : c;
    }
    for (auto at = out.find(".*"); at != std::string::npos; at = out.find(".*")) {
      out.erase(at, 2);
    }
    out += '.';
    out += spec.name;
    out.erase(0, 1);
    return out;
  }

  void row(FieldSpec const& spec, std::string kind, std::string standing) {
    bool const required = spec.need == FieldSpec::Need::kRequired;
    open_.back()->rows.push_back({std::string{spec.name},
                                  std::move(kind),
                                  required ? "**required**" : std::move(standing),
                                  range_of(spec),
                                  std::string{spec.saying}});
  }

  void enter(FieldSpec const& spec, std::string heading) {
    auto* const around = open_.back();
    around->within.push_back(
        {std::move(heading), std::string{spec.saying}, std::string{spec.key}, {}, {}});
    open_.push_back(&around->within.back());  // stays put: a section grows only while it is last
  }

  Section top_;
  std::vector<Section*> open_;
};

void print(Section const& section, std::size_t depth, std::string& out) {
  if (!section.heading.empty()) {
    out += fmt::format(
        "\n{} `{}`\n\n{}{}.\n",
        std::string(std::min<std::size_t>(depth + 2, 5), '#'),
        section.heading,
        section.saying,
        section.key.empty() ? "" : fmt::format("; paths name it by its `{}`", section.key));
  }
  if (!section.rows.empty()) {
    out += "\n| field | unit or kind | default | range | meaning |\n|---|---|---|---|---|\n";
  }
  for (auto const& row : section.rows) {
    out += fmt::format(
        "| `{}` | {} | {} | {} | {} |\n", row.name, row.kind, row.standing, row.range, row.saying);
  }
  for (auto const& inner : section.within) {
    print(inner, depth + 1, out);
  }
}

std::string vocabulary_table() {
  std::string out = "\n| words | of |\n|---|---|\n";
  auto const rows = unit_vocabulary();
  for (std::size_t i = 0; i < rows.size();) {
    auto const group = rows[i].group;
    std::string words;
    for (; i < rows.size() && rows[i].group == group; ++i) {
      words += fmt::format("{}`{}` {}", words.empty() ? "" : ", ", rows[i].word, rows[i].meaning);
    }
    out += fmt::format("| {} | {} |\n", words, group);
  }
  out += "| three capitals, `USD`, and with a year, `USD2013` | money |\n";
  return out;
}

}  // namespace

std::string project_file_guide() {
  GuideVisitor visitor;
  project::Project specimen;
  project::describe(visitor, specimen);
  std::string out{guide_introduction()};
  out += vocabulary_table();
  out += guide_numbers();
  out +=
      "\n## Tables and fields\n\nIn the order they are best written. A number's range is in its "
      "unit.\n";
  for (auto const& section : visitor.top().within) {
    print(section, 1, out);
  }
  out += guide_faults();
  return out;
}

}  // namespace tidewater::io
