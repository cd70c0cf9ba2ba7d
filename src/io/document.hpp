#pragma once
/// A TOML document as plain values with their places: what the reader walks. The TOML library
/// itself is seen by document.cpp only.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tidewater/base/result.hpp"
#include "tidewater/io/project_file.hpp"

namespace tidewater::io {

struct Entry;

struct Node {
  enum class Kind { kText, kWhole, kReal, kFlag, kArray, kTable, kDate };
  Kind kind = Kind::kTable;
  std::string text{};  ///< of kText
  std::int64_t whole = 0;
  double real = 0;
  bool flag = false;
  std::vector<Node> items;     ///< of kArray
  std::vector<Entry> entries;  ///< of kTable, in the order of the file
  TextPlace place{};
  std::string set_by{};  ///< "--set a.b=c" when the command line put it here

  [[nodiscard]] Node const* find(std::string_view key) const;
  [[nodiscard]] Node* find(std::string_view key);
  [[nodiscard]] bool is_number() const { return kind == Kind::kWhole || kind == Kind::kReal; }
  [[nodiscard]] double number() const {
    return kind == Kind::kWhole ? static_cast<double>(whole) : real;
  }
};

struct Entry {
  std::string key;
  TextPlace place{};
  Node value;
};

/// "a text", "a whole number", "a list" ...
[[nodiscard]] std::string_view kind_words(Node::Kind kind);

/// At most `most` bytes of a text for a message, cut between characters.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t most = 60);

/// Parses TOML. Faults carry places:
///   TW0001 too large, TW0002 nested too deep, TW0003 not TOML (several, where the rest of the file
///   can still be read)
[[nodiscard]] Result<Node> parse_document(std::string_view text,
                                          std::string_view file_name,
                                          ReadLimits const& limits);

/// A value as `--set` writes it: TOML, or the text itself when it is no TOML value.
[[nodiscard]] Node parse_value(std::string const& text, ReadLimits const& limits);

}  // namespace tidewater::io
