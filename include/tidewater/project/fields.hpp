#pragma once
/// What a field of a project is: a value with its unit, where it came from, and perhaps how
/// uncertain it is. Each field is declared once, in a describe() function; the reader, the
/// documentation page, the JSON Schema, the list of sources and the sampling of futures all walk
/// the same declarations.

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tidewater/base/units.hpp"

namespace tidewater::project {

/// How far a number can be trusted, weakest first.
enum class Status { kDefault, kAssumed, kDerived, kSourced };
[[nodiscard]] std::string_view name(Status status);

enum class SpreadKind {
  kUniform,      ///< low, high
  kTriangular,   ///< low, mode, high
  kPert,         ///< low, mode, high
  kNormal,       ///< mean, standard deviation
  kLognormal,    ///< median, standard deviation of the logarithm (dimensionless)
  kDiscrete,     ///< equally likely values
  kPercentiles,  ///< p5, p50, p95, straight lines between, flat tails cut at p5 and p95
};
[[nodiscard]] std::string_view name(SpreadKind kind);

/// An uncertain number as the project file states it, in base units.
struct Spread {
  SpreadKind kind = SpreadKind::kUniform;
  std::vector<double> numbers;
  bool operator==(Spread const&) const = default;
};
/// The value a base case uses: the median of the spread.
[[nodiscard]] double median(Spread const& spread);

struct Origin {
  Status status = Status::kDefault;
  std::string source;   ///< a citation, or the reason of an assumption
  std::string written;  ///< the value as the project file writes it; empty for a default
  std::optional<Spread> spread;
  std::string note;  ///< a remark beside the source
  bool operator==(Origin const&) const = default;
};

/// A number of the project file: its value (the median when it is uncertain) and its origin.
template <class Q>
struct Input {
  Q value{};
  Origin origin{};

  Input() = default;
  // A plain quantity is an input nobody has sourced yet.
  // NOLINTNEXTLINE(google-explicit-constructor)
  Input(Q v) : value{v} {}
  bool operator==(Input const&) const = default;
};

/// Another value for the number at `path` (as numbers() names it).
struct Override {
  std::string path;
  double value = 0;  ///< base units
  Origin origin;
  bool operator==(Override const&) const = default;
};

struct Place {
  double lon = 0;  ///< degrees east, WGS 84
  double lat = 0;  ///< degrees north
  bool operator==(Place const&) const = default;
};

/// Exponents of length, mass, time and money.
using Dimension = std::array<int, 4>;
template <int L, int M, int T, int C>
constexpr Dimension dimension_of(Quantity<Dim<L, M, T, C>> const&) {
  return {L, M, T, C};
}
constexpr Dimension dimension_of(double) {
  return {0, 0, 0, 0};
}

/// What a field promises about its number, in the unit named.
struct FieldSpec {
  std::string_view name;
  std::string_view unit{};  ///< the unit the documentation shows; "" = a pure number
  std::string_view saying;  ///< what the field means, a clause
  std::optional<double> low{};
  std::optional<double> high{};
  enum class Need { kOptional, kRequired } need = Need::kOptional;
  std::string_view key{};  ///< of a list: the text field that names its items; "" = their index
};

enum class Ends { kOpen, kClosed };

/// A reference to one number inside a project, whatever its dimension.
struct NumberRef {
  double* value;  ///< in base units
  Origin* origin;
  Dimension dimension;
};
template <class D>
NumberRef ref(Input<Quantity<D>>& input) {
  static_assert(sizeof(Quantity<D>) == sizeof(double));
  return {input.value.data(), &input.origin, dimension_of(input.value)};
}
inline NumberRef ref(Input<double>& input) {
  return {&input.value, &input.origin, {0, 0, 0, 0}};
}

/// The kinds of things other fields may name.
enum class Referent {
  kSite,
  kProduct,
  kLink,
  kLocomotive,
  kWagon,
  kConsist,
  kVessel,
  kIssue,
  kOption
};
[[nodiscard]] std::string_view name(Referent kind);

/// Two columns of numbers with units, e.g. speed and tractive effort.
struct CurveSpec {
  FieldSpec field;
  std::string_view x_unit;
  std::string_view y_unit;
};
struct CurvePoint {
  double x = 0;
  double y = 0;
  bool operator==(CurvePoint const&) const = default;
};

/// Walks the declarations of a project. Override what you need; the rest passes by.
/// Tables and lists open and close in pairs; a list's items are walked between item() calls.
class FieldVisitor {
 public:
  FieldVisitor() = default;
  FieldVisitor(FieldVisitor const&) = delete;
  FieldVisitor& operator=(FieldVisitor const&) = delete;
  virtual ~FieldVisitor() = default;

  virtual void number(FieldSpec const&, NumberRef) {}
  virtual void whole(FieldSpec const&, int&) {}
  virtual void text(FieldSpec const&, std::string&) {}
  virtual void flag(FieldSpec const&, bool&) {}
  virtual void choice(FieldSpec const&, std::span<std::string_view const> /*words*/, int&) {}
  virtual void reference(FieldSpec const& spec, Referent, std::string& id) { text(spec, id); }
  virtual void references(FieldSpec const& spec, Referent, std::vector<std::string>& ids) {
    texts(spec, ids);
  }
  virtual void texts(FieldSpec const&, std::vector<std::string>&) {}
  virtual void place(FieldSpec const&, Place&) {}
  virtual void places(FieldSpec const&, std::vector<Place>&) {}
  /// Places that enclose an area; the last is joined to the first.
  virtual void polygon(FieldSpec const& spec, std::vector<Place>& corners) {
    places(spec, corners);
  }
  virtual void curve(CurveSpec const&, std::vector<CurvePoint>&) {}
  /// Numbers of the project that an option writes over, by their path.
  virtual void overrides(FieldSpec const&, std::vector<Override>&) {}

  /// Opens a table of fields. Returns whether its fields are to be walked; `present` says whether
  /// the project has it now.
  virtual bool open_table(FieldSpec const&, bool present) { return present; }
  virtual void close_table() {}
  /// Opens a list of tables; returns how many items it is to have.
  virtual std::size_t open_list(FieldSpec const&, std::size_t count) { return count; }
  virtual void item(std::size_t /*index*/, std::string const& /*id*/) {}
  virtual void close_list() {}
};

}  // namespace tidewater::project
