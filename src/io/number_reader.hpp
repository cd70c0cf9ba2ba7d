#pragma once
/// One number of the project file in any of its forms: bare, text with a unit, a table with a
/// source, a distribution.

#include <optional>
#include <string>
#include <utility>

#include "tidewater/project/fields.hpp"

#include "document.hpp"

namespace tidewater::io {

struct ReadNumber {
  double value = 0;  ///< base units; the median of a spread
  project::Origin origin;
};

/// Reads numbers of one field. Faults have a place, a code and a remedy; the caller adds the path.
class NumberReader {
 public:
  NumberReader(project::FieldSpec const& spec, Currencies const& money);

  [[nodiscard]] Result<ReadNumber> read(Node const& node);

 private:
  struct Form {
    std::string_view key;
    project::SpreadKind kind;
    std::size_t fewest;
    std::size_t most;
  };

  [[nodiscard]] static Form const* form(std::string_view key);
  [[nodiscard]] std::optional<double> scalar(Node const& node, std::string_view unit);
  void check_range(double value, TextPlace place);
  void read_table(Node const& table);
  void read_origin(Node const& table);
  void read_spread(Form const& form, Node const& list);
  void check_spread(Form const& form, Node const& list);
  void check_support(Form const& form, Node const& list);
  void fault(std::string code, TextPlace place, std::string what, std::string remedy);
  [[nodiscard]] bool below_range(double value) const;
  [[nodiscard]] bool above_range(double value) const;
  [[nodiscard]] std::string range_words() const;

  project::FieldSpec const& spec_;
  Currencies const& money_;
  std::string unit_;       ///< the field's unit in the project's money
  double unit_value_ = 1;  ///< base units in one of it
  ReadNumber out_;
  Diagnostics faults_;
};

}  // namespace tidewater::io
