// Rules between fields. The wording is held by tests/cases/bad_projects; here, that rules hold
// where they should and stay silent where nothing is wrong.

#include <algorithm>

#include <gtest/gtest.h>

#include "tidewater/project/catalogue.hpp"
#include "tidewater/project/describe.hpp"

namespace tidewater::project {
namespace {

/// Mine - road - port - sea - market, and an option that builds nothing.
Project sound() {
  Project p;
  p.header.name = "sound";
  p.header.first_year = 2025;
  p.sites.resize(3);
  p.sites[0].id = "pit";
  p.sites[0].kind = Site::Kind::kMine;
  p.sites[0].mine.emplace();
  p.sites[0].mine->deposits.resize(1);
  p.sites[0].mine->deposits[0].product = "ore";
  p.sites[0].mine->deposits[0].phases.resize(1);
  p.sites[1].id = "port";
  p.sites[1].kind = Site::Kind::kPort;
  p.sites[1].port.emplace();
  p.sites[1].port->berths.resize(1);
  p.sites[2].id = "smelter";
  p.sites[2].kind = Site::Kind::kMarket;
  p.products.resize(1);
  p.products[0].id = "ore";
  p.vessels.resize(1);
  p.vessels[0].id = "ship";
  p.vessels[0].catalogue = "handysize";
  fill_from_catalogue(p.vessels[0]);
  p.links.resize(2);
  p.links[0].id = "haul";
  p.links[0].mode = Link::Mode::kRoad;
  p.links[0].from = "pit";
  p.links[0].to = "port";
  p.links[0].road.emplace();
  p.links[1].id = "voyage";
  p.links[1].mode = Link::Mode::kSea;
  p.links[1].from = "port";
  p.links[1].to = "smelter";
  p.links[1].sea.emplace();
  p.links[1].sea->vessel = "ship";
  p.options.resize(2);
  p.options[0].name = "no_project";
  p.options[1].name = "trucks";
  p.options[1].links = {"haul", "voyage"};
  return p;
}

std::vector<std::string> broken(Project const& p) {
  std::vector<std::string> out;
  for (auto const& d : verify(p)) {
    out.push_back(d.code + " " + d.where);
  }
  return out;
}

using Faults = std::vector<std::string>;

TEST(Verify, FindsNothingInASoundProject) {
  EXPECT_EQ(broken(sound()), Faults{});
}

TEST(Verify, LooksUpEveryName) {
  auto p = sound();
  p.links[1].sea->vessel = "boat";
  p.options[1].links[0] = "hall";
  p.sites[0].mine->deposits[0].product = "oar";
  p.header.reference_option = "rail";
  auto const faults = broken(p);
  for (auto const* where : {"/link/voyage/sea/vessel",
                            "/option/trucks/links",
                            "/site/pit/mine/deposit/0/product",
                            "/project/reference_option"}) {
    EXPECT_EQ(std::count(faults.begin(), faults.end(), std::string{"TW0302 "} + where), 1) << where;
  }
  EXPECT_EQ(faults.size(), 4U);
}

TEST(Verify, WantsNamesOnceAndFitForAPath) {
  auto p = sound();
  p.sites.push_back(p.sites[2]);
  p.products[0].id = "a b";
  p.sites[0].mine->deposits[0].product = "a b";
  EXPECT_EQ(broken(p), (Faults{"TW0301 /site/smelter/id", "TW0314 /product/a b/id"}));
}

TEST(Verify, WantsTheTablesOfAKind) {
  auto p = sound();
  p.sites[0].mine.reset();
  p.links[0].road.reset();
  EXPECT_EQ(broken(p), (Faults{"TW0304 /site/pit", "TW0304 /link/haul"}));
}

TEST(Verify, WantsABerthWhereShipsLoad) {
  auto p = sound();
  p.sites[1].port->berths.clear();
  EXPECT_EQ(broken(p), Faults{"TW0315 /link/voyage/from"});
}

TEST(Verify, WantsAnOptionThatBuildsNothing) {
  auto p = sound();
  p.options.erase(p.options.begin());
  EXPECT_EQ(broken(p), Faults{"TW0309 /option"});
}

TEST(Verify, HoldsArmedGroupsToBeAHazardNeverAParty) {
  auto p = sound();
  p.parties.resize(1);
  p.parties[0].id = "x";
  p.parties[0].role = Party::Role::kRiskOnly;
  EXPECT_EQ(broken(p), Faults{"TW0312 /party/x/role"});
}

TEST(Verify, SumsSharesOfOwnersAndOfHires) {
  auto p = sound();
  p.shareholders.resize(2);
  p.shareholders[0].share = 0.5;
  p.shareholders[1].share = 0.4;
  p.sites[0].staff.from_district = 0.7;
  p.sites[0].staff.from_province = 0.4;
  EXPECT_EQ(broken(p), (Faults{"TW0305 /site/pit/staff/from_district", "TW0311 /shareholder"}));
  p.shareholders[1].share = 0.5;
  p.sites[0].staff.from_province = 0.3;
  EXPECT_EQ(broken(p), Faults{});
}

TEST(Verify, WantsResistanceForBothLoadsAboveZeroAndTwoLocomotivesInTwoPlaces) {
  auto p = sound();
  p.wagons.resize(1);
  p.wagons[0].id = "w";
  p.wagons[0].resistance_loaded = {{0.0, 1000.0}, {20.0, 2000.0}};
  EXPECT_EQ(broken(p), Faults{"TW0320 /wagon/w/resistance_loaded"});
  p.wagons[0].resistance_empty = {{0.0, 500.0}, {20.0, 0.0}};
  EXPECT_EQ(broken(p), Faults{"TW0320 /wagon/w/resistance_empty"});
  p.wagons[0].resistance_empty[1].y = 800.0;
  EXPECT_EQ(broken(p), Faults{});
  p.consists.resize(1);
  p.consists[0].id = "c";
  p.consists[0].remote = 0.5;
  EXPECT_EQ(broken(p), Faults{});  // as many as the grade needs
  p.consists[0].locomotives = 1.0;
  EXPECT_EQ(broken(p), Faults{"TW0320 /consist/c/remote"});
  p.consists[0].locomotives = 2.0;
  EXPECT_EQ(broken(p), Faults{});
}

TEST(Verify, GivesEveryFaultARemedy) {
  auto p = sound();
  p.links[1].to = "port";
  p.header.start_year = 1900.0;
  p.hazards.resize(1);
  p.hazards[0].id = "h";
  p.hazards[0].at = "nowhere";
  auto const faults = verify(p);
  EXPECT_EQ(faults.size(), 3U);
  for (auto const& d : faults) {
    EXPECT_FALSE(d.what.empty() || d.remedy.empty() || d.code.empty()) << d.where;
  }
}

}  // namespace
}  // namespace tidewater::project
