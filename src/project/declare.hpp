#pragma once
/// The few words in which describe() declares fields.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tidewater/project/fields.hpp"

namespace tidewater::project {

struct Range {
  std::optional<double> low{};
  std::optional<double> high{};
  FieldSpec::Need need = FieldSpec::Need::kOptional;
};
constexpr Range kAny{};
constexpr Range kPositive{0.0};
constexpr Range kShare{0.0, 1.0};
constexpr Range kShareInPercent{0.0, 100.0};
constexpr Range kMustPositive{0.0, {}, FieldSpec::Need::kRequired};
constexpr Range kMust{{}, {}, FieldSpec::Need::kRequired};

class Declare {
 public:
  explicit Declare(FieldVisitor& visitor) : visitor_{visitor} {}

  template <class Q>
  void number(std::string_view name,
              Input<Q>& input,
              std::string_view unit,
              Range range,
              std::string_view saying) {
    visitor_.number({name, unit, saying, range.low, range.high, range.need}, ref(input));
  }
  void whole(std::string_view name, int& value, Range range, std::string_view saying) {
    visitor_.whole({name, "", saying, range.low, range.high, range.need}, value);
  }
  void text(std::string_view name,
            std::string& value,
            std::string_view saying,
            Range range = kAny) {
    visitor_.text({name, "", saying, {}, {}, range.need}, value);
  }
  void texts(std::string_view name, std::vector<std::string>& values, std::string_view saying) {
    visitor_.texts({name, "", saying}, values);
  }
  void flag(std::string_view name, bool& value, std::string_view saying) {
    visitor_.flag({name, "", saying}, value);
  }
  void place(std::string_view name, Place& value, std::string_view saying, Range range = kAny) {
    visitor_.place({name, "", saying, {}, {}, range.need}, value);
  }
  void places(std::string_view name, std::vector<Place>& values, std::string_view saying) {
    visitor_.places({name, "", saying}, values);
  }
  void names_a(Referent kind,
               std::string_view name,
               std::string& id,
               std::string_view saying,
               Range range = kAny) {
    visitor_.reference({name, "", saying, {}, {}, range.need}, kind, id);
  }
  void names_some(Referent kind,
                  std::string_view name,
                  std::vector<std::string>& ids,
                  std::string_view saying) {
    visitor_.references({name, "", saying}, kind, ids);
  }
  void polygon(std::string_view name, std::vector<Place>& values, std::string_view saying) {
    visitor_.polygon({name, "", saying}, values);
  }
  void overrides(std::string_view name, std::vector<Override>& values, std::string_view saying) {
    visitor_.overrides({name, "", saying}, values);
  }
  void curve(std::string_view name,
             std::vector<CurvePoint>& points,
             std::string_view x_unit,
             std::string_view y_unit,
             std::string_view saying) {
    visitor_.curve({{name, "", saying}, x_unit, y_unit}, points);
  }
  template <class Enum, std::size_t N>
  void choice(std::string_view name,
              Enum& value,
              std::array<std::string_view, N> const& words,
              std::string_view saying,
              Range range = kAny) {
    int chosen = static_cast<int>(value);
    visitor_.choice({name, "", saying, {}, {}, range.need}, words, chosen);
    value = static_cast<Enum>(chosen);
  }
  template <class T, class Fields>
  void table(std::string_view name, T& value, std::string_view saying, Fields fields) {
    if (visitor_.open_table({name, "", saying}, true)) {
      fields(*this, value);
      visitor_.close_table();
    }
  }
  template <class T, class Fields>
  void table(std::string_view name,
             std::optional<T>& value,
             std::string_view saying,
             Fields fields) {
    if (visitor_.open_table({name, "", saying}, value.has_value())) {
      if (!value) {
        value.emplace();
      }
      fields(*this, *value);
      visitor_.close_table();
    }
  }
  /// `key` is the text field `id` by which paths name the items.
  template <class T, class Fields>
  void list(std::string_view name,
            std::vector<T>& items,
            std::string_view saying,
            Fields fields,
            std::string_view key,
            std::string T::*id) {
    FieldSpec spec{name, "", saying};
    spec.key = key;
    items.resize(visitor_.open_list(spec, items.size()));
    for (std::size_t i = 0; i < items.size(); ++i) {
      visitor_.item(i, id == nullptr ? std::string{} : items[i].*id);
      fields(*this, items[i]);
    }
    visitor_.close_list();
  }
  template <class T, class Fields>
  void list(std::string_view name, std::vector<T>& items, std::string_view saying, Fields fields) {
    list(name, items, saying, fields, "", static_cast<std::string T::*>(nullptr));
  }

  FieldVisitor& visitor() { return visitor_; }

 private:
  FieldVisitor& visitor_;
};

struct Site;
struct Product;
struct Project;
void describe_site(Declare& f, Site& s);
void describe_routes(Declare& f, Project& p);     ///< rates, links, hazards, with the next
void describe_stock(Declare& f, Project& p);      ///< locomotives, wagons, consists, vessels
void describe_money(Declare& f, Project& p);      ///< products, instruments, owners, loan
void describe_judgement(Declare& f, Project& p);  ///< issues, parties, gates, options, claims
struct Work;
struct Staffing;
struct Position;
void describe_work(Declare& f, Work& w);
void describe_staff(Declare& f, Staffing& s);

}  // namespace tidewater::project
