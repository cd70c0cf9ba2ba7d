#include <limits>
#include <set>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "tidewater/route/alignment.hpp"

#include "section.hpp"

using namespace tidewater;
using namespace tidewater::route;

namespace {

/// Two stations a kilometre apart with rail `offset` metres over level ground.
std::vector<Station> kilometre(double offset, StructureKind kind, double factor = 1) {
  Station const first{.at = Length{},
                      .place = {},
                      .ground = 100 * units::m,
                      .rail = (100 + offset) * units::m,
                      .grade = 0,
                      .radius = std::numeric_limits<double>::infinity() * units::m,
                      .kind = kind,
                      .zone_factor = factor};
  Station last = first;
  last.at = 1 * units::km;
  return {first, last};
}

CostLine const& line(Bill const& bill, std::string const& kind) {
  for (auto const& l : bill.costs) {
    if (l.kind == kind) {
      return l;
    }
  }
  throw std::out_of_range{kind};
}

}  // namespace

TEST(Bill, FillVolumeIsTheTrapezoidByHand) {
  // 7 m formation, slopes 2:1, 5 m high: 5 * (7 + 2 * 5) = 85 m2, so 85 000 m3 a kilometre.
  auto const bill = recost(kilometre(5, StructureKind::kFill), {}, {});
  EXPECT_NEAR(bill.quantities.fill.base(), 85'000, 1e-6);
  EXPECT_EQ(bill.quantities.cut.base(), 0);
  EXPECT_EQ(bill.quantities.on_fill, 1 * units::km);
  // Borrow 11 and place 9: 85 000 * 20 = 1.7 million.
  EXPECT_NEAR((line(bill, "borrow").cost + line(bill, "place").cost).base(), 1.7e6, 1e-6);
  EXPECT_EQ(line(bill, "borrow").source, Rates{}.borrow.source);
}

TEST(Bill, CutVolumeIsTheTrapezoidByHand) {
  // Slopes 1:1, 8 m deep: 8 * (7 + 8) = 120 m2; cut 26 and dump 7: 3.96 million a kilometre.
  auto const bill = recost(kilometre(-8, StructureKind::kCut), {}, {});
  EXPECT_NEAR(bill.quantities.cut.base(), 120'000, 1e-6);
  EXPECT_NEAR((line(bill, "cut").cost + line(bill, "dump").cost).base(), 3.96e6, 1e-6);
}

TEST(Bill, AKilometreOfViaductThirtyMetresHighAddsUpByHand) {
  // 12 000 + 250 * 30 = 19 500 a metre; track 0.75 and signalling 0.15 million; no loop;
  // 20.4 million, with 10 % engineering and 30 % contingency 28.56.
  auto const bill = recost(kilometre(30, StructureKind::kBridge), {}, {});
  EXPECT_NEAR(
      (line(bill, "viaduct").cost + line(bill, "viaduct-height").cost).base(), 19.5e6, 1e-3);
  EXPECT_NEAR(bill.cost.base(), 28.56e6, 1e-3);
  EXPECT_EQ(bill.quantities.fill.base(), 0);
}

TEST(Bill, LinesAreQuantityTimesRateAndAddUpToTheCost) {
  auto const bill = recost(kilometre(-30, StructureKind::kTunnel, 1.5), {}, {});
  Money sum{};
  for (auto const& l : bill.costs) {
    EXPECT_EQ(l.cost, l.quantity * l.rate) << l.kind;
    sum += l.cost;
  }
  EXPECT_EQ(sum, bill.cost);
  // Half of (0.9 plain + 36 tunnel) more in a zone of factor 1.5.
  EXPECT_NEAR(line(bill, "zones").cost.base(), 0.5 * 36.9e6, 1e-3);
}

TEST(Bill, CutThatBecomesFillIsHauledNeitherDumpedNorBorrowed) {
  // A kilometre 8 m deep, 120 m2, then a kilometre 5 m high, 85 m2: 120 000 m3 of cut, 85 000 of
  // them hauled over 1 km at 1.5 and placed at 9, 35 000 dumped at 7.
  auto stations = kilometre(-8, StructureKind::kCut);
  auto const fill = kilometre(5, StructureKind::kFill);
  stations.back() = fill.front();
  stations.back().at = 1 * units::km;
  stations.push_back(fill.back());
  stations.back().at = 2 * units::km;
  // Ground drops by 13 m between the two: offsets are of the stretch, so both ends must agree.
  stations.insert(stations.begin() + 1, stations.front());
  stations[1].at = 1 * units::km - 1e-6 * units::m;
  auto const bill = recost(stations, {}, {});
  EXPECT_NEAR(bill.quantities.cut.base(), 120'000, 1);
  EXPECT_NEAR(bill.quantities.fill.base(), 85'000, 1);
  EXPECT_EQ(bill.quantities.borrowed.base(), 0);
  EXPECT_NEAR(bill.quantities.dumped.base(), 35'000, 1);
  EXPECT_NEAR(line(bill, "haul").quantity, 85'000, 1);
  EXPECT_EQ(line(bill, "haul").unit, "m3 km");
  EXPECT_NEAR(line(bill, "haul").rate.base(), 1.5, 1e-12);
  EXPECT_NEAR(line(bill, "haul").cost.base(), 127'500, 2);
  EXPECT_NEAR(line(bill, "cut").cost.base(), 120'000 * 26.0, 30);
  EXPECT_NEAR(line(bill, "dump").cost.base(), 245'000, 10);
  EXPECT_NEAR(line(bill, "place").cost.base(), 765'000, 10);
}

TEST(Bill, LoopsStandNoFurtherApartThanTheirSpacing) {
  auto stations = kilometre(0, StructureKind::kAtGrade);
  AlignmentRules rules{.loop_spacing = 25 * units::km};
  for (auto const& [km, loops] : {std::pair{25.0, 0}, {25.1, 1}, {50.0, 1}, {60.0, 2}}) {
    stations.back().at = km * units::km;
    EXPECT_EQ(recost(stations, rules, {}).quantities.loops, loops) << km;
  }
  rules.loops = 7;
  EXPECT_EQ(recost(stations, rules, {}).quantities.loops, 7);
}

TEST(Bill, EveryKindOfCostIsNamedInWordsOfItsOwn) {
  std::set<std::string> words;
  Bill const bill = recost(kilometre(30, StructureKind::kBridge), {}, {});
  for (auto const& l : bill.costs) {
    EXPECT_EQ(cost_words(l.kind).find('-'), std::string::npos) << l.kind;
    EXPECT_TRUE(words.insert(cost_words(l.kind)).second) << l.kind;
  }
  EXPECT_EQ(words.count("height of viaducts"), 1U);
  EXPECT_EQ(words.count("fill from outside the line"), 1U);
}

TEST(SectionPrices, CrossFromFillToBridgeAndFromCutToTunnel) {
  AlignmentRules const rules;
  SectionPrices const prices{rules, {}};
  auto const kind = [&](double offset) {
    return prices.cheapest(offset, terrain::Access::kOpen).kind;
  };
  EXPECT_EQ(kind(0.3), StructureKind::kAtGrade);
  EXPECT_EQ(kind(10), StructureKind::kFill);
  EXPECT_EQ(kind(15.5), StructureKind::kBridge);
  EXPECT_EQ(kind(-10), StructureKind::kCut);
  EXPECT_EQ(kind(-40), StructureKind::kTunnel);
  EXPECT_TRUE(std::isinf(prices.cheapest(130, terrain::Access::kOpen).per_metre));
}

TEST(SectionPrices, AStructureOnlyZoneTakesNeitherCutNorFill) {
  SectionPrices const prices{{}, {}};
  auto const at = [&](double offset) {
    return prices.cheapest(offset, terrain::Access::kStructureOnly);
  };
  EXPECT_TRUE(std::isinf(at(0).per_metre));
  EXPECT_TRUE(std::isinf(at(-5).per_metre));
  EXPECT_EQ(at(6).kind, StructureKind::kBridge);
  EXPECT_EQ(at(-12).kind, StructureKind::kTunnel);
}

TEST(SectionPrices, MoreStructuresAreNeverDearer) {
  AlignmentRules few;
  few.bridges = few.tunnels = Permission::kNotAllowed;
  SectionPrices const without{few, {}};
  SectionPrices const with{{}, {}};
  for (double offset = -60; offset < 60; offset += 0.37) {
    EXPECT_LE(with.cheapest(offset, terrain::Access::kOpen).per_metre,
              without.cheapest(offset, terrain::Access::kOpen).per_metre);
  }
}
