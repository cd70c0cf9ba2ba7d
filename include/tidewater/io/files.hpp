#pragma once
/// Files, whole or not at all: what is written stands under a temporary name in the same folder
/// until it is complete.

#include <string>
#include <string_view>
#include <vector>

#include "tidewater/base/result.hpp"

namespace tidewater::io {

/// The bytes of a file of at most `max_bytes`.
///   fails  TW0001 missing, a folder, unreadable or larger
[[nodiscard]] Result<std::string> read_text_file(std::string const& path, std::size_t max_bytes);

/// Writes `bytes` beside `path`, flushes them to the disk and renames. On failure `path` is as it
/// was and nothing else is left. Throws tidewater::Error naming the path and the reason.
void write_file_atomically(std::string const& path, std::string_view bytes);

/// A name for a temporary beside `path`, for libraries that write by name; the caller renames with
/// settle() or removes with discard(). No two processes get the same name.
[[nodiscard]] std::string temporary_beside(std::string const& path);
void settle(std::string const& temporary, std::string const& path);
void discard(std::string const& temporary) noexcept;

/// A folder of results that appears whole. Files are gathered under hidden temporary names in
/// `folder`; keep() renames them all, and without it (an error, an exception) every one of them is
/// removed, and the folder too if this made it and it is empty.
class OutputFolder {
 public:
  explicit OutputFolder(std::string folder);
  ~OutputFolder();
  OutputFolder(OutputFolder const&) = delete;
  OutputFolder& operator=(OutputFolder const&) = delete;

  /// Stores a file for keep(). `name` is a plain file name.
  void write(std::string const& name, std::string_view bytes);
  /// A temporary name for a library to write to; it becomes `name` at keep().
  [[nodiscard]] std::string claim(std::string const& name);
  /// Renames everything written to its name; the paths, in order of writing.
  std::vector<std::string> keep();

  [[nodiscard]] std::string const& folder() const { return folder_; }

 private:
  struct Pending {
    std::string temporary;
    std::string path;
  };
  std::string folder_;
  std::vector<Pending> pending_;
  bool made_ = false;
};

}  // namespace tidewater::io
