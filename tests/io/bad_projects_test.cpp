// Every file of tests/cases/bad_projects is answered by exactly the faults its first lines state.

#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>

#include "tidewater/io/project_file.hpp"

#include "read_file.hpp"

namespace tidewater::io {
namespace {

struct Expected {
  std::string code;
  int line = 0;
  std::string words;
};

/// Lines of the form   # expect: TW0130 at 17 "words"   (std::regex warns under sanitizers).
std::vector<Expected> expectations(std::string const& text) {
  std::vector<Expected> out;
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line) && line.starts_with("# expect: ");) {
    std::istringstream words{line.substr(10)};
    Expected one;
    std::string at;
    words >> one.code >> at >> one.line;
    auto const quote = line.find('"');
    EXPECT_TRUE(words && at == "at" && quote != std::string::npos && line.back() == '"') << line;
    one.words = line.substr(quote + 1, line.size() - quote - 2);
    out.push_back(one);
  }
  return out;
}

std::vector<std::string> names(std::string const& folder) {
  std::vector<std::string> out;
  for (auto const& entry :
       std::filesystem::directory_iterator{repository() / "tests/cases" / folder}) {
    if (entry.path().extension() == ".toml") {
      out.push_back(entry.path().stem().string());
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

class BadProject : public testing::TestWithParam<std::string> {};

TEST_P(BadProject, IsAnsweredByItsFaultsAndNoOthers) {
  auto const file = GetParam() + ".toml";
  auto const text = bytes_of(repository() / "tests/cases/bad_projects" / file);
  auto const expected = expectations(text);
  ASSERT_FALSE(expected.empty()) << "the case states no expectation";
  auto const read = read_project(text, file);
  ASSERT_FALSE(read.has_value()) << "the faulty file was accepted";
  auto const shown = render(read.error(), text, {file});
  ASSERT_EQ(read.error().size(), expected.size()) << shown;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    auto const& fault = read.error()[i];
    EXPECT_EQ(fault.code, expected[i].code) << shown;
    EXPECT_EQ(fault.place.line, expected[i].line) << shown;
    EXPECT_NE(fault.what.find(expected[i].words), std::string::npos)
        << "wanted: " << expected[i].words << "\n"
        << shown;
    EXPECT_FALSE(fault.remedy.empty()) << "a fault without a remedy: " << shown;
  }
}

INSTANTIATE_TEST_SUITE_P(Corpus,
                         BadProject,
                         testing::ValuesIn(names("bad_projects")),
                         [](auto const& one) { return one.param; });

TEST(BadProjects, AreAtLeastFortyKinds) {
  EXPECT_GE(names("bad_projects").size(), 40U);
}

class GoodProject : public testing::TestWithParam<std::string> {};

TEST_P(GoodProject, IsReadWithoutAFault) {
  auto const file = GetParam() + ".toml";
  auto const text = bytes_of(repository() / "tests/cases/good_projects" / file);
  auto const read = read_project(text, file);
  ASSERT_TRUE(read.has_value()) << render(read.error(), text, {file});
}

INSTANTIATE_TEST_SUITE_P(Corpus,
                         GoodProject,
                         testing::ValuesIn(names("good_projects")),
                         [](auto const& one) { return one.param; });

}  // namespace
}  // namespace tidewater::io
