#pragma once
/// The reader of a project file: a FieldVisitor that walks the declarations and the document
/// together, fills the project and gathers every fault.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tidewater/project/describe.hpp"

#include "document.hpp"
#include "number_reader.hpp"

namespace tidewater::io {

class FieldReader final : public project::PathVisitor {
 public:
  FieldReader(Node const& root, ReadLimits const& limits);

  using FieldSpec = project::FieldSpec;
  void number(FieldSpec const& spec, project::NumberRef ref) override;
  void whole(FieldSpec const& spec, int& value) override;
  void text(FieldSpec const& spec, std::string& value) override;
  void flag(FieldSpec const& spec, bool& value) override;
  void choice(FieldSpec const& spec, std::span<std::string_view const> known, int& chosen) override;
  void texts(FieldSpec const& spec, std::vector<std::string>& values) override;
  void place(FieldSpec const& spec, project::Place& value) override;
  void places(FieldSpec const& spec, std::vector<project::Place>& values) override;
  void polygon(FieldSpec const& spec, std::vector<project::Place>& corners) override;
  void curve(project::CurveSpec const& spec, std::vector<project::CurvePoint>& points) override;
  void overrides(FieldSpec const& spec, std::vector<project::Override>& values) override;
  bool open_table(FieldSpec const& spec, bool present) override;
  void close_table() override;
  std::size_t open_list(FieldSpec const& spec, std::size_t count) override;
  void item(std::size_t index, std::string const& id) override;
  void close_list() override;

  /// To be called when the walk is over: reports unknown keys at the top of the file.
  void finish();
  /// Reads the overrides gathered on the walk against the numbers of the finished project.
  void read_overrides(project::Project& project);
  /// Adds the faults of project::verify() that are not consequences of faults already found.
  void add_relations(Diagnostics const& broken);

  [[nodiscard]] Diagnostics take_faults();
  [[nodiscard]] Currencies const& money() const { return money_; }
  [[nodiscard]] std::map<std::string, TextPlace> const& places() const { return places_; }

 private:
  struct Frame {
    Node const* table = nullptr;  ///< null when the file does not have it
    TextPlace place;
    std::string set_by;
    std::vector<std::string> known;
  };
  struct List {
    std::vector<Node const*> items;
    std::string key;
    std::string name;
    bool in_item = false;
  };
  struct RawOverride {
    std::string path;  ///< as written
    Node const* node;
    std::string option_path;
    TextPlace place;
    std::size_t slot;  ///< in the option's overrides
  };

  Node const* find(FieldSpec const& spec);
  Node const* find_kind(FieldSpec const& spec, Node::Kind kind, std::string_view remedy);
  [[nodiscard]] std::string path_of(std::string_view name) const;
  void fault(Node const& node, std::string path, Diagnostic words);
  void add(std::string path, std::string const& set_by, Diagnostic fault);
  void pop_frame();
  void read_money(Node const& item, std::string const& code);
  [[nodiscard]] bool read_place(Node const& node, std::string const& path, project::Place& to);
  void check_polygon(Node const& node,
                     std::string const& path,
                     std::vector<project::Place> const& corners);
  void read_override(RawOverride const& raw,
                     std::map<std::string, project::NamedNumber> const& numbers,
                     project::Option* option);
  void refuse_override(RawOverride const& raw,
                       std::string const& wanted,
                       std::map<std::string, project::NamedNumber> const& numbers);

  ReadLimits const& limits_;
  std::vector<Frame> frames_;
  std::vector<List> lists_;
  Currencies money_;
  std::vector<RawOverride> raw_overrides_;
  std::map<std::string, TextPlace> places_;
  std::set<std::string> faulty_;  ///< paths with a fault
  Diagnostics faults_;
  bool names_unsure_ =
      false;                ///< an item has no name or a list was refused: references may be right
  std::size_t unsaid_ = 0;  ///< faults beyond the limit
};

}  // namespace tidewater::io
