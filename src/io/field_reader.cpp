#include "field_reader.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace tidewater::io {

namespace {

using project::FieldSpec;

bool is_required(FieldSpec const& spec) {
  return spec.need == FieldSpec::Need::kRequired;
}

Diagnostic words(std::string code, std::string what, std::string remedy) {
  return {Severity::kError, "", std::move(what), std::move(remedy), std::move(code), {}};
}

}  // namespace

FieldReader::FieldReader(Node const& root, ReadLimits const& limits) : limits_{limits} {
  frames_.push_back({&root, root.place, "", {}});
}

std::string FieldReader::path_of(std::string_view name) const {
  return path() + "/" + std::string{name};
}

void FieldReader::add(std::string path, std::string const& set_by, Diagnostic fault) {
  faulty_.insert(path);
  if (faults_.size() >= limits_.faults) {
    ++unsaid_;
    return;
  }
  if (set_by.empty()) {
    fault.where = std::move(path);
  } else {
    fault.where = set_by;
    fault.place = {};
  }
  faults_.push_back(std::move(fault));
}

void FieldReader::fault(Node const& node, std::string path, Diagnostic words) {
  words.place = node.place;
  add(std::move(path), node.set_by, std::move(words));
}

Node const* FieldReader::find(FieldSpec const& spec) {
  auto& frame = frames_.back();
  frame.known.emplace_back(spec.name);
  auto const* const node = frame.table == nullptr ? nullptr : frame.table->find(spec.name);
  auto const path = path_of(spec.name);
  if (node != nullptr) {
    places_[path] = node->place;
  } else if (is_required(spec)) {
    auto missing = words(
        "TW0201",
        fmt::format("{} is missing: {}", spec.name, spec.saying),
        spec.unit.empty()
            ? fmt::format("add {} = ...", spec.name)
            : fmt::format("add {} = \"... {}\"", spec.name, in_project_money(spec.unit, money_)));
    missing.place = frame.place;
    add(path, frame.set_by, std::move(missing));
  }
  return node;
}

Node const* FieldReader::find_kind(FieldSpec const& spec,
                                   Node::Kind kind,
                                   std::string_view remedy) {
  auto const* const node = find(spec);
  if (node == nullptr || node->kind == kind) {
    return node;
  }
  fault(*node,
        path_of(spec.name),
        words("TW0203",
              fmt::format(
                  "{} is {}; {} is wanted", spec.name, kind_words(node->kind), kind_words(kind)),
              std::string{remedy}));
  return nullptr;
}

void FieldReader::number(FieldSpec const& spec, project::NumberRef ref) {
  auto const* const node = find(spec);
  if (node == nullptr) {
    return;
  }
  auto const read = NumberReader{spec, money_}.read(*node);
  if (!read) {
    for (auto fault : read.error()) {
      add(path_of(spec.name), node->set_by, std::move(fault));
    }
    return;
  }
  *ref.value = read->value;
  *ref.origin = read->origin;
}

void FieldReader::whole(FieldSpec const& spec, int& value) {
  auto const* const node =
      find_kind(spec, Node::Kind::kWhole, fmt::format("write e.g. {} = {}", spec.name, value));
  if (node == nullptr) {
    return;
  }
  double const low = spec.low.value_or(std::numeric_limits<int>::min());
  double const high = spec.high.value_or(std::numeric_limits<int>::max());
  if (node->number() < low || node->number() > high) {
    fault(*node,
          path_of(spec.name),
          words("TW0205",
                fmt::format(
                    "{} is out of range: it must be from {:.0f} to {:.0f}", node->whole, low, high),
                fmt::format("write a whole number from {:.0f} to {:.0f}", low, high)));
    return;
  }
  value = static_cast<int>(node->whole);
  if (path() == "/project" && spec.name == "price_year") {
    money_.price_year = value;
  }
}

void FieldReader::text(FieldSpec const& spec, std::string& value) {
  auto const* const node =
      find_kind(spec, Node::Kind::kText, fmt::format("write {} = \"...\"", spec.name));
  if (node == nullptr) {
    return;
  }
  if (node->text.size() > limits_.text_bytes) {
    fault(*node,
          path_of(spec.name),
          words("TW0206",
                fmt::format("{} has {} bytes; at most {} are read",
                            spec.name,
                            node->text.size(),
                            limits_.text_bytes),
                "shorten it"));
    return;
  }
  if (is_required(spec) && node->text.empty()) {
    fault(*node,
          path_of(spec.name),
          words("TW0206", fmt::format("{} is empty: {}", spec.name, spec.saying), "fill it in"));
    return;
  }
  value = node->text;
  if (path() == "/project" && spec.name == "currency") {
    bool const is_code = value.size() == 3 && std::all_of(value.begin(), value.end(), [](char c) {
                           return c >= 'A' && c <= 'Z';
                         });
    if (!is_code) {
      fault(*node,
            path_of(spec.name),
            words("TW0212",
                  fmt::format("'{}' is no currency code", shortened(value)),
                  "write an ISO 4217 code of three capitals, e.g. USD"));
      return;
    }
    money_.project = value;
  }
}

void FieldReader::flag(FieldSpec const& spec, bool& value) {
  auto const* const node =
      find_kind(spec, Node::Kind::kFlag, fmt::format("write {} = true or false", spec.name));
  if (node != nullptr) {
    value = node->flag;
  }
}

void FieldReader::choice(FieldSpec const& spec,
                         std::span<std::string_view const> known,
                         int& chosen) {
  auto const all = fmt::format("{}", fmt::join(known, ", "));
  auto const* const node = find_kind(spec, Node::Kind::kText, fmt::format("write one of: {}", all));
  if (node == nullptr) {
    return;
  }
  auto const hit = std::find(known.begin(), known.end(), node->text);
  if (hit != known.end()) {
    chosen = static_cast<int>(hit - known.begin());
    return;
  }
  auto const near = project::nearest(node->text, {known.begin(), known.end()});
  fault(*node,
        path_of(spec.name),
        words("TW0204",
              fmt::format("'{}' is no {}", shortened(node->text), spec.name),
              near.empty() ? fmt::format("write one of: {}", all)
                           : fmt::format("did you mean '{}'? known: {}", near, all)));
}

void FieldReader::texts(FieldSpec const& spec, std::vector<std::string>& values) {
  auto const* const node =
      find_kind(spec, Node::Kind::kArray, fmt::format("write {} = [\"...\", \"...\"]", spec.name));
  if (node == nullptr) {
    return;
  }
  if (node->items.size() > limits_.list_items) {
    fault(*node,
          path_of(spec.name),
          words("TW0210",
                fmt::format(
                    "{} entries; at most {} are read", node->items.size(), limits_.list_items),
                "shorten the list"));
    return;
  }
  for (auto const& item : node->items) {
    if (item.kind != Node::Kind::kText || item.text.empty() ||
        item.text.size() > limits_.text_bytes) {
      fault(item,
            path_of(spec.name),
            words("TW0203",
                  fmt::format(
                      "an entry of {} is {}; a text is wanted",
                      spec.name,
                      item.kind == Node::Kind::kText ? "empty or too long" : kind_words(item.kind)),
                  fmt::format("write {} = [\"...\", \"...\"]", spec.name)));
      continue;
    }
    values.push_back(item.text);
  }
}

bool FieldReader::open_table(FieldSpec const& spec, bool present) {
  auto const* node = find(spec);
  if (node != nullptr && node->kind != Node::Kind::kTable) {
    bool const is_list = node->kind == Node::Kind::kArray;
    fault(*node,
          path_of(spec.name),
          words(is_list ? "TW0211" : "TW0203",
                is_list
                    ? fmt::format("{} is a list; there is only one", spec.name)
                    : fmt::format("{} is {}; a table is wanted", spec.name, kind_words(node->kind)),
                fmt::format("write one [{}] in single brackets", spec.name)));
    return false;
  }
  if (node == nullptr && !present) {
    return false;
  }
  auto const& around = frames_.back();
  frames_.push_back({node,
                     node == nullptr ? around.place : node->place,
                     node == nullptr ? around.set_by : node->set_by,
                     {}});
  return PathVisitor::open_table(spec, true);
}

void FieldReader::pop_frame() {
  auto const frame = std::move(frames_.back());
  frames_.pop_back();
  if (frame.table == nullptr) {
    return;
  }
  for (auto const& entry : frame.table->entries) {
    if (std::find(frame.known.begin(), frame.known.end(), entry.key) != frame.known.end()) {
      continue;
    }
    auto const near =
        faults_.size() < limits_.faults ? project::nearest(entry.key, frame.known) : "";
    auto unknown = words("TW0202",
                         fmt::format("there is no '{}' here", shortened(entry.key)),
                         near.empty() ? fmt::format("known keys: {}", fmt::join(frame.known, ", "))
                                      : fmt::format("did you mean '{}'?", near));
    unknown.place = entry.place;
    add(path_of(entry.key), entry.value.set_by, std::move(unknown));
  }
}

void FieldReader::close_table() {
  pop_frame();
  PathVisitor::close_table();
}

std::size_t FieldReader::open_list(FieldSpec const& spec, std::size_t count) {
  auto const* const node = find(spec);
  List list{{}, std::string{spec.key}, std::string{spec.name}};
  bool const is_list = node != nullptr && node->kind == Node::Kind::kArray &&
                       std::all_of(node->items.begin(), node->items.end(), [](Node const& n) {
                         return n.kind == Node::Kind::kTable;
                       });
  if (node != nullptr && !is_list) {
    fault(
        *node,
        path_of(spec.name),
        words("TW0211",
              node->kind == Node::Kind::kTable
                  ? fmt::format("{} is one table; it is a list of tables", spec.name)
                  : fmt::format(
                        "{} is {}; a list of tables is wanted", spec.name, kind_words(node->kind)),
              fmt::format("write [[{}]] in double brackets, once for each", spec.name)));
  } else if (node != nullptr && node->items.size() > limits_.list_items) {
    fault(*node,
          path_of(spec.name),
          words("TW0210",
                fmt::format(
                    "{} entries; at most {} are read", node->items.size(), limits_.list_items),
                "shorten the list"));
  } else if (node != nullptr) {
    for (auto const& item : node->items) {
      list.items.push_back(&item);
    }
  }
  names_unsure_ = names_unsure_ || (node != nullptr && list.items.empty());
  count = list.items.size();
  lists_.push_back(std::move(list));
  return PathVisitor::open_list(spec, count);
}

void FieldReader::item(std::size_t index, std::string const& /*id*/) {
  auto& list = lists_.back();
  if (list.in_item) {
    pop_frame();
  }
  list.in_item = true;
  Node const& node = *list.items[index];
  auto const* const name = list.key.empty() ? nullptr : node.find(list.key);
  bool const is_named = name != nullptr && name->kind == Node::Kind::kText && !name->text.empty();
  names_unsure_ = names_unsure_ || (!is_named && !list.key.empty());
  PathVisitor::item(index, is_named ? name->text : "");
  places_[path()] = node.place;
  frames_.push_back({&node, node.place, node.set_by, {}});
}

void FieldReader::close_list() {
  if (lists_.back().in_item) {
    pop_frame();
  }
  auto const list = std::move(lists_.back());
  lists_.pop_back();
  PathVisitor::close_list();
  if (path().empty() && list.name == "exchange") {
    for (auto const* node : list.items) {
      auto const* const code = node->find("code");
      if (code != nullptr && code->kind == Node::Kind::kText) {
        read_money(*node, code->text);
      }
    }
  }
}

void FieldReader::read_money(Node const& item, std::string const& code) {
  auto const path = "/exchange/" + code + "/code";
  auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
  bool const is_code =
      (code.size() == 3 || code.size() == 7) &&
      std::all_of(code.begin(), code.begin() + 3, [](char c) { return c >= 'A' && c <= 'Z'; }) &&
      std::all_of(code.begin() + 3, code.end(), is_digit);
  if (!is_code || code == money_.project) {
    fault(*item.find("code"),
          path,
          words("TW0212",
                is_code ? fmt::format("{} is the project's own currency", code)
                        : fmt::format("'{}' is no currency code", shortened(code)),
                "write an ISO 4217 code, with a price year if need be, e.g. AUD2013"));
    return;
  }
  auto const* const value = item.find("value");
  FieldSpec const spec{"value", "USD", "", {}, {}, FieldSpec::Need::kRequired};
  auto const read = value == nullptr ? Result<ReadNumber>{reject(Diagnostics{})}
                                     : NumberReader{spec, money_}.read(*value);
  // An exchange at fault stands at 1, so that its users are not called unknown currencies too.
  money_.others.push_back({code, read ? read->value : 1.0});
}

void FieldReader::finish() {
  pop_frame();
}

Diagnostics FieldReader::take_faults() {
  if (unsaid_ > 0) {
    faults_.push_back(words("TW0200",
                            fmt::format("{} more faults are not shown", unsaid_),
                            "mend these first, then check again"));
  }
  std::stable_sort(faults_.begin(), faults_.end(), [](Diagnostic const& a, Diagnostic const& b) {
    // by line; faults without one (--set, counts) stay last
    auto const line = [](Diagnostic const& d) {
      return d.place.line == 0 ? std::numeric_limits<int>::max() : d.place.line;
    };
    return line(a) != line(b) ? line(a) < line(b) : a.place.column < b.place.column;
  });
  return std::move(faults_);
}

}  // namespace tidewater::io
