#include "set_values.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "tidewater/project/describe.hpp"

#include "specimen.hpp"

namespace tidewater::io {

namespace {

/// Which field names the items of each list: "/site" -> "id", "/product/*/content" -> "metal".
class ListKeys final : public SpecimenVisitor {
 public:
  ListKeys() {
    project::Project specimen;
    project::describe(*this, specimen);
  }
  std::size_t open_list(project::FieldSpec const& spec, std::size_t count) override {
    keys_[path() + "/" + std::string{spec.name}] = std::string{spec.key};
    return SpecimenVisitor::open_list(spec, count);
  }
  /// The key, "" when its items have none, nothing when there is no list at `path`.
  [[nodiscard]] std::optional<std::string> key(std::string const& path) const {
    auto const hit = keys_.find(path);
    return hit == keys_.end() ? std::nullopt : std::optional{hit->second};
  }

 private:
  std::map<std::string, std::string> keys_;
};

void mark(Node& node, std::string const& set_by) {
  node.set_by = set_by;
  node.place = {};
  for (auto& item : node.items) {
    mark(item, set_by);
  }
  for (auto& entry : node.entries) {
    entry.place = {};
    mark(entry.value, set_by);
  }
}

class Setter {
 public:
  Setter(Node& root, std::string const& path) : root_{root}, where_{"--set " + path} {}

  Diagnostics set(std::vector<std::string> const& parts, Node value, ListKeys const& keys) {
    mark(value, where_);
    Node* at = &root_;
    std::string walked;
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      at = at->kind == Node::Kind::kArray ? item(*at, parts[i], keys.key(walked).value_or(""))
                                          : inner(*at, parts[i], keys.key(walked + "/" + parts[i]));
      if (at == nullptr) {
        return std::move(faults_);
      }
      walked += in_item_ ? "/*" : "/" + parts[i];
    }
    if (at->kind != Node::Kind::kTable) {
      refuse(fmt::format("'{}' has no part '{}'", walked, shortened(parts.back())),
             "name a field of a table, e.g. site.pasni.port.channel_depth");
      return std::move(faults_);
    }
    if (auto* const old = at->find(parts.back())) {
      *old = std::move(value);
    } else {
      at->entries.push_back({parts.back(), {}, std::move(value)});
    }
    return {};
  }

 private:
  void refuse(std::string what, std::string remedy) {
    faults_.push_back({Severity::kError, where_, std::move(what), std::move(remedy), "TW0004", {}});
  }

  /// A table or list within a table; a table that is not there is made.
  Node* inner(Node& table, std::string const& name, std::optional<std::string> const& list_key) {
    in_item_ = false;
    if (table.kind != Node::Kind::kTable) {
      refuse(fmt::format("there is nothing within the value before '{}'", shortened(name)),
             "name a field of a table");
      return nullptr;
    }
    if (auto* const found = table.find(name)) {
      return found;
    }
    if (list_key) {
      refuse(fmt::format("the file has no [[{}]] to set anything in", shortened(name)),
             "write it into the file first");
      return nullptr;
    }
    Node made;
    made.set_by = where_;
    table.entries.push_back({name, {}, std::move(made)});
    return &table.entries.back().value;
  }

  /// An item of a list, by name or by index from 0.
  Node* item(Node& list, std::string const& name, std::string const& key) {
    in_item_ = true;
    std::vector<std::string> known;
    for (auto& one : list.items) {
      auto const* const id = key.empty() ? nullptr : one.find(key);
      if (id != nullptr && id->text == name) {
        return &one;
      }
      known.push_back(id == nullptr ? "" : id->text);
    }
    std::size_t index = 0;
    auto const [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
    if (error == std::errc{} && end == name.data() + name.size() && index < list.items.size()) {
      return &list.items[index];
    }
    auto const near = project::nearest(name, known);
    refuse(
        fmt::format("there is no '{}' among {} entries", shortened(name), list.items.size()),
        near.empty() ? "name an entry, or count from 0" : fmt::format("did you mean '{}'?", near));
    return nullptr;
  }

  Node& root_;
  std::string where_;
  bool in_item_ = false;
  Diagnostics faults_;
};

std::string relief_of(Node const& root) {
  Node const* const terrain = root.find("terrain");
  Node const* const relief = terrain == nullptr ? nullptr : terrain->find("elevation");
  return relief == nullptr ? "" : relief->text;
}

/// What the file notes on its relief is not said of another.
void drop_note_of_the_old_relief(Node& root) {
  if (Node* const terrain = root.find("terrain")) {
    std::erase_if(terrain->entries, [](Entry const& entry) {
      return entry.key == "note" && entry.value.set_by.empty();
    });
  }
}

}  // namespace

std::vector<std::string> path_parts(std::string_view path) {
  char const between = path.find('/') == std::string_view::npos ? '.' : '/';
  std::vector<std::string> parts;
  std::size_t from = 0;
  while (from <= path.size()) {
    auto const to = std::min(path.find(between, from), path.size());
    if (to > from) {
      parts.emplace_back(path.substr(from, to - from));
    }
    from = to + 1;
  }
  return parts;
}

Diagnostics apply_sets(Node& root,
                       std::vector<std::pair<std::string, std::string>> const& sets,
                       ReadLimits const& limits) {
  Diagnostics faults;
  if (sets.empty()) {
    return faults;
  }
  ListKeys const keys;
  std::string const old_relief = relief_of(root);
  for (auto const& [path, text] : sets) {
    auto const parts = path_parts(path);
    if (parts.empty() || parts.size() > static_cast<std::size_t>(limits.nesting)) {
      faults.push_back({Severity::kError,
                        "--set " + shortened(path),
                        "this names no field",
                        "write --set path=value, e.g. --set project.seed=7",
                        "TW0004",
                        {}});
      continue;
    }
    auto wrong = Setter{root, path}.set(parts, parse_value(text, limits), keys);
    faults.insert(faults.end(), wrong.begin(), wrong.end());
  }
  if (relief_of(root) != old_relief) {
    drop_note_of_the_old_relief(root);
  }
  return faults;
}

}  // namespace tidewater::io
