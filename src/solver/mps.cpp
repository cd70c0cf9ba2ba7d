#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "tidewater/solver/linear_program.hpp"

namespace tidewater::solver {

namespace {

bool is_plain(std::string const& name) {
  return !name.empty() && name.find_first_of(" \t\n\r") == std::string::npos && name[0] != '$';
}

struct Names {
  LinearProgram const& program;
  [[nodiscard]] std::string row(int r) const {
    std::string name = program.row_name(r);
    return is_plain(name) ? name : fmt::format("r{}", r);
  }
  [[nodiscard]] std::string column(int c) const {
    std::string name = program.column_name(c);
    return is_plain(name) ? name : fmt::format("c{}", c);
  }
};

/// E, G, L or N; a row bounded on both sides is written as L with a range.
char sense(RowBounds b) {
  if (b.lower == b.upper) {
    return 'E';
  }
  return std::isfinite(b.upper) ? 'L' : std::isfinite(b.lower) ? 'G' : 'N';
}

struct Element {
  int row;
  double factor;
};

std::vector<std::vector<Element>> by_column(LinearProgram const& program) {
  std::vector<std::vector<Element>> out(program.columns().size());
  for (int r = 0; r < program.rows(); ++r) {
    for (Term const t : program.terms(r)) {
      out[static_cast<std::size_t>(t.column)].push_back({r, t.factor});
    }
  }
  return out;
}

void write_columns(std::string& out, LinearProgram const& program, Names const& names) {
  auto const elements = by_column(program);
  auto line = std::back_inserter(out);
  bool is_integer = false;
  for (std::size_t c = 0; c < elements.size(); ++c) {
    Column const& column = program.columns()[c];
    if (is_integer != (column.integrality == Integrality::kInteger)) {
      is_integer = !is_integer;
      fmt::format_to(line, "    MARKER 'MARKER' '{}'\n", is_integer ? "INTORG" : "INTEND");
    }
    std::string const name = names.column(static_cast<int>(c));
    fmt::format_to(line, "    {} COST {:.17g}\n", name, column.cost);
    for (Element const e : elements[c]) {
      fmt::format_to(line, "    {} {} {:.17g}\n", name, names.row(e.row), e.factor);
    }
  }
  if (is_integer) {
    fmt::format_to(line, "    MARKER 'MARKER' 'INTEND'\n");
  }
}

void write_sides(std::string& out, LinearProgram const& program, Names const& names) {
  auto line = std::back_inserter(out);
  out += "RHS\n";
  for (int r = 0; r < program.rows(); ++r) {
    RowBounds const b = program.bounds(r);
    double const side = std::isfinite(b.upper) ? b.upper : std::isfinite(b.lower) ? b.lower : 0;
    if (side != 0) {
      fmt::format_to(line, "    RHS {} {:.17g}\n", names.row(r), side);
    }
  }
  out += "RANGES\n";
  for (int r = 0; r < program.rows(); ++r) {
    RowBounds const b = program.bounds(r);
    if (b.lower != b.upper && std::isfinite(b.lower) && std::isfinite(b.upper)) {
      fmt::format_to(line, "    RNG {} {:.17g}\n", names.row(r), b.upper - b.lower);
    }
  }
}

void write_bounds(std::string& out, LinearProgram const& program, Names const& names) {
  auto line = std::back_inserter(out);
  out += "BOUNDS\n";
  for (std::size_t c = 0; c < program.columns().size(); ++c) {
    Column const& column = program.columns()[c];
    std::string const name = names.column(static_cast<int>(c));
    if (column.lower == column.upper) {
      fmt::format_to(line, " FX BND {} {:.17g}\n", name, column.lower);
      continue;
    }
    // Both sides are always written: readers differ on what an upper bound below zero implies.
    if (std::isfinite(column.lower)) {
      fmt::format_to(line, " LO BND {} {:.17g}\n", name, column.lower);
    } else {
      fmt::format_to(line, " MI BND {}\n", name);
    }
    if (std::isfinite(column.upper)) {
      fmt::format_to(line, " UP BND {} {:.17g}\n", name, column.upper);
    } else {
      fmt::format_to(line, " PL BND {}\n", name);
    }
  }
}

}  // namespace

std::string mps_text(LinearProgram const& program, std::string const& title) {
  Names const names{program};
  std::string out = fmt::format("NAME {}\nROWS\n N COST\n", is_plain(title) ? title : "PROGRAM");
  for (int r = 0; r < program.rows(); ++r) {
    fmt::format_to(std::back_inserter(out), " {} {}\n", sense(program.bounds(r)), names.row(r));
  }
  out += "COLUMNS\n";
  write_columns(out, program, names);
  write_sides(out, program, names);
  write_bounds(out, program, names);
  out += "ENDATA\n";
  return out;
}

}  // namespace tidewater::solver
