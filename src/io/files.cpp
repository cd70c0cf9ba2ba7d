#include "tidewater/io/files.hpp"

#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "tidewater/base/contract.hpp"

namespace tidewater::io {

namespace fs = std::filesystem;

namespace {

std::string reason() {
  return std::generic_category().message(errno);
}

/// An open file that is closed on every way out.
class OpenFile {
 public:
  explicit OpenFile(std::string const& path, int flags)
      : descriptor_{::open(path.c_str(), flags, 0644)} {
    if (descriptor_ < 0) {
      throw Error{fmt::format("{}: cannot be opened: {}", path, reason())};
    }
  }
  ~OpenFile() {
    if (descriptor_ >= 0) {
      ::close(descriptor_);
    }
  }
  OpenFile(OpenFile const&) = delete;
  OpenFile& operator=(OpenFile const&) = delete;

  void write_all(std::string const& path, std::string_view bytes) const {
    while (!bytes.empty()) {
      auto const written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) {
        continue;
      }
      if (written < 0) {
        throw Error{fmt::format("{}: cannot be written: {}", path, reason())};
      }
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void flush(std::string const& path) const {
    if (::fsync(descriptor_) != 0 && errno != EINVAL) {  // EINVAL: a folder that cannot be flushed
      throw Error{fmt::format("{}: cannot be flushed to the disk: {}", path, reason())};
    }
  }

 private:
  int descriptor_;
};

std::string folder_of(std::string const& path) {
  auto const folder = fs::path{path}.parent_path().string();
  return folder.empty() ? "." : folder;
}

void write_whole(std::string const& path, std::string_view bytes) {
  OpenFile const file{path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC};
  file.write_all(path, bytes);
  file.flush(path);
}

}  // namespace

Result<std::string> read_text_file(std::string const& path, std::size_t max_bytes) {
  auto const refuse = [&](std::string what, std::string remedy) {
    return reject(
        Diagnostics{{Severity::kError, path, std::move(what), std::move(remedy), "TW0001", {}}});
  };
  std::error_code error;
  auto const status = fs::status(path, error);
  if (!fs::exists(status)) {
    return refuse(fmt::format("there is no file '{}'", path),
                  "check the name and the folder it is named from");
  }
  if (fs::is_directory(status)) {
    return refuse(fmt::format("'{}' is a folder", path), "name a file in it");
  }
  std::ifstream file{path, std::ios::binary};
  std::string bytes;
  // One byte more than allowed tells a full file from one too large, also for pipes.
  bytes.resize(max_bytes + 1);
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (file.bad() || !file.is_open()) {
    return refuse(fmt::format("'{}' cannot be read", path), "check who may read it");
  }
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  if (bytes.size() > max_bytes) {
    return refuse(fmt::format("'{}' has more than {} bytes", path, max_bytes),
                  "is this the file you mean?");
  }
  bytes.shrink_to_fit();
  return bytes;
}

std::string temporary_beside(std::string const& path) {
  static std::atomic<unsigned> count{0};  // only makes names differ; no result depends on it
  auto const target = fs::path{path};
  // The extension stays last: libraries choose drivers by it.
  return (target.parent_path() / fmt::format(".{}.{}-{}.part{}",
                                             target.stem().string(),
                                             ::getpid(),
                                             count++,
                                             target.extension().string()))
      .string();
}

void settle(std::string const& temporary, std::string const& path) {
  {
    OpenFile const written{temporary, O_RDONLY | O_CLOEXEC};
    written.flush(temporary);
  }
  if (std::rename(temporary.c_str(), path.c_str()) != 0) {
    auto const why = reason();
    discard(temporary);
    throw Error{fmt::format("{}: cannot be put in place: {}", path, why)};
  }
  OpenFile const folder{folder_of(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC};
  folder.flush(folder_of(path));
}

void discard(std::string const& temporary) noexcept {
  std::error_code ignored;
  fs::remove(temporary, ignored);
}

void write_file_atomically(std::string const& path, std::string_view bytes) {
  auto const temporary = temporary_beside(path);
  try {
    write_whole(temporary, bytes);
  } catch (Error const&) {
    discard(temporary);
    throw;
  }
  settle(temporary, path);
}

OutputFolder::OutputFolder(std::string folder) : folder_{std::move(folder)} {
  std::error_code error;
  made_ = fs::create_directories(folder_, error);
  if (error || !fs::is_directory(folder_)) {
    throw Error{fmt::format(
        "{}: no folder for the results: {}", folder_, error ? error.message() : "it is a file")};
  }
}

OutputFolder::~OutputFolder() {
  for (auto const& one : pending_) {
    discard(one.temporary);
  }
  if (made_) {
    std::error_code ignored;
    fs::remove(folder_, ignored);  // does nothing unless it is empty
  }
}

std::string OutputFolder::claim(std::string const& name) {
  TW_EXPECTS(!name.empty() && name.find('/') == std::string::npos && name != "." && name != "..",
             "an output is named by a plain file name");
  auto const path = (fs::path{folder_} / name).string();
  pending_.push_back({temporary_beside(path), path});
  return pending_.back().temporary;
}

void OutputFolder::write(std::string const& name, std::string_view bytes) {
  write_whole(claim(name), bytes);
}

std::vector<std::string> OutputFolder::keep() {
  // Everything is on the disk before the first rename; a crash between renames leaves whole files.
  for (auto const& one : pending_) {
    OpenFile const written{one.temporary, O_RDONLY | O_CLOEXEC};
    written.flush(one.temporary);
  }
  std::vector<std::string> paths;
  while (!pending_.empty()) {
    auto const one = pending_.front();
    settle(one.temporary, one.path);
    pending_.erase(pending_.begin());
    paths.push_back(one.path);
  }
  return paths;
}

}  // namespace tidewater::io
