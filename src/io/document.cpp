#include "document.hpp"

#include <algorithm>

#include <fmt/format.h>

// The one place that sees the TOML library (its headers cost seconds).
#include <toml++/toml.h>

namespace tidewater::io {

namespace {

constexpr int kSyntaxFaults = 20;  // reported at most; each costs a pass over the file

TextPlace place_of(toml::source_region const& source) {
  return {static_cast<int>(source.begin.line), static_cast<int>(source.begin.column)};
}

Node convert(toml::node const& from);

Node convert_table(toml::table const& from) {
  Node out;
  out.kind = Node::Kind::kTable;
  for (auto const& [key, value] : from) {
    out.entries.push_back({std::string{key.str()}, place_of(key.source()), convert(value)});
  }
  // The library sorts by key; people read from top to bottom.
  std::stable_sort(out.entries.begin(), out.entries.end(), [](Entry const& a, Entry const& b) {
    return a.place.line != b.place.line ? a.place.line < b.place.line
                                        : a.place.column < b.place.column;
  });
  return out;
}

Node convert(toml::node const& from) {
  Node out;
  if (auto const* table = from.as_table()) {
    out = convert_table(*table);
  } else if (auto const* array = from.as_array()) {
    out.kind = Node::Kind::kArray;
    for (auto const& item : *array) {
      out.items.push_back(convert(item));
    }
  } else if (auto const* text = from.as_string()) {
    out.kind = Node::Kind::kText;
    out.text = text->get();
  } else if (auto const* whole = from.as_integer()) {
    out.kind = Node::Kind::kWhole;
    out.whole = whole->get();
  } else if (auto const* real = from.as_floating_point()) {
    out.kind = Node::Kind::kReal;
    out.real = real->get();
  } else if (auto const* flag = from.as_boolean()) {
    out.kind = Node::Kind::kFlag;
    out.flag = flag->get();
  } else {
    out.kind = Node::Kind::kDate;
  }
  out.place = place_of(from.source());
  return out;
}

/// Counts brackets and key parts outside strings and comments before the library sees the text: its
/// own limit (256 brackets) leaves dotted keys unbounded, and its values are freed recursively.
class DepthScan {
 public:
  DepthScan(std::string_view text, int limit) : text_{text}, limit_{limit} {}

  /// The place where nesting first passes the limit, or line 0.
  TextPlace too_deep() {
    while (at_ < text_.size()) {
      step();
      if (depth_ > limit_ || dots_ > limit_) {
        return {line_, column_};
      }
    }
    return {};
  }

 private:
  void step() {
    char const c = text_[at_];
    if (c == '"' || c == '\'') {
      skip_string(c);
      return;
    }
    if (c == '#') {
      while (at_ < text_.size() && text_[at_] != '\n') {
        advance();
      }
      return;
    }
    if (c == '[' || c == '{') {
      ++depth_;
      dots_ = 0;
    } else if (c == ']' || c == '}') {
      depth_ = std::max(0, depth_ - 1);
      dots_ = 0;
    } else if (c == '.') {
      ++dots_;
    } else if (c == '=' || c == ',' || c == '\n') {
      dots_ = 0;
    }
    advance();
  }

  void skip_string(char quote) {
    std::string const three(3, quote);
    bool const is_long = text_.substr(at_).starts_with(three);
    advance(is_long ? 3 : 1);
    while (at_ < text_.size()) {
      if (is_long ? text_.substr(at_).starts_with(three) : text_[at_] == quote) {
        advance(is_long ? 3 : 1);
        return;
      }
      if (!is_long && text_[at_] == '\n') {
        return;  // the library will say that the string does not end
      }
      advance(quote == '"' && text_[at_] == '\\' ? 2 : 1);
    }
  }

  void advance(std::size_t count = 1) {
    for (; count > 0 && at_ < text_.size(); --count, ++at_) {
      column_ = text_[at_] == '\n' ? 1 : column_ + 1;
      line_ += text_[at_] == '\n' ? 1 : 0;
    }
  }

  std::string_view text_;
  int limit_;
  std::size_t at_ = 0;
  int depth_ = 0;
  int dots_ = 0;
  int line_ = 1;
  int column_ = 1;
};

/// Bounds of a line (counted from 1), without its newline.
std::pair<std::size_t, std::size_t> line_bounds(std::string_view text, int line) {
  std::size_t from = 0;
  for (int i = 1; i < line; ++i) {
    auto const end = text.find('\n', from);
    if (end == std::string_view::npos) {
      return {text.size(), text.size()};
    }
    from = end + 1;
  }
  auto const to = text.find('\n', from);
  return {from, to == std::string_view::npos ? text.size() : to};
}

/// Whether a line is `key = value` alone, so that the file reads on without it.
bool stands_alone(std::string_view line) {
  auto const first = line.find_first_not_of(" \t");
  return first != std::string_view::npos && line[first] != '[' && line[first] != '#' &&
         line.find('=') != std::string_view::npos &&
         line.find("\"\"\"") == std::string_view::npos &&
         line.find("'''") == std::string_view::npos &&
         std::count(line.begin(), line.end(), '{') == std::count(line.begin(), line.end(), '}') &&
         std::count(line.begin(), line.end(), '[') == std::count(line.begin(), line.end(), ']');
}

/// The library's words without its advertisement of its own name or limits.
std::string syntax_words(std::string_view description) {
  constexpr std::string_view kPrefix = "Error while parsing ";
  if (description.starts_with(kPrefix)) {
    description.remove_prefix(kPrefix.size());
    return "this is not TOML: in a " + std::string{description};
  }
  return "this is not TOML: " + std::string{description};
}

/// Every syntax fault that can be told apart: a faulty `key = value` line is blanked and the rest
/// read again.
Result<toml::table> parse_toml(std::string_view text, std::string_view file_name) {
  Diagnostics faults;
  std::string rest{text};
  while (true) {
    try {
      auto table = toml::parse(std::string_view{rest});
      if (faults.empty()) {
        return table;
      }
      return reject(std::move(faults));
    } catch (toml::parse_error const& error) {
      auto const place = place_of(error.source());
      bool const again = std::any_of(faults.begin(), faults.end(), [&](Diagnostic const& d) {
        return d.place.line >= place.line;
      });
      if (again) {
        return reject(std::move(faults));
      }
      faults.push_back({Severity::kError,
                        std::string{file_name},
                        syntax_words(error.description()),
                        "texts stand in \"quotes\", lists in [brackets], one key = value a line",
                        "TW0003",
                        place});
      auto const [from, to] = line_bounds(rest, place.line);
      if (static_cast<int>(faults.size()) >= kSyntaxFaults ||
          !stands_alone(std::string_view{rest}.substr(from, to - from))) {
        return reject(std::move(faults));
      }
      std::fill(rest.begin() + static_cast<std::ptrdiff_t>(from),
                rest.begin() + static_cast<std::ptrdiff_t>(to),
                ' ');
    }
  }
}

}  // namespace

Node const* Node::find(std::string_view key) const {
  auto const hit =
      std::find_if(entries.begin(), entries.end(), [&](Entry const& e) { return e.key == key; });
  return hit == entries.end() ? nullptr : &hit->value;
}

Node* Node::find(std::string_view key) {
  return const_cast<Node*>(std::as_const(*this).find(key));
}

std::string_view kind_words(Node::Kind kind) {
  switch (kind) {
    case Node::Kind::kText:
      return "a text";
    case Node::Kind::kWhole:
      return "a whole number";
    case Node::Kind::kReal:
      return "a number";
    case Node::Kind::kFlag:
      return "true or false";
    case Node::Kind::kArray:
      return "a list";
    case Node::Kind::kTable:
      return "a table";
    case Node::Kind::kDate:
      return "a date or time";
  }
  return "something else";
}

std::string shortened(std::string_view text, std::size_t most) {
  if (text.size() <= most) {
    return std::string{text};
  }
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) {
    --most;  // not within a character
  }
  return std::string{text.substr(0, most)} + "...";
}

Result<Node> parse_document(std::string_view text,
                            std::string_view file_name,
                            ReadLimits const& limits) {
  auto const whole_file =
      [&](std::string what, std::string remedy, std::string code, TextPlace at) {
        return reject(Diagnostics{{Severity::kError,
                                   std::string{file_name},
                                   std::move(what),
                                   std::move(remedy),
                                   std::move(code),
                                   at}});
      };
  if (text.size() > limits.bytes) {
    return whole_file(
        fmt::format("the file has {} bytes; at most {} are read", text.size(), limits.bytes),
        "move long lines of points into fewer, or split the project",
        "TW0001",
        {});
  }
  if (auto const deep = DepthScan{text, limits.nesting}.too_deep(); deep.line != 0) {
    return whole_file(
        fmt::format("more than {} brackets or key parts within each other", limits.nesting),
        "no project needs more than eight; is a bracket missing before this?",
        "TW0002",
        deep);
  }
  auto table = parse_toml(text, file_name);
  if (!table) {
    return reject(std::move(table.error()));
  }
  Node root = convert_table(*table);
  root.place = {1, 1};
  return root;
}

Node parse_value(std::string const& text, ReadLimits const& limits) {
  Node as_text;
  as_text.kind = Node::Kind::kText;
  as_text.text = text;
  if (text.find('\n') != std::string::npos || text.find('#') != std::string::npos) {
    return as_text;  // not one value: it could bring keys of its own
  }
  auto const document = parse_document("x = " + text, "--set", limits);
  if (!document || document->entries.size() != 1 || document->entries.front().key != "x") {
    return as_text;
  }
  return document->entries.front().value;
}

}  // namespace tidewater::io
