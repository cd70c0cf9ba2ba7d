#pragma once
/// The one seam between tidewater and solvers of linear programmes: a programme as plain values,
/// its answer as plain values. No header of a solver is seen outside src/solver. Which solver
/// stands behind it is chosen when tidewater is built; docs/theory/solver.md.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tidewater/base/result.hpp"

namespace tidewater::solver {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

enum class Integrality : std::uint8_t { kContinuous, kInteger };

/// A variable. Names are optional; they appear in MPS text and in reasons.
struct Column {
  double lower = 0;
  double upper = kInfinity;
  double cost = 0;
  Integrality integrality = Integrality::kContinuous;
  std::string name{};
};

/// lower <= sum of terms <= upper.
struct RowBounds {
  double lower = -kInfinity;
  double upper = kInfinity;
};

struct Term {
  int column = 0;
  double factor = 0;
};

/// Least cost of the columns within their bounds and the rows. Terms of a row name each column at
/// most once.
class LinearProgram {
 public:
  int add_column(Column column);
  int add_row(RowBounds bounds, std::span<Term const> terms, std::string name = {});
  int add_row(RowBounds bounds, std::initializer_list<Term> terms, std::string name = {});

  void set_column_bounds(int column, double lower, double upper);

  [[nodiscard]] std::vector<Column> const& columns() const { return columns_; }
  [[nodiscard]] int rows() const { return static_cast<int>(bounds_.size()); }
  [[nodiscard]] RowBounds bounds(int row) const { return bounds_[static_cast<std::size_t>(row)]; }
  [[nodiscard]] std::span<Term const> terms(int row) const;
  /// Given name, or "r" and the row's number; likewise "c" for columns.
  [[nodiscard]] std::string row_name(int row) const;
  [[nodiscard]] std::string column_name(int column) const;

 private:
  std::vector<Column> columns_;
  std::vector<RowBounds> bounds_;
  std::vector<std::string> row_names_;
  std::vector<std::size_t> starts_{0};  ///< of the rows in terms_, and the end
  std::vector<Term> terms_;
};

/// The programme as free MPS text with 17 digits, integer columns between markers: any solver reads
/// it. Names with spaces are replaced by numbers.
[[nodiscard]] std::string mps_text(LinearProgram const& program, std::string const& title);

enum class Status : std::uint8_t {
  kOptimal,
  kInfeasible,  ///< no point holds all bounds and rows
  kUnbounded,   ///< costs fall without end
};

struct Solution {
  Status status = Status::kOptimal;
  double cost = 0;
  std::vector<double> values{};         ///< one per column; empty unless optimal
  std::vector<double> duals{};          ///< one per row: rise of the cost per unit of its bound
  std::vector<double> reduced_costs{};  ///< one per column
  /// Rows that together, with the bounds of the columns in them, no point can hold; heaviest first.
  std::vector<int> conflict{};
  std::string reason{};  ///< why there is no optimum, in words; empty when there is one
  std::size_t pivots = 0;
};

/// Which solver was built in, with its version: "CLP 1.17.6".
[[nodiscard]] std::string backend();

/// Solves a programme and, after rows or bounds change, solves it again from where it stood.
///   single-threaded, silent, the same answer on every run of the same build
class Session {
 public:
  /// fails   a number that is no number, a term whose column does not exist or stands twice in a
  ///         row, integer columns (no backend solves them yet): all named
  [[nodiscard]] static Result<Session> open(LinearProgram program);
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  ~Session();

  /// Rows written like those of the programme; their columns must exist.
  void add_row(RowBounds bounds, std::span<Term const> terms);
  void set_column_bounds(int column, double lower, double upper);

  /// Throws Error when the solver breaks down without an answer.
  [[nodiscard]] Solution solve();
  [[nodiscard]] LinearProgram const& program() const;

 private:
  struct Backend;
  explicit Session(std::unique_ptr<Backend> backend);
  std::unique_ptr<Backend> backend_;
};

/// One programme, once.
[[nodiscard]] Result<Solution> solve(LinearProgram const& program);

}  // namespace tidewater::solver
