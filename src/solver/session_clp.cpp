#include <algorithm>
#include <cmath>
#include <utility>

#include <ClpConfig.h>
#include <ClpSimplex.hpp>
#include <fmt/format.h>

#include "tidewater/base/contract.hpp"
#include "tidewater/solver/linear_program.hpp"

namespace tidewater::solver {

namespace {

double clp_bound(double v) {
  return std::clamp(v, -COIN_DBL_MAX, COIN_DBL_MAX);
}

void check_row(LinearProgram const& p, int row, std::vector<int>& seen, Diagnostics& faults) {
  auto const fault = [&](std::string what, std::string remedy) {
    faults.push_back(
        {Severity::kError, "row " + p.row_name(row), std::move(what), std::move(remedy)});
  };
  RowBounds const b = p.bounds(row);
  if (std::isnan(b.lower) || std::isnan(b.upper)) {
    fault("a bound is not a number", "give numbers, or infinity for none");
  }
  for (Term const t : p.terms(row)) {
    if (t.column < 0 || static_cast<std::size_t>(t.column) >= p.columns().size()) {
      fault(fmt::format("term of column {}, which does not exist", t.column), "add it first");
      continue;
    }
    if (!std::isfinite(t.factor)) {
      fault("the factor of " + p.column_name(t.column) + " is not finite", "give a number");
    }
    int& last = seen[static_cast<std::size_t>(t.column)];
    if (last == row) {
      fault("column " + p.column_name(t.column) + " stands twice", "add its factors up");
    }
    last = row;
  }
}

Diagnostics faults_of(LinearProgram const& p) {
  Diagnostics faults;
  if (p.columns().empty()) {
    faults.push_back({Severity::kError, "programme", "has no columns", "add some"});
  }
  for (std::size_t c = 0; c < p.columns().size(); ++c) {
    Column const& column = p.columns()[c];
    std::string const where = "column " + p.column_name(static_cast<int>(c));
    if (std::isnan(column.lower) || std::isnan(column.upper) || !std::isfinite(column.cost)) {
      faults.push_back(
          {Severity::kError, where, "a bound or cost is not a number", "give numbers"});
    }
    if (column.integrality == Integrality::kInteger) {
      faults.push_back({Severity::kError,
                        where,
                        "must be an integer, and " + backend() + " solves continuous columns only",
                        "write mps_text() and give it to a solver of integer programmes"});
    }
  }
  std::vector<int> seen(p.columns().size(), -1);
  for (int r = 0; r < p.rows(); ++r) {
    check_row(p, r, seen, faults);
  }
  return faults;
}

/// Rows in the form CLP takes them.
struct RowBlock {
  std::vector<double> lower, upper;
  std::vector<CoinBigIndex> starts{0};
  std::vector<int> index;
  std::vector<double> factor;

  void add(RowBounds bounds, std::span<Term const> terms) {
    lower.push_back(clp_bound(bounds.lower));
    upper.push_back(clp_bound(bounds.upper));
    for (Term const t : terms) {
      index.push_back(t.column);
      factor.push_back(t.factor);
    }
    starts.push_back(static_cast<CoinBigIndex>(index.size()));
  }
  void give(ClpSimplex& clp) const {
    if (!lower.empty()) {
      clp.addRows(static_cast<int>(lower.size()),
                  lower.data(),
                  upper.data(),
                  starts.data(),
                  index.data(),
                  factor.data());
    }
  }
};

void load(ClpSimplex& clp, LinearProgram const& p) {
  clp.setLogLevel(0);
  // Long, thin programmes pay for fewer factorizations: 20 % less time at 36,000 columns.
  clp.setFactorizationFrequency(500);
  clp.resize(0, static_cast<int>(p.columns().size()));
  for (std::size_t c = 0; c < p.columns().size(); ++c) {
    Column const& column = p.columns()[c];
    int const i = static_cast<int>(c);
    clp.setColumnBounds(i, clp_bound(column.lower), clp_bound(column.upper));
    clp.setObjectiveCoefficient(i, column.cost);
  }
  RowBlock rows;
  for (int r = 0; r < p.rows(); ++r) {
    rows.add(p.bounds(r), p.terms(r));
  }
  rows.give(clp);
}

}  // namespace

struct Session::Backend {
  LinearProgram program;
  ClpSimplex clp;
  RowBlock pending;   ///< rows not yet handed over
  int idle_rows = 0;  ///< CLP cannot stand a programme without rows: one that binds nothing
};

Session::Session(std::unique_ptr<Backend> backend) : backend_{std::move(backend)} {
}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

std::string backend() {
  return "CLP " CLP_VERSION;
}

LinearProgram const& Session::program() const {
  return backend_->program;
}

Result<Session> Session::open(LinearProgram program) {
  if (Diagnostics faults = faults_of(program); !faults.empty()) {
    return reject(std::move(faults));
  }
  auto b = std::make_unique<Backend>();
  b->program = std::move(program);
  load(b->clp, b->program);
  if (b->program.rows() == 0) {
    Term const any{0, 1};
    b->idle_rows = 1;
    b->pending.add({}, {&any, 1});
  }
  return Session{std::move(b)};
}

void Session::add_row(RowBounds bounds, std::span<Term const> terms) {
  for (Term const t : terms) {
    TW_EXPECTS(t.column >= 0 && t.column < backend_->clp.numberColumns(),
               "a column of the programme");
  }
  backend_->program.add_row(bounds, terms);
  backend_->pending.add(bounds, terms);
}

void Session::set_column_bounds(int column, double lower, double upper) {
  backend_->program.set_column_bounds(column, lower, upper);
  backend_->clp.setColumnBounds(column, clp_bound(lower), clp_bound(upper));
}

namespace {

/// Rows with weight in a proof that no point holds them all, heaviest first: the prices of the rows
/// where the sum of their shortfalls is least (CLP's own ray is not to be relied on).
std::vector<int> conflict_of(LinearProgram const& p) {
  LinearProgram elastic;
  for (Column const& c : p.columns()) {
    elastic.add_column({.lower = c.lower, .upper = c.upper});
  }
  for (int r = 0; r < p.rows(); ++r) {
    std::vector<Term> terms{p.terms(r).begin(), p.terms(r).end()};
    terms.push_back({elastic.add_column({.cost = 1}), 1});
    terms.push_back({elastic.add_column({.cost = 1}), -1});
    elastic.add_row(p.bounds(r), terms);
  }
  ClpSimplex clp;
  load(clp, elastic);
  std::vector<int> rows;
  if (clp.dual() != 0) {
    return rows;
  }
  double const* const weight = clp.dualRowSolution();
  for (int r = 0; r < p.rows(); ++r) {
    if (std::abs(weight[r]) > 1e-9) {
      rows.push_back(r);
    }
  }
  std::stable_sort(rows.begin(), rows.end(), [&](int a, int b) {
    return std::abs(weight[a]) > std::abs(weight[b]);
  });
  return rows;
}

/// The column whose bounds cross, in words; empty when none do.
std::string crossed_bounds(LinearProgram const& p) {
  for (std::size_t c = 0; c < p.columns().size(); ++c) {
    if (p.columns()[c].lower > p.columns()[c].upper) {
      return "the bounds of " + p.column_name(static_cast<int>(c)) + " cross";
    }
  }
  return {};
}

std::string why_infeasible(LinearProgram const& p, std::vector<int> const& conflict) {
  if (conflict.empty()) {
    return "no point holds all rows";
  }
  std::string reason = conflict.size() == 1 ? "no point holds row " : "no point holds all of rows ";
  constexpr std::size_t most = 6;
  for (std::size_t i = 0; i < std::min(most, conflict.size()); ++i) {
    reason += (i > 0 ? ", " : "") + p.row_name(conflict[i]);
  }
  if (conflict.size() > most) {
    reason += fmt::format(" and {} more", conflict.size() - most);
  }
  return reason;
}

}  // namespace

Solution Session::solve() {
  ClpSimplex& clp = backend_->clp;
  backend_->pending.give(clp);
  backend_->pending = {};
  // Dual simplex: added rows leave the last basis dual feasible, so it goes on from there.
  int status = clp.dual();
  if (status == 4 || status == 3 || status < 0) {
    clp.allSlackBasis();
    status = clp.primal();
  }
  Solution out;
  out.pivots = static_cast<std::size_t>(std::max(0, clp.numberIterations()));
  if (status == 0) {
    out.cost = clp.objectiveValue();
    out.values.assign(clp.primalColumnSolution(), clp.primalColumnSolution() + clp.numberColumns());
    out.duals.assign(clp.dualRowSolution() + backend_->idle_rows,
                     clp.dualRowSolution() + clp.numberRows());
    out.reduced_costs.assign(clp.dualColumnSolution(),
                             clp.dualColumnSolution() + clp.numberColumns());
  } else if (status == 1) {
    out.status = Status::kInfeasible;
    std::string crossed = crossed_bounds(backend_->program);
    if (crossed.empty()) {
      out.conflict = conflict_of(backend_->program);
      crossed = why_infeasible(backend_->program, out.conflict);
    }
    out.reason = std::move(crossed);
  } else if (status == 2) {
    out.status = Status::kUnbounded;
    out.reason = "costs fall without end";
  } else {
    throw Error{fmt::format("the linear programme of {} rows and {} columns broke {} (status {})",
                            clp.numberRows(),
                            clp.numberColumns(),
                            backend(),
                            status)};
  }
  return out;
}

}  // namespace tidewater::solver
