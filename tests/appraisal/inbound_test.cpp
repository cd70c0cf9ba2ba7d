/// A mine supplied from the port: its way, its trains or trucks, its costs.

#include <gtest/gtest.h>

#include "tidewater/io/project_file.hpp"

#include "money.hpp"
#include "supplied_corridor.hpp"

using namespace tidewater;
using namespace tidewater::units;

namespace {

constexpr std::size_t kFullYear = 6;  ///< 2033, of 365 days, in the fourth year of the mine
constexpr corridor::InboundId kDiesel{0};

using Costs = std::map<std::string, Money>;

/// Running costs of the road option in its full year.
Costs costs_of(appraisal::Appraisal const& all) {
  auto const& result = all.options.at(1);
  auto const& p = all.project;
  auto const model = appraisal::corridor_model(p, p.options[1], *result.design);
  appraisal::Books books{p};
  finance::Venture venture;
  appraisal::add_operation(
      p, p.options[1], *result.design, {*model, result.median.life}, books, venture);
  Costs out;
  for (auto const& cost : venture.costs) {
    out[cost.name] += std::get<std::vector<Money>>(cost.amount).at(kFullYear);
  }
  return out;
}

/// The rail option drawn, its mine supplied by trains.
struct ByRail {
  project::Project p;
  appraisal::Design design;
  corridor::CorridorModel model;
};
ByRail by_rail(project::Inbound const& flow) {
  ByRail out{small::project_file().project, {}, {}};
  out.p.sites[0].mine->inbound = {flow};
  auto const relief = small::relief();
  auto const ground = appraisal::ground(out.p, &relief);
  auto answer = appraisal::design(out.p, out.p.options[2], &**ground);
  EXPECT_TRUE(answer) << (answer ? "" : small::words(answer.error()));
  out.design = std::get<appraisal::Design>(std::move(*answer));
  auto model = appraisal::corridor_model(out.p, out.p.options[2], out.design);
  EXPECT_TRUE(model) << (model ? "" : small::words(model.error()));
  out.model = std::move(*model);
  return out;
}

}  // namespace

TEST(Inbound, ComesByTruckAsPlannedAndWaitsForALoadAndADispatch) {
  auto const& full = small::supplied_once().options[1].median.life.inbound[kDiesel][kFullYear];
  EXPECT_NEAR(full.planned.in(t), 20e3 * 365 / 365.25, 1e-6);
  EXPECT_NEAR(full.delivered.in(t), full.planned.in(t), 2 * 40);  // truckloads on the way
  // A load of 40 t comes together in 17.5 h, and leaves at the next full four hours: half a load
  // lies there on the mean, and what comes in from none to four hours more.
  EXPECT_GT(full.waiting.in(t), 20);
  EXPECT_LT(full.waiting.in(t), 20 + 20e3 / 8766 * 4);
}

TEST(Inbound, CostsItsPriceHaulageHandlingAndDuesAndLeavesTheOreAlone) {
  auto const& with = small::supplied_once();
  auto const without = small::appraised_by_road(small::supplied({}));
  auto const& life = with.options[1].median.life;
  auto const& bare = without.options[1].median.life;
  for (std::size_t y = 0; y < life.products[corridor::ProductId{0}].size(); ++y) {
    EXPECT_EQ(life.products[corridor::ProductId{0}][y].shipped,
              bare.products[corridor::ProductId{0}][y].shipped);
  }
  double const came = life.inbound[kDiesel][kFullYear].delivered.in(t);
  double const length = with.options[1].design->of_link(1).length.in(km);
  auto const now = costs_of(with);
  auto before = costs_of(without);
  auto const more = [&](std::string const& name) { return (now.at(name) - before[name]).in(usd); };
  EXPECT_NEAR(more("diesel for The Pit"), 900 * came, 0.01);
  EXPECT_NEAR(more("road haulage, track"), 0.08 * length * came, 0.01);
  EXPECT_NEAR(more("running Haven"), 3 * came, 0.01);
  EXPECT_NEAR(more("port dues, Haven"), 2 * came, 0.01);
  EXPECT_EQ(now.at("mining and milling, The Pit"), before.at("mining and milling, The Pit"));
}

TEST(Inbound, OfAThirdPartyPaysTheTariffOfItsMineAndIsNotBought) {
  auto p = small::supplied({small::diesel()});
  p.sites[0].mine->owner = project::Mine::Owner::kThirdParty;
  p.sites[0].mine->tariff.value = 30 * usd / t;
  auto const all = small::appraised_by_road(p);
  auto const& result = all.options[1];
  EXPECT_FALSE(costs_of(all).contains("diesel for The Pit"));
  auto const model = appraisal::corridor_model(p, p.options[1], *result.design);
  appraisal::Books books{p};
  finance::Venture venture;
  appraisal::add_operation(
      p, p.options[1], *result.design, {*model, result.median.life}, books, venture);
  ASSERT_EQ(venture.sales.size(), 2U);
  EXPECT_EQ(venture.sales[1].name, "carriage of diesel for The Pit");
  EXPECT_NEAR(std::get<std::vector<Money>>(venture.sales[1].gross).at(kFullYear).in(usd),
              30 * result.median.life.inbound[kDiesel][kFullYear].delivered.in(t),
              0.01);
}

TEST(Inbound, ByRailHasTrainsOfItsOwnThatRunLoadedAgainstTheOre) {
  auto const made = by_rail(small::diesel());
  ASSERT_EQ(made.design.inbound.size(), 1U);
  auto const& in = made.design.inbound[0];
  ASSERT_TRUE(in.train);
  ASSERT_EQ(made.model.inbound.size(), 1U);
  auto const& haul = std::get<corridor::RailHaul>(made.model.inbound[kDiesel].haul);
  auto const& ore =
      std::get<corridor::RailHaul>(made.model.routes[corridor::RouteId{0}].hauls.front());
  EXPECT_NE(haul.fleet, ore.fleet);
  ASSERT_EQ(haul.legs.size(), 1U);
  EXPECT_EQ(haul.legs[0].line, ore.legs[0].line);
  EXPECT_EQ(haul.legs[0].loaded_direction, corridor::Direction::kBackward);
  // The same train sent up empty and down loaded over the line as it is drawn.
  auto const& rail = *made.design.of_link(0).rail;
  auto const& posts = rail.run.times.posts;
  auto const pair =
      train::pair_times(in.train->sized.empty, in.train->sized.loaded, rail.line, posts, {});
  ASSERT_TRUE(pair);
  auto const& times = std::get<train::PairTimes>(*pair);
  ASSERT_EQ(haul.legs[0].runs.size() + 1, posts.size());
  ASSERT_GE(posts.size(), 3U);
  for (std::size_t k = 0; k + 1 < posts.size(); ++k) {
    auto const own = times.between(posts[k], posts[k + 1]);
    EXPECT_NEAR(haul.legs[0].runs[k].loaded.in(units::s), own.down.in(units::s), 1e-3);
    EXPECT_NEAR(haul.legs[0].runs[k].empty.in(units::s), own.up.in(units::s), 1e-3);
  }
  // Inland lies higher: what goes up there loaded takes more than the ore that comes down.
  EXPECT_GT(in.train->runs[0].loaded.energy.traction,
            made.design.trains[0].runs[0].loaded.energy.traction);
}

TEST(Inbound, FleetIsTheSmallestThatCarriesItTimesItsMargin) {
  auto const made = by_rail(small::diesel());
  auto const& in = made.design.inbound[0];
  auto const cycle = corridor::unobstructed_cycle(made.model, kDiesel);
  double const busy = (20e3 * t / year) * cycle / in.train->sized.payload;
  EXPECT_EQ(in.train->consists, static_cast<int>(std::ceil(1.2 * busy)));
  auto more = small::diesel();
  more.fleet.value = 3;
  EXPECT_EQ(by_rail(more).design.inbound[0].train->consists, 3);
}

TEST(Inbound, ThatNothingCarriesAllTheWayIsRefusedWithItsRemedy) {
  auto flow = small::diesel();
  flow.by = project::Inbound::By::kRail;
  auto const p = small::supplied({flow});
  auto const none = appraisal::design(p, p.options[1], nullptr);
  ASSERT_FALSE(none);
  auto const words = small::words(none.error());
  EXPECT_NE(
      words.find("/site/pit/mine/inbound/diesel: in option road diesel cannot come from Haven "
                 "to The Pit: neither railways nor one road lead all the way"),
      std::string::npos)
      << words;
}
