#pragma once
/// What happened, row by row, and the texts made of it.
///
/// A Trace knows neither Env nor Stream: it can neither schedule nor draw, so switching it on never
/// changes a run. The writers are functions of the trace; who calls them opens the file.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tidewater::des {

class Env;

/// Simulated time in the model's unit; zero or later.
using SimTime = double;

/// One observation, 32 bytes. The kernel writes kinds below kFirstModelKind with the process index
/// as entity; a model writes its own from there on.
struct TraceRow {
  SimTime time = 0;
  std::uint32_t entity = 0;
  std::uint32_t kind = 0;
  double a = 0;
  double b = 0;
  bool operator==(TraceRow const&) const = default;
};
static_assert(sizeof(TraceRow) == 32);

namespace trace_kind {
inline constexpr std::uint32_t kSpawned = 0;      ///< a process was spawned; a = number of its name
inline constexpr std::uint32_t kEnded = 1;        ///< it ran to its end; a = life in simulated time
inline constexpr std::uint32_t kInterrupted = 2;  ///< a = cause
inline constexpr std::uint32_t kPreempted = 3;    ///< a = units lost
inline constexpr std::uint32_t kKilled = 4;
inline constexpr std::uint32_t kGranted = 5;   ///< a = number of the resource's name, b = units
inline constexpr std::uint32_t kReleased = 6;  ///< the same, when the last of a grant is given back
inline constexpr std::uint32_t kBegan = 7;     ///< a Span; a = number of its name
inline constexpr std::uint32_t kFinished = 8;  ///< the same
inline constexpr std::uint32_t kFirstModelKind = 16;
}  // namespace trace_kind

/// Collects rows: all of them, or the last `limit` when a limit is given.
class Trace {
 public:
  explicit Trace(std::size_t limit = 0) : limit_{limit} {}
  void record(TraceRow const& row);
  /// Rows in the order they were written.
  [[nodiscard]] std::vector<TraceRow> rows() const;
  /// The last `count` of them, or all.
  [[nodiscard]] std::vector<TraceRow> last(std::size_t count) const;

  /// The number of a name, given at its first use.
  std::uint32_t number_of(std::string_view name);
  [[nodiscard]] std::vector<std::string> const& names() const { return names_; }
  /// What a model's own kind is called by the writers; kernel kinds have their names.
  void name_kind(std::uint32_t kind, std::string name) { kinds_[kind] = std::move(name); }
  [[nodiscard]] std::string kind_name(std::uint32_t kind) const;
  /// Number of the name an entity had before the first of rows(), when earlier rows were dropped;
  /// names().size() when it had none.
  [[nodiscard]] std::size_t name_before(std::uint32_t entity) const;

 private:
  std::size_t limit_;
  std::size_t written_ = 0;
  std::vector<TraceRow> rows_;
  std::vector<std::string> names_;
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
  std::map<std::uint32_t, std::string> kinds_;
  std::map<std::uint32_t, std::size_t> before_;  ///< entity -> name, from rows dropped
};

/// A stretch of the current process's work, for the Gantt chart: begins here, finishes with the
/// scope, be it by a kill. `Span const loading{env, "loading"};`
class Span {
 public:
  Span(Env& env, std::string_view name);
  ~Span();
  Span(Span const&) = delete;
  Span& operator=(Span const&) = delete;

 private:
  Env* env_;
  std::uint32_t entity_;
  std::string name_;
};

/// One line a row under a heading: time, entity, name of the entity, kind, a (a name where it is
/// the number of one), b. Numbers read back to the same double.
[[nodiscard]] std::string trace_csv(Trace const& trace);
/// The same, one JSON object a line.
[[nodiscard]] std::string trace_json_lines(Trace const& trace);
/// Trace Event JSON, which Perfetto and Chrome's tracing page draw: lives and spans on one track a
/// process, what is held as one track a resource. `seconds` is the length of the model's unit.
[[nodiscard]] std::string trace_chrome(Trace const& trace, double seconds = 1);

}  // namespace tidewater::des
