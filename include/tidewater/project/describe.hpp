#pragma once
/// Walks every field of a project, in the order of the documentation, with its declaration.

#include <string>
#include <vector>

#include "tidewater/project/project.hpp"

namespace tidewater::project {

/// Shows `visitor` every field of `project`; the visitor may read or write them.
void describe(FieldVisitor& visitor, Project& project);

/// A visitor that knows where it is: path() is the path of the table or item being walked. A list's
/// items are named by their id where they have one, else by their index.
class PathVisitor : public FieldVisitor {
 public:
  bool open_table(FieldSpec const& spec, bool present) override;
  void close_table() override;
  std::size_t open_list(FieldSpec const& spec, std::size_t count) override;
  void item(std::size_t index, std::string const& id) override;
  void close_list() override;

 protected:
  [[nodiscard]] std::string const& path() const { return path_; }

 private:
  void push(std::string_view part);
  void pop();
  std::string path_;
  std::vector<std::size_t> lengths_;
};

/// Every number of the project with its path, e.g. "/site/pasni/port/channel_depth", and its
/// declaration.
struct NamedNumber {
  std::string path;
  FieldSpec spec;
  NumberRef ref;
};
[[nodiscard]] std::vector<NamedNumber> numbers(Project& project);

/// Rules between fields, each broken one a fault: names that must exist, sums that must hold, parts
/// that need other parts. Paths are as in numbers(). Empty when all is well.
[[nodiscard]] Diagnostics verify(Project const& project);

/// The known word nearest to `word` (Damerau-Levenshtein), or "" when none is near enough to be
/// meant.
[[nodiscard]] std::string nearest(std::string_view word, std::vector<std::string> const& known);

}  // namespace tidewater::project
