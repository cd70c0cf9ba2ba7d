/// A mine, a smelter and a port whose tonnes, costs and sales can be worked by hand.

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "money.hpp"
#include "smelted_corridor.hpp"

using namespace tidewater;
using namespace tidewater::units;

namespace {

appraisal::Appraisal const& smelted() {
  return small::smelted_once();
}
appraisal::OptionResult const& with_smelter() {
  return smelted().options.at(1);
}

constexpr std::size_t kFullYear = 6;  ///< 2033, of 365 days, in the fourth year of the mine
constexpr double kWorked = 300e3 * 365 / 365.25;
constexpr double kBatch = 800;
constexpr corridor::ProductId kConcentrate{0};
constexpr corridor::ProductId kCopper{1};
constexpr corridor::ProductId kAcid{2};

finance::Venture operation() {
  auto const& p = smelted().project;
  auto const& design = *with_smelter().design;
  auto const model = appraisal::corridor_model(p, p.options[1], design);
  appraisal::Books books{p};
  finance::Venture venture;
  appraisal::add_operation(
      p, p.options[1], design, {*model, with_smelter().median.life}, books, venture);
  return venture;
}

template <class Item>
Item const& item(std::vector<Item> const& all, std::string const& name) {
  auto const found =
      std::find_if(all.begin(), all.end(), [&](Item const& one) { return one.name == name; });
  EXPECT_NE(found, all.end()) << name;
  return *found;
}

std::string refused(std::string const& from, std::string const& to) {
  auto const file =
      io::read_project(small::replaced(small::smelted_corridor(), from, to), "small.toml");
  return file ? "" : small::words(file.error());
}

/// What the search for ways finds wrong with the option.
std::string no_ways(std::string const& from, std::string const& to) {
  auto const p = small::without_rail(small::replaced(small::smelted_corridor(), from, to));
  auto const ways = appraisal::ways(p, p.options[1]);
  return ways ? "" : small::words(ways.error());
}

}  // namespace

TEST(Plant, WorksItsCapacityAndSendsWhatItMakesToSea) {
  auto const& life = with_smelter().median.life;
  EXPECT_NEAR(life.products[kConcentrate][kFullYear].worked.in(t), kWorked, kBatch);
  EXPECT_NEAR(life.products[kCopper][kFullYear].made.in(t), 0.275 * kWorked, 0.275 * kBatch);
  EXPECT_NEAR(life.products[kAcid][kFullYear].shipped.in(t), 0.9 * kWorked, 30001);
  EXPECT_EQ(life.products[kConcentrate][kFullYear].shipped, Mass{});
  double at_rate = 0;
  for (auto const& loss : life.losses.entries) {
    at_rate += loss.product == kCopper && loss.cause == corridor::LossCause::kPlantRate
                   ? loss.total().in(kt)
                   : 0;
  }
  EXPECT_GT(at_rate,
            0.275 * 150 * 5);  // 200 kt/a of ore more than it works, from the third year on
}

TEST(Plant, CostsItsWorksAndItsWork) {
  double capex = 0;
  for (auto const& part : with_smelter().median.parts) {
    capex += part.part == appraisal::PartCost::Part::kPlant ? part.cost.in(musd) : 0;
  }
  EXPECT_NEAR(capex, 200, 1e-9);
  auto const venture = operation();
  auto const cost = item(venture.costs, "working Smelter");
  EXPECT_EQ(cost.segment, finance::Segment::kProcessing);
  double const worked = with_smelter().median.life.products[kConcentrate][kFullYear].worked.in(t);
  EXPECT_NEAR(
      std::get<std::vector<Money>>(cost.amount).at(kFullYear).in(usd), 5e6 + 50 * worked, 1);
}

TEST(Plant, SellsItsProductsAndNotItsInput) {
  auto const venture = operation();
  ASSERT_EQ(venture.sales.size(), 2U);
  auto const& life = with_smelter().median.life;
  auto const sold = [&](std::string const& name) {
    return std::get<std::vector<Money>>(item(venture.sales, name).gross).at(kFullYear).in(usd);
  };
  EXPECT_NEAR(sold("copper"), life.products[kCopper][kFullYear].shipped.in(t)*0.999 * 9000, 1);
  EXPECT_NEAR(sold("acid"), life.products[kAcid][kFullYear].shipped.in(t)*40, 1);
}

TEST(Plant, SizesTrucksForWhatItMakes) {
  auto const& design = *with_smelter().design;
  ASSERT_EQ(design.ways.size(), 3U);
  auto const peak = [&](std::size_t way) {
    return appraisal::peak_dry(smelted().project, design.ways, design.ways[way]).in(kt / year);
  };
  EXPECT_NEAR(peak(0), 500, 1e-9);
  EXPECT_NEAR(peak(1), 0.275 * 300, 1e-9);
  EXPECT_NEAR(peak(2), 0.9 * 300, 1e-9);
  EXPECT_EQ(design.ways[0].plant, "smelter");
  EXPECT_EQ(design.ways[1].port, "haven");
}

// Copper and acid share one road: 0.275 to 0.9 of its trucks, as their cycles are alike.
TEST(Plant, SharesTheTrucksOfARoadAmongItsProducts) {
  auto p = small::without_rail(small::smelted_corridor());
  for (auto& link : p.links) {
    if (link.id == "road_to_haven") {
      link.road->fleet.value = 47;
    }
  }
  auto const answer = appraisal::design(p, p.options[1], nullptr);
  ASSERT_TRUE(answer) << small::words(answer.error());
  auto const& trucks = std::get<appraisal::Design>(*answer).trucks;
  ASSERT_EQ(trucks.size(), 3U);
  EXPECT_EQ(trucks[1].trucks, 11);  // 47 * 0.275 / 1.175
  EXPECT_EQ(trucks[2].trucks, 36);
  for (auto& link : p.links) {
    if (link.id == "road_to_haven") {
      link.road->fleet.value = 1;
    }
  }
  auto const too_few = appraisal::design(p, p.options[1], nullptr);
  ASSERT_FALSE(too_few);
  EXPECT_NE(small::words(too_few.error()).find("1 trucks for 2 products"), std::string::npos);
}

// The direct road and the sea are two links, the way to the smelter by the fork is two as well.
TEST(Plant, IsFedEvenWhereAMarketIsAsNear) {
  auto text = small::replaced(small::smelted_corridor(),
                              "from = \"pit\"\nto = \"smelter\"",
                              "from = \"fork\"\nto = \"smelter\"");
  text = small::replaced(std::move(text), "[\"track\", ", "[\"direct\", \"by_fork\", \"track\", ");
  text += R"toml(
[[site]]
id = "fork"
kind = "junction"
at = [63.3, 25.9]
[[link]]
id = "direct"
mode = "road"
from = "pit"
to = "haven"
[link.road]
[[link]]
id = "by_fork"
mode = "road"
from = "pit"
to = "fork"
[link.road]
)toml";
  auto const p = small::without_rail(text);
  auto const ways = appraisal::ways(p, p.options[1]);
  ASSERT_TRUE(ways) << small::words(ways.error());
  EXPECT_EQ(ways->front().plant, "smelter");
}

TEST(Plant, IsRefusedWithARemedy) {
  EXPECT_NE(refused("share = 0.275", "share = 0.3").find("of copper leave"), std::string::npos);
  EXPECT_NE(refused("product = \"acid\"\nshare", "product = \"copper\"\nshare")
                .find("names 'copper' twice"),
            std::string::npos);
  EXPECT_NE(
      no_ways("\"road_to_haven\", \"sea\"", "\"sea\"").find("no way leads copper from Smelter"),
      std::string::npos);
  auto unfed = small::without_rail(small::smelted_corridor());
  for (auto& site : unfed.sites) {
    if (site.plant) {
      site.plant->input = "slag";
    }
  }
  auto const ways = appraisal::ways(unfed, unfed.options[1]);
  ASSERT_FALSE(ways);
  EXPECT_NE(small::words(ways.error()).find("nothing that Smelter works comes to it"),
            std::string::npos);
  EXPECT_NE(no_ways("stockpile = \"30 kt\"\noperating",
                    "owner = \"third-party\"\nstockpile = \"30 kt\"\noperating")
                .find("belongs to a third party and feeds Smelter"),
            std::string::npos);
}
