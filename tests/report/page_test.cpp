// The page with results in it, as a browser would take it apart.

#include "tidewater/report/page.hpp"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace tidewater::report {
namespace {

std::string_view const kOpen = "<script type=\"application/json\" id=\"tidewater-results\">";

/// What stands in the results element: up to the first thing that ends a script element.
std::string inside(std::string const& html) {
  auto const from = html.find(kOpen);
  EXPECT_NE(from, std::string::npos);
  auto const begin = from + kOpen.size();
  auto const end = html.find("</", begin);
  return html.substr(begin, end - begin);
}

TEST(Page, IsTheOneInTheRepositoryByteForByte) {
  std::ifstream file{TIDEWATER_ROOT "/web/dist/report.html", std::ios::binary};
  std::stringstream all;
  all << file.rdbuf();
  EXPECT_EQ(empty_page().size(), all.str().size());
  EXPECT_TRUE(empty_page() == all.str());
}

TEST(Page, CarriesTextThatTriesToEndItsElement) {
  io::Json results;
  results["name"] = "</script><script>alert('\"x\"')</script> & <!-- \\ \n";
  results["separators"] =
      "a\xE2\x80\xA8"
      "b\xE2\x80\xA9"
      "c\xE2\x80\x94";
  auto const text = inside(report_html(results));
  EXPECT_EQ(text.find('<'), std::string::npos);
  EXPECT_EQ(text.find("\xE2\x80\xA8"), std::string::npos);
  EXPECT_NE(text.find("\xE2\x80\x94"), std::string::npos);  // a dash is left alone
  EXPECT_EQ(io::Json::parse(text), results);
}

TEST(Page, RepairsTextThatIsNotUtf8) {
  io::Json results;
  results["name"] = "caf\xE9";
  EXPECT_EQ(io::Json::parse(inside(report_html(results)))["name"], "caf\xEF\xBF\xBD");
}

TEST(Page, HasNoPlaceholderLeftAndEndsAsThePageDoes) {
  auto const html = report_html(io::Json::object());
  EXPECT_EQ(html.find("TIDEWATER-RESULTS"), std::string::npos);
  EXPECT_NE(html.find("</html>"), std::string::npos);
}

}  // namespace
}  // namespace tidewater::report
