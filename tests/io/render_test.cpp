#include <gtest/gtest.h>

#include "tidewater/io/project_file.hpp"

namespace tidewater::io {
namespace {

Diagnostics one_at(int line, int column) {
  return {{Severity::kError, "/terrain/cell", "too fine", "coarsen it", "TW0130", {line, column}}};
}

TEST(Render, ShowsTheLineACaretAndTheRemedyAsCompilersDo) {
  std::string const text = "[terrain]\ncell = \"5 m\" # fine\n";
  EXPECT_EQ(render(one_at(2, 8), text, {"pasni.toml"}),
            "error[TW0130]: too fine\n"
            " --> pasni.toml:2:8\n"
            "  |\n"
            "2 | cell = \"5 m\" # fine\n"
            "  |        ^^^^^\n"
            "  = in: /terrain/cell\n"
            "  = help: coarsen it\n"
            "\n"
            "1 error in pasni.toml\n");
}

TEST(Render, CountsCharactersNotBytes) {
  auto const shown = render(one_at(1, 12), "name = \"é‰\", x = 5\n", {"f"});
  EXPECT_NE(shown.find("1 | name = \"é‰\", x = 5\n  |            ^"), std::string::npos) << shown;
}

TEST(Render, NeverSendsControlCharactersToTheTerminal) {
  Diagnostics const faults{{Severity::kWarning, "/a\x1b[2J", "b\x07", "c\x9b", "", {1, 1}}};
  auto const shown = render(faults, "x = \"\x1b[31m\xff\"\n", {"f\x1b"});
  for (char const c : shown) {
    EXPECT_TRUE(c == '\n' || (c >= ' ' && c != '\x7f')) << static_cast<int>(c);
  }
}

TEST(Render, ShowsAWindowOfALongLine) {
  std::string const text = "x = [" + std::string(5000, '1') + " ! " + std::string(5000, '2') + "]";
  auto const shown = render(one_at(1, 5007), text, {"f"});
  EXPECT_LT(shown.size(), 500U);
  auto const line = shown.find("...1");
  ASSERT_NE(line, std::string::npos) << shown;
  auto const mark = shown.find('!');
  auto const line_start = shown.rfind('\n', mark) + 1;
  auto const caret = shown.find('^');
  auto const caret_start = shown.rfind('\n', caret) + 1;
  EXPECT_EQ(mark - line_start, caret - caret_start) << shown;
}

TEST(Render, HoldsPlacesBeyondTheTextAndWithoutALine) {
  EXPECT_NE(render(one_at(99, 1), "a\n", {"f"}).find("f:99:1"), std::string::npos);
  Diagnostics const set{{Severity::kError, "--set a.b", "no", "yes", "TW0004", {}}};
  EXPECT_NE(render(set, "a\n", {"f"}).find("= at: --set a.b"), std::string::npos);
}

TEST(Render, ColoursOnlyWhenAsked) {
  EXPECT_EQ(render(one_at(1, 1), "a", {"f"}).find('\x1b'), std::string::npos);
  EXPECT_NE(render(one_at(1, 1), "a", {"f", Colour::kAlways}).find("\x1b[1;31m"),
            std::string::npos);
}

}  // namespace
}  // namespace tidewater::io
