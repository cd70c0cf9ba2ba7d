#pragma once
/// The project file: TOML text to a checked Project, every fault at once with its place and remedy;
/// and the pages written from the same declarations (guide, JSON Schema, list of sources).

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tidewater/base/result.hpp"
#include "tidewater/io/units_text.hpp"
#include "tidewater/project/project.hpp"

namespace tidewater::io {

/// What the reader accepts at most; docs/guide/project-file.md states the same figures.
struct ReadLimits {
  std::size_t bytes = 4u << 20;
  int nesting = 16;  ///< brackets within brackets, and parts of a dotted key
  std::size_t list_items = 10'000;
  std::size_t places = 20'000;  ///< corners of one polygon, points of one line
  std::size_t text_bytes = 65'536;
  std::size_t faults = 200;  ///< reported; the rest are counted
};

struct ReadOptions {
  /// `--set path=value`: parts joined by dots or slashes, items by their name or index; the value
  /// is TOML, or text when it is no TOML value. Applied in order before anything is checked.
  std::vector<std::pair<std::string, std::string>> sets{};
  ReadLimits limits{};
};

/// A checked project and where its parts stand in the file.
struct ProjectFile {
  project::Project project;
  /// Content hash, 32 hex digits (FNV-1a, 128 bits) of every value, spread, status, source and
  /// text; comments, order of keys and the way a number is written do not matter.
  std::string hash;
  Diagnostics warnings;
  Currencies money;
  std::map<std::string, TextPlace> places;  ///< path of a field or table -> its line and column
};

/// Reads a project from TOML text. `file_name` is only used in messages about the whole file.
///   fails  with every fault of syntax; or else every fault of fields and of relations between
///   them.
///          TW00nn file and syntax, TW01nn numbers and units, TW02nn other fields, TW03nn relations
[[nodiscard]] Result<ProjectFile> read_project(std::string_view text,
                                               std::string_view file_name,
                                               ReadOptions const& options = {});

/// Gives diagnostics of later stages the line of the field or table they speak of (or of the
/// nearest table around it). Those that have a place keep it.
[[nodiscard]] Diagnostics with_places(Diagnostics diagnostics, ProjectFile const& file);

enum class Colour { kNever, kAlways };

struct RenderOptions {
  std::string file_name;
  Colour colour = Colour::kNever;
};
/// Diagnostics as compilers print them: `error[TW0120]: ...`, ` --> pasni.toml:14:9`, the line, a
/// caret, `= help: ...`; then a count. Control characters of the text are shown as '?'.
[[nodiscard]] std::string render(Diagnostics const& diagnostics,
                                 std::string_view text,
                                 RenderOptions const& options);

/// A number of the project for a table of sources.
struct StatedNumber {
  std::string path;   ///< "/site/pasni/port/channel_depth"
  std::string value;  ///< "12.5 m", at most nine significant digits, in the field's unit
  std::string unit;   ///< "m"; "" = a pure number
  std::string status;
  std::string source;        ///< citation or reason; then the note, if any
  std::string distribution;  ///< "triangular 11 m, 12.5 m, 14 m"; "" = certain
  bool operator==(StatedNumber const&) const = default;
};
/// Every number of the project, defaults included, in the order of the guide.
[[nodiscard]] std::vector<StatedNumber> stated_numbers(project::Project const& project);

/// The same hash for any bytes, e.g. a relief.
[[nodiscard]] std::string content_hash(std::string_view bytes);
[[nodiscard]] std::string project_hash(project::Project const& project);

/// docs/guide/project-file.md, written from the declarations.
[[nodiscard]] std::string project_file_guide();
/// docs/guide/project.schema.json (JSON Schema draft 2020-12), for editors.
[[nodiscard]] std::string project_json_schema();

}  // namespace tidewater::io
