#pragma once
/// What every command needs: the project read, the relief beside it, exit codes.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tidewater/io/project_file.hpp"
#include "tidewater/terrain/geo_raster.hpp"

namespace tidewater::cli {

enum class Exit : int {
  kOk = 0,
  kFailed = 1,
  kUsage = 2,
  kInvalidInput = 3,
  kNoFeasibleAnswer = 4,
};

/// The command line, as the user wrote it.
struct Request {
  std::string file;
  std::string option;  ///< empty = all
  std::string out = "out";
  std::string field;              ///< of explain
  std::string cache;              ///< of terrain
  std::vector<std::string> sets;  ///< path=value
  std::optional<int> seed;
  bool asks_why = false;         ///< of new railways: what each constraint costs
  std::size_t alternatives = 0;  ///< to each new railway, to look for
  std::string sweep;             ///< of simulate: path=first..last[:count]; empty = none
  std::string why;               ///< of simulate: ASSET@DATE; empty = none
  bool asks_bottleneck = false;  ///< of simulate: which asset's relief carries more
  int threads = 0;               ///< 0 = as many as there are cores
  enum class Form { kTables, kJson } form = Form::kTables;
};

/// A project file that has been read, with its text for messages.
struct Session {
  io::ProjectFile file;
  std::string text;
  std::string name;
};

/// Reads the project; prints every fault and gives the exit code when there are any.
[[nodiscard]] Result<Session> open(Request const& request);

/// The relief the project names, or none; the faults say what is wrong with it.
[[nodiscard]] Result<std::optional<terrain::GeoRaster>> relief(Request const& request,
                                                               Session& session);

/// Diagnostics on stderr, in colour on a terminal unless NO_COLOR is set.
void print(Diagnostics const& diagnostics, std::string const& text, std::string const& file);

[[nodiscard]] int threads(Request const& request);

}  // namespace tidewater::cli
