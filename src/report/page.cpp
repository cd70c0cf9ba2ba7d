#include "tidewater/report/page.hpp"

#include <algorithm>
#include <string_view>

#include "tidewater/base/contract.hpp"

#include "page_bytes.hpp"

namespace tidewater::report {

namespace {

constexpr std::string_view kPlace = "<!--TIDEWATER-RESULTS-->";
// UTF-8 of the line and paragraph separators, which older script readers take for line ends.
constexpr std::string_view kLineSeparator = "\xE2\x80\xA8";
constexpr std::string_view kParagraphSeparator = "\xE2\x80\xA9";

/// JSON that can stand inside a script element: the characters replaced occur in strings only.
std::string escaped(std::string const& json) {
  std::string out;
  out.reserve(json.size() + json.size() / 50);
  for (std::size_t k = 0; k < json.size(); ++k) {
    std::string_view const ahead{json.data() + k, std::min<std::size_t>(3, json.size() - k)};
    if (json[k] == '<') {
      out += "\\u003c";
    } else if (ahead == kLineSeparator || ahead == kParagraphSeparator) {
      out += ahead == kLineSeparator ? "\\u2028" : "\\u2029";
      k += 2;
    } else {
      out += json[k];
    }
  }
  return out;
}

}  // namespace

std::string const& empty_page() {
  static std::string const page = [] {
    std::string all;
    for (auto const piece : page_bytes()) {
      all += piece;
    }
    return all;
  }();
  return page;
}

std::string report_html(io::Json const& results) {
  auto const& page = empty_page();
  auto const at = page.find(kPlace);
  TW_EXPECTS(at != std::string::npos && page.find(kPlace, at + 1) == std::string::npos,
             "the page has one place for the results");
  // Nobody reads it here: results.json is the one with line breaks.
  auto const json = results.dump(-1, ' ', false, io::Json::error_handler_t::replace);
  return page.substr(0, at) + escaped(json) + page.substr(at + kPlace.size());
}

}  // namespace tidewater::report
