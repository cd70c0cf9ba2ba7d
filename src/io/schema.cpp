// docs/guide/project.schema.json, written from the declarations: it helps an editor to complete and
// to underline; the reader itself knows more (units, ranges in units, relations).

#include <fmt/format.h>

#include "tidewater/io/json.hpp"
#include "tidewater/io/project_file.hpp"

#include "specimen.hpp"

namespace tidewater::io {

namespace {

using project::FieldSpec;

Json text_type() {
  return {{"type", "string"}};
}

Json definitions() {
  Json const entry = {{"anyOf", {{{"type", "string"}}, {{"type", "number"}}}}};
  auto const list = [&](int fewest, int most) {
    return Json{{"type", "array"}, {"items", entry}, {"minItems", fewest}, {"maxItems", most}};
  };
  Json stated;
  stated["type"] = "object";
  stated["properties"] = {{"value", entry},
                          {"source", text_type()},
                          {"status", {{"enum", {"sourced", "derived", "assumed"}}}},
                          {"note", text_type()},
                          {"uniform", list(2, 2)},
                          {"triangular", list(3, 3)},
                          {"pert", list(3, 3)},
                          {"normal", list(2, 2)},
                          {"lognormal", list(2, 2)},
                          {"discrete", list(1, 100)},
                          {"percentiles", list(3, 3)}};
  stated["additionalProperties"] = false;
  Json out;
  out["stated"] = std::move(stated);
  out["quantity"] = {{"anyOf", {text_type(), {{"$ref", "#/$defs/stated"}}}}};
  out["number"] = {{"anyOf", {entry, {{"$ref", "#/$defs/stated"}}}}};
  out["place"] = {
      {"type", "array"}, {"items", {{"type", "number"}}}, {"minItems", 2}, {"maxItems", 2}};
  return out;
}

class SchemaVisitor final : public SpecimenVisitor {
 public:
  SchemaVisitor() { open_.push_back(object("")); }

  void number(FieldSpec const& spec, project::NumberRef /*ref*/) override {
    Json field;
    field["$ref"] = spec.unit.empty() ? "#/$defs/number" : "#/$defs/quantity";
    put(spec, std::move(field));
  }
  void whole(FieldSpec const& spec, int& value) override {
    Json field;
    field["type"] = "integer";
    field["default"] = value;
    if (spec.low) {
      field["minimum"] = static_cast<std::int64_t>(*spec.low);
    }
    if (spec.high) {
      field["maximum"] = static_cast<std::int64_t>(*spec.high);
    }
    put(spec, std::move(field));
  }
  void text(FieldSpec const& spec, std::string& /*value*/) override { put(spec, text_type()); }
  void flag(FieldSpec const& spec, bool& value) override {
    put(spec, {{"type", "boolean"}, {"default", value}});
  }
  void choice(FieldSpec const& spec,
              std::span<std::string_view const> words,
              int& /*chosen*/) override {
    Json field;
    field["enum"] = std::vector<std::string>{words.begin(), words.end()};
    put(spec, std::move(field));
  }
  void texts(FieldSpec const& spec, std::vector<std::string>& /*values*/) override {
    put(spec, {{"type", "array"}, {"items", text_type()}});
  }
  void place(FieldSpec const& spec, project::Place& /*value*/) override {
    put(spec, {{"$ref", "#/$defs/place"}});
  }
  void places(FieldSpec const& spec, std::vector<project::Place>& /*values*/) override {
    put(spec, {{"type", "array"}, {"items", {{"$ref", "#/$defs/place"}}}});
  }
  void polygon(FieldSpec const& spec, std::vector<project::Place>& /*corners*/) override {
    put(spec, {{"type", "array"}, {"items", {{"$ref", "#/$defs/place"}}}, {"minItems", 3}});
  }
  void curve(project::CurveSpec const& spec,
             std::vector<project::CurvePoint>& /*points*/) override {
    Json const pair = {{"type", "array"}, {"items", text_type()}, {"minItems", 2}, {"maxItems", 2}};
    put(spec.field, {{"type", "array"}, {"items", pair}});
  }
  void overrides(FieldSpec const& spec, std::vector<project::Override>& /*values*/) override {
    put(spec, {{"type", "object"}, {"additionalProperties", {{"$ref", "#/$defs/number"}}}});
  }
  bool open_table(FieldSpec const& spec, bool present) override {
    open_.push_back(object(spec.saying));
    names_.emplace_back(spec.name);
    return SpecimenVisitor::open_table(spec, present);
  }
  void close_table() override {
    SpecimenVisitor::close_table();
    auto done = take();
    open_.back()["properties"][names_.back()] = std::move(done);
    names_.pop_back();
  }
  std::size_t open_list(FieldSpec const& spec, std::size_t count) override {
    open_.push_back(object(spec.saying));
    names_.emplace_back(spec.name);
    return SpecimenVisitor::open_list(spec, count);
  }
  void close_list() override {
    SpecimenVisitor::close_list();
    auto done = take();
    open_.back()["properties"][names_.back()] = {{"type", "array"}, {"items", std::move(done)}};
    names_.pop_back();
  }
  Json take_top() { return take(); }

 private:
  static Json object(std::string_view saying) {
    Json out;
    out["type"] = "object";
    if (!saying.empty()) {
      out["description"] = std::string{saying};
    }
    out["properties"] = Json::object();
    out["required"] = Json::array();
    out["additionalProperties"] = false;
    return out;
  }

  Json take() {
    auto done = std::move(open_.back());
    open_.pop_back();
    if (done["required"].empty()) {
      done.erase("required");
    }
    return done;
  }

  void put(FieldSpec const& spec, Json field) {
    std::string words{spec.saying};
    if (!spec.unit.empty()) {
      words += fmt::format(" (e.g. in {})", spec.unit);
    }
    field["description"] = std::move(words);
    open_.back()["properties"][std::string{spec.name}] = std::move(field);
    if (spec.need == FieldSpec::Need::kRequired) {
      open_.back()["required"].push_back(std::string{spec.name});
    }
  }

  std::vector<Json> open_;
  std::vector<std::string> names_;
};

}  // namespace

std::string project_json_schema() {
  SchemaVisitor visitor;
  project::Project specimen;
  project::describe(visitor, specimen);
  Json schema;
  schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
  schema["title"] = "tidewater project file";
  schema.update(visitor.take_top());
  schema["$defs"] = definitions();
  return json_text(schema);
}

}  // namespace tidewater::io
