#include "tidewater/io/project_file.hpp"

#include <gtest/gtest.h>

#include "read_file.hpp"

namespace tidewater::io {
namespace {

std::string const kLeast =
    "[project]\nname = \"x\"\nfirst_year = 2027\nyears = 10\nprice_year = 2025\n"
    "[[option]]\nname = \"no_project\"\n";

std::string const kSite = kLeast +
                          "[[site]]\nid = \"pit\"\nkind = \"hub\"\nat = [62.0, 29.0]\n"
                          "[site.staff]\nwage = \"9000 USD/a\"\n";

Result<ProjectFile> read(std::string const& text,
                         std::vector<std::pair<std::string, std::string>> sets = {}) {
  return read_project(text, "x.toml", {std::move(sets), {}});
}

TEST(ProjectFile, ReadsThePasniExampleWithoutAFault) {
  auto const path = repository() / "examples/pasni/pasni.toml";
  if (!std::filesystem::exists(path)) {
    GTEST_SKIP() << "SKIPPED: the example is not there: " << path;
  }
  auto const text = bytes_of(path);
  auto const file = read(text);
  ASSERT_TRUE(file.has_value()) << render(file.error(), text, {"pasni.toml"});
  for (auto const& row : stated_numbers(file->project)) {
    EXPECT_FALSE(row.status == "sourced" && row.source.empty()) << row.path;
  }
}

TEST(ProjectFile, HashesWhatIsSaidNotHowItIsWritten) {
  auto const base = read(kSite)->hash;
  EXPECT_EQ(base.size(), 32U);
  auto other = "# a remark\n" + kSite;
  other.replace(other.find("9000 USD/a"), 10, "9.0 k USD/a");
  EXPECT_EQ(read(other)->hash, base);
  std::string const swapped =
      "[[option]]\nname = 'no_project'\n[[site]]\nat = [62, 29]\nkind = 'hub'\nid = 'pit'\n"
      "staff.wage = '9 k USD/a'\n[project]\nyears = 10\nprice_year = 2025\nname = 'x'\nfirst_year "
      "= 2027\n";
  EXPECT_EQ(read(swapped)->hash, base);
}

TEST(ProjectFile, HashesEveryNumberSourceAndName) {
  auto const base = read(kSite)->hash;
  auto const changed = [&](std::string const& from, std::string const& to) {
    auto text = kSite;
    text.replace(text.find(from), from.size(), to);
    return read(text)->hash;
  };
  EXPECT_NE(changed("9000 USD/a", "9001 USD/a"), base);
  EXPECT_NE(changed("\"9000 USD/a\"", "{ value = \"9000 USD/a\", source = \"a survey\" }"), base);
  EXPECT_NE(changed("\"pit\"", "\"pip\""), base);
  EXPECT_NE(changed("[62.0, 29.0]", "[62.0, 29.5]"), base);
  EXPECT_NE(changed("years = 10", "years = 11"), base);
}

TEST(ProjectFile, HashesByTheStatedAlgorithm) {
  // FNV-1a, 128 bits, of nothing and of "a": offset basis and published test vector.
  EXPECT_EQ(content_hash(""), "6c62272e07bb014262b821756295c58d");
  EXPECT_EQ(content_hash("a"), "d228cb696f1a8caf78912b704e4a8964");
}

TEST(ProjectFile, KnowsWhereItsFieldsStand) {
  auto const file = read(kSite);
  Diagnostics const later{{Severity::kError, "/site/pit/staff/wage", "too low", "", "", {}},
                          {Severity::kError, "/site/pit/at", "at sea", "", "", {}},
                          {Severity::kError, "/site/pit/mine/reserve", "none", "", "", {}},
                          {Severity::kError, "relief.tif", "broken", "", "", {}}};
  auto const placed = with_places(later, *file);
  EXPECT_EQ(placed[0].place, (TextPlace{13, 8}));
  EXPECT_EQ(placed[1].place.line, 11);
  EXPECT_EQ(placed[2].place.line, 8) << "the table around a field that is not there";
  EXPECT_EQ(placed[3].place.line, 0);
}

TEST(Settings, WriteOverTheFile) {
  auto const file = read(kSite,
                         {{"project.seed", "7"},
                          {"project/currency", "EUR"},
                          {"site.pit.staff.wage", "8 k EUR/a"},
                          {"site/0/label", "The pit"},
                          {"terrain.elevation", "/data/relief.tif"},
                          {"rates.loop", "{ value = \"4 M EUR\", source = \"a study\" }"}});
  ASSERT_TRUE(file.has_value()) << render(file.error(), kSite, {"x.toml"});
  EXPECT_EQ(file->project.header.seed, 7);
  EXPECT_EQ(file->project.sites[0].label, "The pit");
  EXPECT_DOUBLE_EQ(file->project.sites[0].staff.wage.value.in(units::usd / units::year), 8000);
  EXPECT_EQ(file->project.sites[0].staff.wage.origin.source, "set on the command line");
  EXPECT_EQ(file->project.terrain.elevation, "/data/relief.tif");
  EXPECT_EQ(file->project.rates.loop.origin.status, project::Status::kSourced);
}

TEST(Settings, AnotherReliefLeavesTheNoteOnTheOldOneBehind) {
  std::string const text = kSite + "[terrain]\nelevation = \"coarse.tif\"\nnote = \"coarse\"\n";
  auto const note = [&](std::vector<std::pair<std::string, std::string>> const& sets) {
    return read(text, sets)->project.terrain.note;
  };
  EXPECT_EQ(note({}), "coarse");
  EXPECT_EQ(note({{"terrain.cell", "500 m"}}), "coarse");
  EXPECT_EQ(note({{"terrain.elevation", "coarse.tif"}}), "coarse");
  EXPECT_EQ(note({{"terrain.elevation", "fine.tif"}}), "");
  EXPECT_EQ(note({{"terrain.note", "fine"}, {"terrain.elevation", "fine.tif"}}), "fine");
}

TEST(Settings, GiveTheSameHashAsTheFileSaysIt) {
  auto text = kSite;
  text.replace(text.find("years = 10"), 10, "years = 25");
  EXPECT_EQ(read(kSite, {{"project.years", "25"}})->hash, read(text)->hash);
}

TEST(Settings, AtFaultAreNamedAsSettings) {
  struct Row {
    std::string path, value, code, remedy;
  };
  std::vector<Row> const rows{{"site.pot.label", "x", "TW0004", "did you mean 'pit'?"},
                              {"project.name.x", "1", "TW0004", "name a field"},
                              {"vessel.v.dwt", "1 kt", "TW0004", "write it into the file"},
                              {"", "1", "TW0004", "--set path=value"},
                              {"terrain.cel", "1 km", "TW0202", "did you mean 'cell'?"},
                              {"terrain.cell", "1 kg", "TW0120", "1 m"},
                              {"terrain.cell", "1 m\"\nx=1", "TW0111", ""},
                              {"project.years", "ten", "TW0203", ""}};
  for (auto const& row : rows) {
    auto const file = read(kSite + "[terrain]\ncell = \"1 km\"\n", {{row.path, row.value}});
    ASSERT_FALSE(file.has_value()) << row.path;
    ASSERT_EQ(file.error().size(), 1U) << render(file.error(), "", {"x"});
    EXPECT_EQ(file.error()[0].code, row.code) << file.error()[0].what;
    EXPECT_TRUE(file.error()[0].where.starts_with("--set")) << file.error()[0].where;
    EXPECT_EQ(file.error()[0].place.line, 0);
    EXPECT_NE(file.error()[0].remedy.find(row.remedy), std::string::npos) << file.error()[0].remedy;
  }
}

TEST(Limits, HoldAndAreSaid) {
  ReadOptions options;
  options.limits.bytes = 50;
  EXPECT_EQ(read_project(kLeast, "x", options).error()[0].code, "TW0001");
  options.limits = {};
  options.limits.list_items = 1;
  auto const twice = kLeast + "[[option]]\nname = \"two\"\n";
  EXPECT_EQ(read_project(twice, "x", options).error()[0].code, "TW0210");
  options.limits = {};
  options.limits.faults = 3;
  std::string many = kLeast + "[terrain]\n";
  for (int i = 0; i < 50; ++i) {
    many.append("k").append(std::to_string(i)).append(" = 1\n");
  }
  auto const faults = read_project(many, "x", options).error();
  ASSERT_EQ(faults.size(), 4U);
  EXPECT_NE(faults[3].what.find("47 more"), std::string::npos) << faults[3].what;
}

TEST(Limits, KeepHostileFilesCheap) {
  std::string deep = kLeast + "[terrain]\ncell = " + std::string(2'000'000, '[');
  EXPECT_EQ(read(deep).error()[0].code, "TW0002");
  std::string dotted = kLeast;
  for (int i = 0; i < 500'000; ++i) {
    dotted += "a.";
  }
  EXPECT_EQ(read(dotted + "a = 1\n").error()[0].code, "TW0002");
  EXPECT_FALSE(read(kLeast + std::string(1000, 'x') + " = 1\n").has_value());
  EXPECT_FALSE(read(std::string("\xff\xfe\x00x", 4)).has_value());
  EXPECT_FALSE(read("").has_value());
}

TEST(Limits, LetBracketsStandInTextsAndRemarks) {
  auto const text = kLeast + "[terrain]\nnote = \"" + std::string(100, '[') + "\" # " +
                    std::string(100, '{') + "\n";
  EXPECT_TRUE(read(text).has_value());
}

}  // namespace
}  // namespace tidewater::io
