// The three files on disk, and the package as ogrinfo reads it.

#include "tidewater/report/outputs.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "tidewater/report/package.hpp"
#include "tidewater/report/page.hpp"

#include "small_corridor.hpp"

namespace tidewater::report {
namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() : path_{fs::temp_directory_path() / ("tidewater_report_" + std::to_string(getpid()))} {
    fs::remove_all(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;
  [[nodiscard]] fs::path const& path() const { return path_; }

 private:
  fs::path path_;
};

std::string contents(fs::path const& path) {
  std::ifstream file{path, std::ios::binary};
  std::stringstream all;
  all << file.rdbuf();
  return all.str();
}

struct Answer {
  std::string text;
  int status = -1;
};
Answer run(std::string const& command) {
  Answer out;
  auto* const pipe = popen((command + " 2>&1").c_str(), "r");
  std::array<char, 4096> buffer{};
  while (auto const count = fread(buffer.data(), 1, buffer.size(), pipe)) {
    out.text.append(buffer.data(), count);
  }
  out.status = pclose(pipe);
  return out;
}

ResultsHead const kHead{"0.0-test", "abc"};

TEST(Outputs, AreThreeFilesAndNothingElse) {
  Folder const folder;
  auto const written =
      write_outputs(folder.path().string(), "small", small::appraisal_once(), kHead);
  ASSERT_TRUE(written) << small::words(written.error());
  ASSERT_EQ(written->size(), 3U);
  std::size_t files = 0;
  for (auto const& entry : fs::directory_iterator(folder.path())) {
    EXPECT_GT(entry.file_size(), 1000U) << entry.path();
    ++files;
  }
  EXPECT_EQ(files, 3U);
  auto const json = io::Json::parse(contents(folder.path() / "results.json"));
  EXPECT_EQ(json, results_json(small::appraisal_once(), kHead));
  auto const html = contents(folder.path() / "report.html");
  EXPECT_GT(html.size(), empty_page().size() + 1000);
}

TEST(Outputs, LeaveAnEarlierRunAloneWhenTheyFail) {
  Folder const folder;
  ASSERT_TRUE(write_outputs(folder.path().string(), "small", small::appraisal_once(), kHead));
  auto const before = contents(folder.path() / "results.json");
  auto broken = small::appraisal_once();
  broken.project.header.name = "another";
  EXPECT_FALSE(write_outputs(folder.path().string(), "../small", broken, kHead));
  // A folder in the place of a file: the last rename cannot be done, or an earlier one.
  fs::remove(folder.path() / "small.gpkg");
  fs::create_directories(folder.path() / "small.gpkg" / "in the way");
  EXPECT_THROW((void)write_outputs(folder.path().string(), "small", broken, kHead), Error);
  std::size_t entries = 0;
  for (auto const& entry : fs::directory_iterator(folder.path())) {
    EXPECT_NE(entry.path().filename().string().front(), '.') << entry.path();
    ++entries;
  }
  EXPECT_EQ(entries, 3U);
}

TEST(Package, OpensInOgrinfoWithItsLayersAndTables) {
  if (run("ogrinfo --version").status != 0) {
    GTEST_SKIP() << "SKIPPED: ogrinfo is not installed (apt install gdal-bin)";
  }
  Folder const folder;
  ASSERT_TRUE(write_outputs(folder.path().string(), "small", small::appraisal_once(), kHead));
  auto const path = (folder.path() / "small.gpkg").string();
  auto const all = run("ogrinfo -so -al " + path);
  ASSERT_EQ(all.status, 0) << all.text;
  EXPECT_EQ(all.text.find("ERROR"), std::string::npos) << all.text;
  EXPECT_EQ(all.text.find("Warning"), std::string::npos) << all.text;
  for (auto const* name :
       {"alignment", "stations",   "structures",    "loops",     "alternatives", "sites",
        "zones",     "zone_lines", "run",           "kpi",       "futures",      "year",
        "ledger",    "train_run",  "train_profile", "timetable", "event",        "work",
        "party",     "gate",       "claim",         "provenance"}) {
    EXPECT_NE(all.text.find("Layer name: " + std::string{name} + "\n"), std::string::npos) << name;
  }
  auto const line = run("ogrinfo -al " + path + " alignment").text;
  EXPECT_NE(line.find("LINESTRING Z"), std::string::npos);
  EXPECT_NE(line.find("link (String) = new_line"), std::string::npos);
  auto const kpis = run("ogrinfo -q -sql \"select count(*) as n from kpi\" " + path).text;
  EXPECT_NE(kpis.find("n (Integer) = 63"), std::string::npos) << kpis;  // 3 options, 21 indicators
}

TEST(Package, HoldsEveryStationAndTheSameFiguresAsTheResults) {
  auto const& all = small::appraisal_once();
  auto const results = results_json(all, kHead);
  auto const package = geo_package(all, results);
  std::size_t stations = 0;
  for (auto const& o : all.options) {
    for (auto const& link : o.design ? o.design->links : std::vector<appraisal::LinkDesign>{}) {
      stations += link.rail ? link.rail->alignment.stations.size() : 0;
    }
  }
  EXPECT_GT(stations, 250U);  // some 28 km at about 100 m
  for (auto const& layer : package.layers) {
    EXPECT_EQ(layer.shapes.size(), layer.rows.size()) << layer.name;
    if (layer.name == "stations") {
      EXPECT_EQ(layer.rows.size(), stations);
    }
    if (layer.name == "alternatives") {
      std::size_t others = 0;
      for (auto const& o : results["options"]) {
        for (auto const& link : o["links"]) {
          others += link["reasons"]["alternatives"].size();
        }
      }
      EXPECT_EQ(layer.rows.size(), others);
      EXPECT_GT(others, 0U);
    }
    if (layer.name == "loops") {
      EXPECT_EQ(layer.rows.size(), 1U);
    }
  }
  for (auto const& table : package.tables) {
    if (table.name == "ledger") {
      std::size_t rows = 0;
      for (auto const& o : results["options"]) {
        rows += o["ledger"].size();
      }
      EXPECT_EQ(table.rows.size(), rows);
    }
    if (table.name == "provenance") {
      EXPECT_EQ(table.rows.size(), results["provenance"].size());
    }
  }
}

/// What the first row of a layer has in its column of notes.
io::Cell first_notes(io::GeoPackage const& package, std::string const& name) {
  auto const& layers = package.layers;
  auto const layer =
      std::find_if(layers.begin(), layers.end(), [&](auto const& l) { return l.name == name; });
  auto const column = std::find_if(layer->columns.begin(), layer->columns.end(), [](auto const& c) {
    return c.name == "notes";
  });
  return layer->rows.front().at(static_cast<std::size_t>(column - layer->columns.begin()));
}

TEST(Outputs, TellTheNotesOfALineAndOfOthersBesideThem) {
  auto all = small::appraisal_once();
  auto& link = all.options[2].design->links[0];
  for (auto const& note : link.rail->alignment.notes) {
    EXPECT_EQ(std::count(link.notes.begin(), link.notes.end(), note), 1) << note;
  }
  ASSERT_FALSE(link.rail->alignment.notes.empty());
  auto& other = link.reasons.alternatives.lines.front();
  link.notes = {"The line passes over itself at km 4.0.", "1 of 2 loops find a place"};
  other.notes = {"The line passes under itself at km 9.0."};
  auto const results = results_json(all, kHead);
  auto const& told = results["options"][2]["links"][0];
  EXPECT_EQ(told["notes"], io::Json(link.notes));
  EXPECT_EQ(told["reasons"]["alternatives"][0]["notes"], io::Json(other.notes));
  auto const package = geo_package(all, results);
  EXPECT_EQ(first_notes(package, "alignment"),
            io::Cell{"The line passes over itself at km 4.0.\n1 of 2 loops find a place"});
  EXPECT_EQ(first_notes(package, "alternatives"), io::Cell{other.notes.front()});
}

}  // namespace
}  // namespace tidewater::report
