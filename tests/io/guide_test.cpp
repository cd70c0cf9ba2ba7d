// The committed pages are what the declarations say now.

#include <cstdlib>
#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "tidewater/io/files.hpp"
#include "tidewater/io/json.hpp"
#include "tidewater/io/project_file.hpp"
#include "tidewater/project/catalogue.hpp"
#include "tidewater/project/describe.hpp"

#include "read_file.hpp"

namespace tidewater::io {
namespace {

/// With TIDEWATER_WRITE_GUIDES set the pages are written instead of compared.
void expect_fresh(std::string const& name, std::string const& text) {
  auto const path = repository() / "docs/guide" / name;
  if (std::getenv("TIDEWATER_WRITE_GUIDES") != nullptr) {
    write_file_atomically(path.string(), text);
  }
  EXPECT_TRUE(bytes_of(path) == text)
      << name << " is not what the declarations say; write it with\n"
      << "  TIDEWATER_WRITE_GUIDES=1 io_test --gtest_filter='Guide*'";
}

TEST(Guide, IsFresh) {
  expect_fresh("project-file.md", project_file_guide());
}

TEST(Guide, OfEditorsIsFresh) {
  expect_fresh("project.schema.json", project_json_schema());
}

TEST(Guide, NamesEveryNumberOfAProject) {
  auto const text = bytes_of(repository() / "examples/pasni/pasni.toml");
  if (text.empty()) {
    GTEST_SKIP() << "SKIPPED: the example is not there";
  }
  auto file = read_project(text, "pasni.toml");
  ASSERT_TRUE(file.has_value());
  auto const guide = project_file_guide();
  std::set<std::string> fields;
  for (auto const& n : project::numbers(file->project)) {
    fields.insert(std::string{n.spec.name});
  }
  for (auto const& field : fields) {
    EXPECT_NE(guide.find("| `" + field + "` |"), std::string::npos) << field;
  }
}

TEST(Guide, NamesEveryEntryOfTheCatalogue) {
  auto const guide = project_file_guide();
  auto const names = project::catalogue_names();
  for (auto const* list : {&names.locomotives, &names.wagons, &names.vessels}) {
    for (auto const& name : *list) {
      EXPECT_NE(guide.find(name), std::string::npos) << name;
    }
  }
}

/// The codes of the faults a text names; "TW0401 to TW0409" names all between.
std::set<int> fault_codes(std::string const& text) {
  std::set<int> codes;
  std::regex const form{"TW(\\d{4})(?: to TW(\\d{4}))?"};
  for (std::sregex_iterator hit{text.begin(), text.end(), form}, end; hit != end; ++hit) {
    int const first = std::stoi((*hit)[1]);
    int const last = (*hit)[2].matched ? std::stoi((*hit)[2]) : first;
    for (int code = first; code <= last; ++code) {
      codes.insert(code);
    }
  }
  return codes;
}

TEST(Guide, ListsEveryCodeOfTheProgramAndNoOther) {
  std::set<int> used;
  for (auto const& entry : std::filesystem::recursive_directory_iterator{repository() / "src"}) {
    if (entry.path().extension() == ".cpp" && entry.path().filename() != "guide_words.cpp") {
      used.merge(fault_codes(bytes_of(entry.path())));
    }
  }
  EXPECT_EQ(fault_codes(project_file_guide()), used);
}

TEST(Guide, OfEditorsAllowsTheKeysTheReaderAllows) {
  auto const schema = Json::parse(project_json_schema());
  auto const& site = schema["properties"]["site"]["items"];
  EXPECT_EQ(site["required"], Json::parse(R"(["id", "kind", "at"])"));
  EXPECT_TRUE(
      site["properties"]["port"]["properties"]["berth"]["items"]["properties"].contains("depth"));
  EXPECT_FALSE(site["additionalProperties"].get<bool>());
}

TEST(Guide, OfNumbersInTheExamplesOfItsTextIsTrue) {
  // The fenced TOML of the introduction that is a whole project must be read.
  auto const guide = project_file_guide();
  auto const from = guide.find("```toml\n") + 8;
  auto const text = guide.substr(from, guide.find("```", from) - from);
  auto const read = read_project(text, "guide");
  EXPECT_TRUE(read.has_value()) << render(read.error(), text, {"guide"});
}

}  // namespace
}  // namespace tidewater::io
