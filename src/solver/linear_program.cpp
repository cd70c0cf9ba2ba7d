#include "tidewater/solver/linear_program.hpp"

#include <utility>

#include <fmt/format.h>

#include "tidewater/base/contract.hpp"

namespace tidewater::solver {

int LinearProgram::add_column(Column column) {
  columns_.push_back(std::move(column));
  return static_cast<int>(columns_.size()) - 1;
}

int LinearProgram::add_row(RowBounds bounds, std::span<Term const> terms, std::string name) {
  bounds_.push_back(bounds);
  row_names_.push_back(std::move(name));
  terms_.insert(terms_.end(), terms.begin(), terms.end());
  starts_.push_back(terms_.size());
  return rows() - 1;
}

int LinearProgram::add_row(RowBounds bounds, std::initializer_list<Term> terms, std::string name) {
  return add_row(bounds, std::span<Term const>{terms.begin(), terms.size()}, std::move(name));
}

void LinearProgram::set_column_bounds(int column, double lower, double upper) {
  auto const c = static_cast<std::size_t>(column);
  TW_EXPECTS(c < columns_.size(), "a column of the programme");
  columns_[c].lower = lower;
  columns_[c].upper = upper;
}

std::span<Term const> LinearProgram::terms(int row) const {
  auto const r = static_cast<std::size_t>(row);
  TW_EXPECTS(r < bounds_.size(), "a row of the programme");
  return std::span{terms_}.subspan(starts_[r], starts_[r + 1] - starts_[r]);
}

std::string LinearProgram::row_name(int row) const {
  auto const& given = row_names_[static_cast<std::size_t>(row)];
  return given.empty() ? fmt::format("r{}", row) : given;
}

std::string LinearProgram::column_name(int column) const {
  auto const& given = columns_[static_cast<std::size_t>(column)].name;
  return given.empty() ? fmt::format("c{}", column) : given;
}

Result<Solution> solve(LinearProgram const& program) {
  auto session = Session::open(program);
  if (!session) {
    return reject(std::move(session.error()));
  }
  return session->solve();
}

}  // namespace tidewater::solver
