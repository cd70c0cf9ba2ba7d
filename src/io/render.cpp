// Diagnostics as compilers print them.

#include <algorithm>

#include <fmt/format.h>

#include "tidewater/io/project_file.hpp"

namespace tidewater::io {

namespace {

constexpr std::size_t kWindow = 110;  // characters of a long line shown around the caret

/// Decodes UTF-8 one character at a time; what cannot be printed or decoded is '?'. A terminal
/// never sees a control character of the file.
std::vector<std::string> characters(std::string_view text) {
  std::vector<std::string> out;
  std::size_t at = 0;
  while (at < text.size()) {
    auto const lead = static_cast<unsigned char>(text[at]);
    std::size_t const length = lead < 0x80U              ? 1
                               : (lead & 0xE0U) == 0xC0U ? 2
                               : (lead & 0xF0U) == 0xE0U ? 3
                               : (lead & 0xF8U) == 0xF0U ? 4
                                                         : 0;
    bool whole = length > 0 && at + length <= text.size();
    for (std::size_t i = 1; whole && i < length; ++i) {
      whole = (static_cast<unsigned char>(text[at + i]) & 0xC0U) == 0x80U;
    }
    auto const one = text.substr(at, whole ? length : 1);
    bool const c1_control =
        whole && length == 2 && lead == 0xC2U && static_cast<unsigned char>(one[1]) < 0xA0U;
    bool const control = lead < 0x20U || lead == 0x7FU || c1_control;
    out.emplace_back(one == "\t" ? " " : !whole || control ? "?" : std::string{one});
    at += whole ? length : 1;
  }
  return out;
}

std::string joined(std::vector<std::string> const& parts) {
  std::string out;
  for (auto const& part : parts) {
    out += part;
  }
  return out;
}

std::string printable(std::string_view text) {
  return joined(characters(text));
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    auto const end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// Characters of the value or key that starts at `from`: to its closing quote, or to the next
/// blank, comma or bracket.
std::size_t extent(std::vector<std::string> const& line, std::size_t from) {
  if (from >= line.size()) {
    return 1;
  }
  bool const quoted = line[from] == "\"" || line[from] == "'";
  std::size_t to = from + 1;
  while (to < line.size()) {
    bool const ends = quoted ? line[to] == line[from]
                             : std::string_view{" ,]}=#"}.find(line[to]) != std::string_view::npos;
    if (ends) {
      return to - from + (quoted ? 1 : 0);
    }
    ++to;
  }
  return to - from;
}

class Renderer {
 public:
  Renderer(std::string_view text, RenderOptions const& options)
      : lines_{lines_of(text)}, options_{options} {}

  [[nodiscard]] std::string one(Diagnostic const& d) const {
    auto const [word, colour] = heading(d.severity);
    auto const code = d.code.empty() ? "" : fmt::format("[{}]", d.code);
    auto out = fmt::format("{}: {}\n", paint(word + code, colour), printable(d.what));
    bool const placed = d.place.line > 0;
    if (placed) {
      out += fmt::format(
          " --> {}:{}:{}\n", printable(options_.file_name), d.place.line, d.place.column);
      out += excerpt(d.place, colour);
    }
    if (!d.where.empty() && d.where != options_.file_name) {
      out += fmt::format("  = {}: {}\n", placed ? "in" : "at", printable(d.where));
    } else if (!placed && !d.where.empty()) {
      out += fmt::format(" --> {}\n", printable(d.where));
    }
    if (!d.remedy.empty()) {
      out += fmt::format("  = {}: {}\n", paint("help", kCyan), printable(d.remedy));
    }
    return out;
  }

 private:
  static constexpr std::string_view kRed = "1;31";
  static constexpr std::string_view kYellow = "1;33";
  static constexpr std::string_view kCyan = "36";

  static std::pair<std::string, std::string_view> heading(Severity severity) {
    switch (severity) {
      case Severity::kError:
        return {"error", kRed};
      case Severity::kWarning:
        return {"warning", kYellow};
      case Severity::kNote:
        break;
    }
    return {"note", kCyan};
  }

  [[nodiscard]] std::string paint(std::string_view text, std::string_view colour) const {
    return options_.colour == Colour::kAlways ? fmt::format("\x1b[{}m{}\x1b[0m", colour, text)
                                              : std::string{text};
  }

  [[nodiscard]] std::string excerpt(TextPlace place, std::string_view colour) const {
    auto const index = static_cast<std::size_t>(place.line) - 1;
    if (index >= lines_.size()) {
      return {};
    }
    auto line = characters(lines_[index]);
    auto column = static_cast<std::size_t>(std::max(place.column, 1)) - 1;
    column = std::min(column, line.size());
    std::string before;
    std::string after;
    if (line.size() > kWindow) {
      auto const from = column > kWindow / 2 ? column - kWindow / 2 : 0;
      auto const full = line.size();
      auto const to = std::min(from + kWindow, full);
      line = {line.begin() + static_cast<std::ptrdiff_t>(from),
              line.begin() + static_cast<std::ptrdiff_t>(to)};
      column -= from;
      before = from > 0 ? "..." : "";
      after = to < full ? "..." : "";
    }
    auto const number = std::to_string(place.line);
    std::string const gutter(number.size(), ' ');
    std::string const indent(column + before.size(), ' ');
    auto const carets = std::string(std::max<std::size_t>(extent(line, column), 1), '^');
    return fmt::format("{} |\n{} | {}{}{}\n{} | {}{}\n",
                       gutter,
                       number,
                       before,
                       joined(line),
                       after,
                       gutter,
                       indent,
                       paint(carets, colour));
  }

  std::vector<std::string_view> lines_;
  RenderOptions const& options_;
};

std::string counted(std::size_t count, std::string_view word) {
  return fmt::format("{} {}{}", count, word, count == 1 ? "" : "s");
}

}  // namespace

std::string render(Diagnostics const& diagnostics,
                   std::string_view text,
                   RenderOptions const& options) {
  Renderer const renderer{text, options};
  std::string out;
  std::size_t errors = 0;
  std::size_t warnings = 0;
  for (auto const& d : diagnostics) {
    out += renderer.one(d) + "\n";
    errors += d.severity == Severity::kError ? 1 : 0;
    warnings += d.severity == Severity::kWarning ? 1 : 0;
  }
  if (errors + warnings > 0) {
    out += fmt::format("{}{}{} in {}\n",
                       errors > 0 ? counted(errors, "error") : "",
                       errors > 0 && warnings > 0 ? ", " : "",
                       warnings > 0 ? counted(warnings, "warning") : "",
                       printable(options.file_name));
  }
  return out;
}

}  // namespace tidewater::io
