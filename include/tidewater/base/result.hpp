#pragma once
/// How tidewater says no. Three voices, never mixed:
///   a wrong project file     -> Diagnostics: every fault at once, each with its place and a remedy
///   an answer that is "none" -> a value inside the result: Infeasible, Stalled, "none, because
///   ..." a broken world           -> an exception derived from tidewater::Error, caught once, in
///   cli

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace tidewater {

enum class Severity { kNote, kWarning, kError };

/// A place in a text file, counted from 1; line 0 means "no line known".
struct TextPlace {
  int line = 0;
  int column = 0;
  bool operator==(TextPlace const&) const = default;
};

struct Diagnostic {
  Severity severity = Severity::kError;
  std::string
      where;  ///< path into the project, e.g. "/site/2/deposit/0/reserve"; may be a file name
  std::string what;    ///< the fault, in the planner's words
  std::string remedy;  ///< what would make it right; empty when nothing short would
  std::string code{};  ///< stable number of the kind of fault, e.g. "TW0103"; may be empty
  TextPlace place{};
  bool operator==(Diagnostic const&) const = default;
};

using Diagnostics = std::vector<Diagnostic>;

/// A value, or every fault that stood in its way.
template <class T>
using Result = tl::expected<T, Diagnostics>;

[[nodiscard]] inline auto reject(Diagnostics faults) {
  return tl::unexpected<Diagnostics>{std::move(faults)};
}
[[nodiscard]] inline auto reject(std::string where, std::string what, std::string remedy) {
  return reject(
      Diagnostics{{Severity::kError, std::move(where), std::move(what), std::move(remedy)}});
}

/// The world broke: disk full, a library failed, a process died. Caught once, at the outermost
/// call.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace tidewater
