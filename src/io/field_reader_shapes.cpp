// Places, polygons, curves and overrides: the parts of FieldReader with a shape of their own.

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "field_reader.hpp"
#include "set_values.hpp"

namespace tidewater::io {

namespace {

using project::FieldSpec;
using project::Place;

Diagnostic words(std::string code, std::string what, std::string remedy) {
  return {Severity::kError, "", std::move(what), std::move(remedy), std::move(code), {}};
}

/// Twice the signed area of the triangle a, b, c: its sign tells the side c lies on.
double turn(Place a, Place b, Place c) {
  return (b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon);
}

bool cross(Place a, Place b, Place c, Place d) {
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

double doubled_area(std::vector<Place> const& corners) {
  double sum = 0;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    auto const& a = corners[i];
    auto const& b = corners[(i + 1) % corners.size()];
    sum += a.lon * b.lat - b.lon * a.lat;
  }
  return sum;
}

/// Whether two edges that do not touch cross each other. Every pair is tried, so only polygons of
/// up to a thousand corners are (half a million pairs).
bool crosses_itself(std::vector<Place> const& p) {
  constexpr std::size_t kTried = 1000;
  std::size_t const n = p.size();
  for (std::size_t i = 0; n <= kTried && i < n; ++i) {
    for (std::size_t j = i + 2; j < n; ++j) {
      bool const neighbours = i == 0 && j == n - 1;
      if (!neighbours && cross(p[i], p[i + 1], p[j], p[(j + 1) % n])) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

bool FieldReader::read_place(Node const& node, std::string const& path, Place& to) {
  bool const two_numbers = node.kind == Node::Kind::kArray && node.items.size() == 2 &&
                           node.items[0].is_number() && node.items[1].is_number();
  if (!two_numbers) {
    fault(node,
          path,
          words("TW0207",
                fmt::format("this is {}; a place is [longitude, latitude]", kind_words(node.kind)),
                "write two numbers in degrees, e.g. [63.48, 25.28]"));
    return false;
  }
  Place const read{node.items[0].number(), node.items[1].number()};
  bool const on_earth = std::abs(read.lon) <= 180 && std::abs(read.lat) <= 90;
  if (!on_earth) {  // also when NaN
    bool const swapped = std::abs(read.lat) <= 180 && std::abs(read.lon) <= 90;
    fault(node,
          path,
          words("TW0207",
                fmt::format("[{}, {}] is no longitude and latitude", read.lon, read.lat),
                swapped ? "longitude comes first: swap the two numbers"
                        : "write degrees: longitude from -180 to 180, latitude from -90 to 90"));
    return false;
  }
  to = read;
  return true;
}

void FieldReader::place(FieldSpec const& spec, Place& value) {
  if (auto const* const node = find(spec)) {
    [[maybe_unused]] bool const good = read_place(*node, path_of(spec.name), value);
  }
}

void FieldReader::places(FieldSpec const& spec, std::vector<Place>& values) {
  auto const* const node = find_kind(
      spec, Node::Kind::kArray, fmt::format("write {} = [[lon, lat], [lon, lat]]", spec.name));
  if (node == nullptr) {
    return;
  }
  if (node->items.size() > limits_.places) {
    fault(*node,
          path_of(spec.name),
          words("TW0210",
                fmt::format("{} places; at most {} are read", node->items.size(), limits_.places),
                "thin the line"));
    return;
  }
  for (auto const& item : node->items) {
    Place place;
    if (read_place(item, path_of(spec.name), place)) {
      values.push_back(place);
    }
  }
}

void FieldReader::polygon(FieldSpec const& spec, std::vector<Place>& corners) {
  auto const before = faults_.size() + unsaid_;
  places(spec, corners);
  auto const* const table = frames_.back().table;
  auto const* const node = table == nullptr ? nullptr : table->find(spec.name);
  if (node != nullptr && faults_.size() + unsaid_ == before) {
    check_polygon(*node, path_of(spec.name), corners);
  }
}

void FieldReader::check_polygon(Node const& node,
                                std::string const& path,
                                std::vector<Place> const& corners) {
  auto distinct = corners;
  if (distinct.size() > 1 && distinct.front() == distinct.back()) {
    distinct.pop_back();  // closed by hand, as GeoJSON does
  }
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  if (crosses_itself(distinct)) {
    fault(node,
          path,
          words("TW0208",
                "the polygon's edges cross each other",
                "list the corners in order around the area, or make two zones"));
  } else if (distinct.size() < 3 || doubled_area(distinct) == 0) {
    fault(node,
          path,
          words("TW0208",
                fmt::format("a polygon of {} different corners encloses nothing", distinct.size()),
                "give at least three corners that do not lie on one line"));
  }
}

void FieldReader::curve(project::CurveSpec const& spec, std::vector<project::CurvePoint>& points) {
  auto const x_unit = in_project_money(spec.x_unit, money_);
  auto const y_unit = in_project_money(spec.y_unit, money_);
  auto const example = fmt::format("write {} = [[\"0 {}\", \"1 {}\"], [\"1 {}\", \"2 {}\"]]",
                                   spec.field.name,
                                   x_unit,
                                   y_unit,
                                   x_unit,
                                   y_unit);
  auto const* const node = find_kind(spec.field, Node::Kind::kArray, example);
  if (node == nullptr) {
    return;
  }
  auto const path = path_of(spec.field.name);
  if (node->items.size() > limits_.places) {
    fault(*node,
          path,
          words("TW0210",
                fmt::format("{} points; at most {} are read", node->items.size(), limits_.places),
                "thin the curve"));
    return;
  }
  for (auto const& item : node->items) {
    if (item.kind != Node::Kind::kArray || item.items.size() != 2) {
      fault(
          item, path, words("TW0209", "a point of a curve is a pair of texts with units", example));
      return;
    }
    auto const x = NumberReader{{"", spec.x_unit, ""}, money_}.read(item.items[0]);
    auto const y = NumberReader{{"", spec.y_unit, ""}, money_}.read(item.items[1]);
    for (auto const* read : {&x, &y}) {
      for (auto wrong : *read ? Diagnostics{} : read->error()) {
        add(path, item.set_by, std::move(wrong));
      }
    }
    if (!x || !y) {
      continue;
    }
    if (!points.empty() && x->value <= points.back().x) {
      fault(item,
            path,
            words("TW0209",
                  "the first numbers of a curve's points do not rise",
                  "order the points by their first number, each of them once"));
      return;
    }
    points.push_back({x->value, y->value});
  }
}

void FieldReader::overrides(FieldSpec const& spec, std::vector<project::Override>& values) {
  auto const* const node =
      find_kind(spec,
                Node::Kind::kTable,
                "write overrides = { \"site/pasni/port/channel_depth\" = \"14 m\" }");
  if (node == nullptr) {
    return;
  }
  if (node->entries.size() > limits_.list_items) {
    fault(*node, path_of(spec.name), words("TW0210", "too many overrides", "shorten the list"));
    return;
  }
  for (auto const& entry : node->entries) {
    raw_overrides_.push_back({entry.key, &entry.value, path(), entry.place, values.size()});
    values.push_back({entry.key, 0, {}});  // filled by read_overrides() when all fields are known
  }
}

void FieldReader::read_overrides(project::Project& project) {
  if (raw_overrides_.empty()) {
    return;
  }
  std::map<std::string, project::NamedNumber> numbers;
  for (auto& n : project::numbers(project)) {
    numbers.emplace(n.path, n);
  }
  // Options are found by path as they were read: names may be missing or doubled in a faulty file.
  std::map<std::string, project::Option*> options;
  for (auto& option : project.options) {
    options.emplace("/option/" + option.name, &option);
  }
  for (auto const& raw : raw_overrides_) {
    auto const option = options.find(raw.option_path);
    read_override(raw, numbers, option == options.end() ? nullptr : option->second);
  }
}

void FieldReader::read_override(RawOverride const& raw,
                                std::map<std::string, project::NamedNumber> const& numbers,
                                project::Option* option) {
  auto const wanted = fmt::format("/{}", fmt::join(path_parts(raw.path), "/"));
  auto const hit = numbers.find(wanted);
  if (hit == numbers.end() || wanted.starts_with("/option/")) {
    refuse_override(raw, wanted, numbers);
    return;
  }
  auto const path = raw.option_path + "/overrides/" + raw.path;
  places_[path] = raw.place;
  auto const read = NumberReader{hit->second.spec, money_}.read(*raw.node);
  if (!read) {
    for (auto wrong : read.error()) {
      add(path, raw.node->set_by, std::move(wrong));
    }
    return;
  }
  if (option != nullptr && raw.slot < option->overrides.size()) {
    option->overrides[raw.slot] = {wanted, read->value, read->origin};
  }
}

void FieldReader::refuse_override(RawOverride const& raw,
                                  std::string const& wanted,
                                  std::map<std::string, project::NamedNumber> const& numbers) {
  constexpr std::size_t kSuggested = 20;  // each costs a look at every number of the project
  bool const of_options = wanted.starts_with("/option/");
  std::string near;
  if (!of_options && faults_.size() < kSuggested) {
    std::vector<std::string> known;
    known.reserve(numbers.size());
    for (auto const& [path, number] : numbers) {
      known.push_back(path);
    }
    near = project::nearest(wanted, known);
  }
  auto unknown = words(
      "TW0213",
      of_options ? "an option cannot write over the numbers of options"
                 : fmt::format("there is no number at '{}'", shortened(raw.path)),
      of_options     ? "write the number into the option itself"
      : near.empty() ? "give the path of a number of this file, e.g. site/pasni/port/channel_depth"
                     : fmt::format("did you mean '{}'?", near.substr(1)));
  unknown.place = raw.place;
  add(raw.option_path + "/overrides/" + raw.path, raw.node->set_by, std::move(unknown));
}

void FieldReader::add_relations(Diagnostics const& broken) {
  Diagnostics fresh;
  for (auto const& rule : broken) {
    auto const beneath = faulty_.lower_bound(rule.where + "/");
    bool const follows = faulty_.count(rule.where) > 0 ||
                         (beneath != faulty_.end() && beneath->starts_with(rule.where + "/"));
    bool const unnamed = rule.code == "TW0302" && names_unsure_;
    if (!follows && !unnamed) {
      fresh.push_back(rule);
    }
  }
  for (auto& rule : fresh) {
    auto place = places_.find(rule.where);
    for (auto at = rule.where; place == places_.end() && !at.empty();) {
      at.resize(at.rfind('/'));
      place = places_.find(at);
    }
    rule.place = place == places_.end() ? TextPlace{} : place->second;
    auto const where = rule.where;
    add(where, "", std::move(rule));
  }
}

}  // namespace tidewater::io
