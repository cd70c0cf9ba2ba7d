#include "tidewater/project/describe.hpp"

#include <set>

#include <gtest/gtest.h>

namespace tidewater::project {
namespace {

Project two_ports() {
  Project p;
  p.sites.resize(2);
  p.sites[0].id = "pasni";
  p.sites[0].port.emplace();
  p.sites[0].port->berths.resize(2);
  p.sites[1].id = "gwadar";
  p.sites[1].port.emplace();
  p.sites[1].port->channel_depth = 13.0 * units::m;
  return p;
}

NamedNumber number_at(Project& p, std::string const& path) {
  for (auto const& n : numbers(p)) {
    if (n.path == path) {
      return n;
    }
  }
  ADD_FAILURE() << path;
  return {};
}

TEST(Numbers, AreNamedByTheItemsTheyBelongTo) {
  auto p = two_ports();
  EXPECT_DOUBLE_EQ(*number_at(p, "/site/gwadar/port/channel_depth").ref.value, 13);
  EXPECT_EQ(number_at(p, "/site/pasni/port/berth/1/depth").spec.unit, "m");
  *number_at(p, "/site/pasni/port/channel_depth").ref.value = 9;
  EXPECT_DOUBLE_EQ(p.sites[0].port->channel_depth.value.base(), 9);
}

TEST(Numbers, HaveAPathEachOfTheirOwn) {
  auto p = two_ports();
  p.loan.emplace();
  p.zones.resize(2);
  std::set<std::string> paths;
  for (auto const& n : numbers(p)) {
    EXPECT_TRUE(paths.insert(n.path).second) << n.path;
  }
  EXPECT_GT(paths.size(), 60U);
}

TEST(Numbers, OfTablesAProjectLacksAreNotThere) {
  Project p;
  for (auto const& n : numbers(p)) {
    EXPECT_FALSE(n.path.starts_with("/loan")) << n.path;
  }
}

/// A field is described once, in the dimension its struct has.
TEST(Describe, ShowsEveryDefaultWithinItsOwnRange) {
  class Defaults final : public PathVisitor {
   public:
    std::size_t open_list(FieldSpec const& spec, std::size_t count) override {
      PathVisitor::open_list(spec, count);
      return 1;
    }
    bool open_table(FieldSpec const& spec, bool /*present*/) override {
      return PathVisitor::open_table(spec, true);
    }
    void number(FieldSpec const& spec, NumberRef number) override {
      // Ranges stand in the field's unit; only pure numbers can be compared without units.
      if (spec.unit.empty() && spec.need == FieldSpec::Need::kOptional) {
        EXPECT_TRUE(!spec.low || *number.value >= *spec.low) << path() << "/" << spec.name;
        EXPECT_TRUE(!spec.high || *number.value <= *spec.high) << path() << "/" << spec.name;
      }
      EXPECT_FALSE(spec.saying.empty()) << path() << "/" << spec.name;
      EXPECT_EQ(number.origin->status, Status::kDefault);
    }
    void choice(FieldSpec const& spec,
                std::span<std::string_view const> words,
                int& chosen) override {
      EXPECT_LT(chosen, static_cast<int>(words.size())) << spec.name;
    }
  };
  Defaults visitor;
  Project p;
  describe(visitor, p);
}

}  // namespace
}  // namespace tidewater::project
