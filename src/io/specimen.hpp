#pragma once
/// A walk that sees every field there is: each optional table opened, each list with one item,
/// named "*" in paths.

#include <string>

#include "tidewater/project/describe.hpp"

namespace tidewater::io {

class SpecimenVisitor : public project::PathVisitor {
 public:
  bool open_table(project::FieldSpec const& spec, bool /*present*/) override {
    return PathVisitor::open_table(spec, true);
  }
  std::size_t open_list(project::FieldSpec const& spec, std::size_t count) override {
    PathVisitor::open_list(spec, count);
    return 1;
  }
  void item(std::size_t index, std::string const& /*id*/) override {
    PathVisitor::item(index, "*");
  }
};

}  // namespace tidewater::io
