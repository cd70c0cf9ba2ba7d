#include "tidewater/io/project_file.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include <fmt/format.h>

#include "tidewater/project/describe.hpp"

#include "document.hpp"
#include "field_reader.hpp"
#include "set_values.hpp"

namespace tidewater::io {

namespace {

using project::FieldSpec;

/// FNV-1a over 128 bits (Fowler, Noll, Vo; offset basis and prime of RFC draft-eastlake-fnv). Not
/// against forgery: it tells inputs apart.
class Fnv128 {
 public:
  void add(std::string_view bytes) {
    for (char const c : bytes) {
      hash_ ^= static_cast<unsigned char>(c);
      hash_ *= kPrime;
    }
  }
  /// A text and its end, so that "ab" + "c" is not "a" + "bc".
  void add_text(std::string_view text) {
    add_whole(static_cast<std::int64_t>(text.size()));
    add(text);
  }
  void add_whole(std::int64_t value) {
    std::array<char, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      bytes[i] = static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xFFU);
    }
    add({bytes.data(), bytes.size()});
  }
  void add_real(double value) {
    std::int64_t bits = 0;
    double const no_minus_zero = value + 0.0;
    std::memcpy(&bits, &no_minus_zero, sizeof bits);
    add_whole(bits);
  }
  [[nodiscard]] std::string hex() const {
    return fmt::format("{:016x}{:016x}",
                       static_cast<std::uint64_t>(hash_ >> 64U),
                       static_cast<std::uint64_t>(hash_));
  }

 private:
  __extension__ using Wide = unsigned __int128;
  static constexpr Wide kPrime = (Wide{1} << 88U) + 0x13BU;
  Wide hash_ = (Wide{0x6C62272E07BB0142U} << 64U) + 0x62B821756295C58DU;
};

/// Every value of a project with its path. Not hashed: how a number is written.
class Hasher final : public project::PathVisitor {
 public:
  void number(FieldSpec const& spec, project::NumberRef ref) override {
    at(spec);
    hash_.add_real(*ref.value);
    add_origin(*ref.origin);
  }
  void whole(FieldSpec const& spec, int& value) override {
    at(spec);
    hash_.add_whole(value);
  }
  void text(FieldSpec const& spec, std::string& value) override {
    at(spec);
    hash_.add_text(value);
  }
  void flag(FieldSpec const& spec, bool& value) override {
    at(spec);
    hash_.add_whole(value ? 1 : 0);
  }
  void choice(FieldSpec const& spec,
              std::span<std::string_view const> words,
              int& chosen) override {
    at(spec);
    hash_.add_text(words[static_cast<std::size_t>(chosen)]);
  }
  void texts(FieldSpec const& spec, std::vector<std::string>& values) override {
    at(spec);
    hash_.add_whole(static_cast<std::int64_t>(values.size()));
    for (auto const& value : values) {
      hash_.add_text(value);
    }
  }
  void place(FieldSpec const& spec, project::Place& value) override {
    at(spec);
    hash_.add_real(value.lon);
    hash_.add_real(value.lat);
  }
  void places(FieldSpec const& spec, std::vector<project::Place>& values) override {
    at(spec);
    hash_.add_whole(static_cast<std::int64_t>(values.size()));
    for (auto const& value : values) {
      hash_.add_real(value.lon);
      hash_.add_real(value.lat);
    }
  }
  void curve(project::CurveSpec const& spec, std::vector<project::CurvePoint>& points) override {
    at(spec.field);
    hash_.add_whole(static_cast<std::int64_t>(points.size()));
    for (auto const& point : points) {
      hash_.add_real(point.x);
      hash_.add_real(point.y);
    }
  }
  void overrides(FieldSpec const& spec, std::vector<project::Override>& values) override {
    at(spec);
    auto sorted = values;  // the order of keys in a table means nothing
    std::sort(
        sorted.begin(), sorted.end(), [](auto const& a, auto const& b) { return a.path < b.path; });
    for (auto const& value : sorted) {
      hash_.add_text(value.path);
      hash_.add_real(value.value);
      add_origin(value.origin);
    }
  }
  [[nodiscard]] std::string hex() const { return hash_.hex(); }

 private:
  void at(FieldSpec const& spec) {
    hash_.add_text(path());
    hash_.add_text(spec.name);
  }
  void add_origin(project::Origin const& origin) {
    hash_.add_whole(static_cast<int>(origin.status));
    hash_.add_text(origin.source);
    hash_.add_text(origin.note);
    if (origin.spread) {
      hash_.add_text(project::name(origin.spread->kind));
      for (double const n : origin.spread->numbers) {
        hash_.add_real(n);
      }
    }
  }
  Fnv128 hash_;
};

std::string distribution_text(project::Spread const& spread,
                              std::string_view unit,
                              Currencies const& money) {
  std::string text{project::name(spread.kind)};
  for (std::size_t i = 0; i < spread.numbers.size(); ++i) {
    bool const pure = spread.kind == project::SpreadKind::kLognormal && i == 1;
    text += (i == 0 ? " " : ", ") + format_in(spread.numbers[i], pure ? "" : unit, money);
  }
  return text;
}

StatedNumber stated(std::string path,
                    FieldSpec const& spec,
                    double value,
                    project::Origin const& origin,
                    Currencies const& money) {
  auto const unit = in_project_money(spec.unit, money);
  auto const both = !origin.source.empty() && !origin.note.empty();
  return {std::move(path),
          format_in(value, unit, money),
          unit,
          std::string{project::name(origin.status)},
          origin.source + (both ? "; " : "") + origin.note,
          origin.spread ? distribution_text(*origin.spread, unit, money) : ""};
}

/// A claim's unit is text to the project; here it must mean something.
Diagnostics claim_faults(project::Project const& project, Currencies const& money) {
  Diagnostics faults;
  for (auto const& claim : project.claims) {
    if (auto const unit = parse_unit(claim.unit, money); !unit) {
      auto fault = unit.error().front();
      fault.where = "/claim/" + claim.id + "/unit";
      faults.push_back(std::move(fault));
    }
  }
  return faults;
}

}  // namespace

Result<ProjectFile> read_project(std::string_view text,
                                 std::string_view file_name,
                                 ReadOptions const& options) {
  auto root = parse_document(text, file_name, options.limits);
  if (!root) {
    return reject(std::move(root.error()));
  }
  auto wrong_sets = apply_sets(*root, options.sets, options.limits);
  ProjectFile out;
  FieldReader reader{*root, options.limits};
  project::describe(reader, out.project);
  reader.finish();
  reader.read_overrides(out.project);
  reader.add_relations(project::verify(out.project));
  reader.add_relations(claim_faults(out.project, reader.money()));
  auto faults = reader.take_faults();
  faults.insert(faults.end(), wrong_sets.begin(), wrong_sets.end());
  bool const failed = std::any_of(faults.begin(), faults.end(), [](Diagnostic const& d) {
    return d.severity == Severity::kError;
  });
  if (failed) {
    return reject(std::move(faults));
  }
  out.hash = project_hash(out.project);
  out.warnings = std::move(faults);
  out.money = reader.money();
  out.places = reader.places();
  return out;
}

Diagnostics with_places(Diagnostics diagnostics, ProjectFile const& file) {
  for (auto& d : diagnostics) {
    auto at = d.where;
    while (d.place.line == 0 && !at.empty() && at.front() == '/') {
      if (auto const hit = file.places.find(at); hit != file.places.end()) {
        d.place = hit->second;
      }
      at.resize(at.rfind('/'));
    }
  }
  return diagnostics;
}

std::vector<StatedNumber> stated_numbers(project::Project const& project) {
  Currencies const money{project.header.currency, 0, {}};
  auto copy = project;  // describe() hands out writable fields; this walk only reads
  auto const numbers = project::numbers(copy);
  std::vector<StatedNumber> rows;
  rows.reserve(numbers.size());
  for (auto const& n : numbers) {
    rows.push_back(stated(n.path, n.spec, *n.ref.value, *n.ref.origin, money));
  }
  std::map<std::string_view, FieldSpec const*> specs;
  for (auto const& n : numbers) {
    specs.emplace(n.path, &n.spec);
  }
  for (auto const& option : project.options) {
    for (auto const& change : option.overrides) {
      if (auto const field = specs.find(change.path); field != specs.end()) {
        rows.push_back(stated("/option/" + option.name + "/overrides" + change.path,
                              *field->second,
                              change.value,
                              change.origin,
                              money));
      }
    }
  }
  return rows;
}

std::string content_hash(std::string_view bytes) {
  Fnv128 hash;
  hash.add(bytes);
  return hash.hex();
}

std::string project_hash(project::Project const& project) {
  Hasher hasher;
  auto copy = project;  // as above
  project::describe(hasher, copy);
  return hasher.hex();
}

}  // namespace tidewater::io
