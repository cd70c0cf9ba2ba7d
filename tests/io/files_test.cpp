#include "tidewater/io/files.hpp"

#include <csignal>

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "tidewater/base/contract.hpp"

#include "read_file.hpp"

namespace tidewater::io {
namespace {

TEST(AtomicWrite, ReplacesAFileWhole) {
  ScratchFolder const scratch;
  auto const path = (scratch / "results.json").string();
  write_file_atomically(path, "first");
  write_file_atomically(path, std::string(300'000, 'x'));
  EXPECT_EQ(bytes_of(path).size(), 300'000U);
  EXPECT_EQ(scratch.entries(), 1U) << "no temporary is left";
}

TEST(AtomicWrite, LeavesTheOldFileAndNothingElseWhenItFails) {
  ScratchFolder const scratch;
  auto const path = scratch / "taken";
  std::filesystem::create_directory(path);  // a file cannot be renamed over a folder
  write_file_atomically((path / "inside").string(), "x");
  EXPECT_THROW(write_file_atomically(path.string(), "bytes"), Error);
  EXPECT_EQ(scratch.entries(), 1U);
  EXPECT_THROW(write_file_atomically((scratch / "no/such/folder").string(), "bytes"), Error);
}

TEST(AtomicWrite, SaysThePathAndTheReasonOfTheSystem) {
  try {
    write_file_atomically("/proc/tidewater", "x");
    FAIL() << "/proc takes no files";
  } catch (Error const& error) {
    EXPECT_NE(std::string{error.what()}.find("/proc/"), std::string::npos) << error.what();
    EXPECT_NE(std::string{error.what()}.find("cannot be opened"), std::string::npos);
  }
}

/// No file of this process may grow beyond `bytes` while this lives: a disk that fills up.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    rlimit const now{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &now);
  }
  ~FullDisk() { setrlimit(RLIMIT_FSIZE, &before_); }
  FullDisk(FullDisk const&) = delete;
  FullDisk& operator=(FullDisk const&) = delete;

 private:
  rlimit before_{};
};

TEST(AtomicWrite, LeavesTheOldFileAndNothingElseWhenTheDiskFillsUp) {
  ScratchFolder const scratch;
  auto const path = (scratch / "results.json").string();
  write_file_atomically(path, "old");
  {
    FullDisk const full{1000};
    EXPECT_THROW(write_file_atomically(path, std::string(5000, 'x')), Error);
    OutputFolder out{(scratch / "out").string()};
    EXPECT_THROW(out.write("a.json", std::string(5000, 'x')), Error);
  }
  EXPECT_EQ(bytes_of(path), "old");
  EXPECT_EQ(scratch.entries(), 1U) << "neither temporaries nor the folder are left";
}

TEST(OutputFolder, TakesAClaimNobodyFulfilledForAFailure) {
  ScratchFolder const scratch;
  OutputFolder out{(scratch / "out").string()};
  static_cast<void>(out.claim("report.html"));
  EXPECT_THROW(out.keep(), Error);
  EXPECT_THROW(out.write("../a", "x"), ContractBroken) << "a plain name only";
}

TEST(OutputFolder, AppearsOnlyWhenKept) {
  ScratchFolder const scratch;
  auto const folder = scratch / "out";
  {
    OutputFolder out{folder.string()};
    out.write("a.json", "{}");
    EXPECT_FALSE(std::filesystem::exists(folder / "a.json"));
  }
  EXPECT_FALSE(std::filesystem::exists(folder)) << "an abandoned folder goes with its files";
  OutputFolder out{folder.string()};
  out.write("a.json", "{}");
  out.write("b.txt", "b");
  EXPECT_EQ(out.keep().size(), 2U);
  EXPECT_EQ(bytes_of(folder / "a.json"), "{}");
}

TEST(OutputFolder, LeavesTheFilesOfOthersAlone) {
  ScratchFolder const scratch;
  write_file_atomically((scratch / "mine.txt").string(), "mine");
  {
    OutputFolder out{scratch.path().string()};
    out.write("a.json", "{}");
  }
  EXPECT_EQ(scratch.entries(), 1U);
}

TEST(OutputFolder, RefusesAFileInItsPlace) {
  ScratchFolder const scratch;
  write_file_atomically((scratch / "out").string(), "a file");
  EXPECT_THROW(OutputFolder{(scratch / "out").string()}, Error);
}

TEST(ReadTextFile, NamesWhatIsWrong) {
  ScratchFolder const scratch;
  auto const path = (scratch / "p.toml").string();
  write_file_atomically(path, "0123456789");
  EXPECT_EQ(*read_text_file(path, 10), "0123456789");
  EXPECT_NE(read_text_file(path, 9).error()[0].what.find("more than 9 bytes"), std::string::npos);
  EXPECT_NE(read_text_file(path + "x", 9).error()[0].what.find("there is no file"),
            std::string::npos);
  EXPECT_NE(read_text_file(scratch.path().string(), 9).error()[0].what.find("is a folder"),
            std::string::npos);
}

}  // namespace
}  // namespace tidewater::io
