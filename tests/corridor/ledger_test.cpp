/// The loss ledger: worlds in which every loss is known by arithmetic, and laws over drawn ones.

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "tidewater/corridor/simulate.hpp"

#include "corridor_worlds.hpp"
#include "life_digest.hpp"
#include "one_life.hpp"
#include "random_corridor.hpp"

using namespace tidewater;
using namespace tidewater::corridor;
using namespace tidewater::units;

namespace {

/// Sums are exact but for the rounding of doubles: 2e-13 of the plan at worst.
constexpr double kRounding = 1e-12;

double kt_of(Life const& life, LossCause cause) {
  return lost(life.losses, cause).in(kt);
}

double plan_kt(Life const& life) {
  return planned(life.losses, kProduct).in(kt);
}

/// What was not mined with the pile full, whatever held the cargo back.
double pile_full_kt(Life const& life) {
  double total = 0;
  for (Loss const& loss : life.losses.entries) {
    bool const full = loss.cause >= LossCause::kNotOpen && loss.cause <= LossCause::kNoContract;
    total += full ? loss.total().in(kt) : 0;
  }
  return total;
}

std::string where(Life const& life, LossCause cause) {
  std::string places;
  for (Loss const& loss : life.losses.entries) {
    places += loss.cause == cause ? loss.where + ";" : "";
  }
  return places;
}

/// The largest part of a product's plan of any year, or of all, that the ledger does not explain.
double unexplained(Life const& life) {
  double worst = 0;
  for (std::uint32_t p = 0; p < life.losses.plan.size(); ++p) {
    ProductId const product{p};
    double const plan = planned(life.losses, product).base();
    double whole = plan - lost(life.losses, product).base();
    for (std::size_t y = 0; y < life.products[product].size(); ++y) {
      Mass const shipped = life.products[product][y].shipped;
      Mass gap = life.losses.plan[product][y] - shipped;
      for (Loss const& loss : life.losses.entries) {
        gap -= loss.product == product ? loss.years[y] : Mass{};
      }
      whole -= shipped.base();
      worst = std::max(worst, std::abs(gap.base()) / plan);
    }
    worst = std::max(worst, std::abs(whole) / plan);
  }
  return worst;
}

/// The plain corridor twice over, side by side, with one product.
CorridorModel two_corridors(worlds::Plain const& plain) {
  auto model = worlds::plain(plain);
  auto const again = [](auto& things) {
    auto copy = *things.begin();
    copy.id += " 2";
    return things.push(copy);
  };
  auto const mine = again(model.mines);
  auto const line = again(model.lines);
  auto const fleet = again(model.fleets);
  auto const port = again(model.ports);
  Route route = model.routes[RouteId{0}];
  RailHaul& haul = std::get<RailHaul>(route.hauls[0]);
  haul.fleet = fleet;
  haul.legs[0].line = line;
  route.from = mine;
  route.to = port;
  model.routes.push(route);
  ShippingContract sales = model.contracts[0];
  sales.id += " 2";
  sales.port = port;
  model.contracts.push_back(sales);
  return model;
}

/// No change of stock, nor output above the plan: below zero it would be a tonne found.
bool is_a_loss(LossCause cause) {
  return cause != LossCause::kMadeGood && cause <= LossCause::kLost;
}

}  // namespace

// Trains and ships beyond need, so only the mine loses: up it makes 0.5 / 0.8 Mt/a, down nothing.
TEST(LossLedger, LaysAnOutageToTheMineAtTheRateItHasWhileUp) {
  auto model = worlds::plain({.years = 5, .consists = 3});
  model.mines[kMine].reliability = {.availability = 0.8, .mean_down = 4 * day};
  Life const life = one_life(model);
  double down = 0;
  for (MineYear const& entry : life.mines[kMine]) {
    down += entry.down / year;
  }
  double const years = 1826 / 365.25;  // 2030 to 2034
  ASSERT_GT(down, 0.5);
  EXPECT_NEAR(plan_kt(life), 500 * years, 1e-6);
  EXPECT_NEAR(kt_of(life, LossCause::kOutage), 500 / 0.8 * down, 1e-6);
  EXPECT_NEAR(kt_of(life, LossCause::kMadeGood), -(500 / 0.8 - 500) * years, 1e-6);
  EXPECT_EQ(kt_of(life, LossCause::kMineHazard), 0);
  EXPECT_EQ(pile_full_kt(life), 0);
  EXPECT_EQ(where(life, LossCause::kOutage), "mine mine;");
  EXPECT_LT(unexplained(life), kRounding);
}

// Standing still as long as the book of the mine says, and up to 1,000 t taken by each raid.
TEST(LossLedger, TellsAHazardOfTheMineFromItsOutages) {
  auto model = worlds::plain({.years = 5, .consists = 3});
  model.hazards = {{.id = "raid",
                    .where = kMine,
                    .rate = 3 / year,
                    .per_length = {},
                    .mean_repair = 5 * day,
                    .loss = 1000 * t}};
  Life const life = one_life(model);
  double down = 0;
  for (MineYear const& entry : life.mines[kMine]) {
    down += entry.down / year;
  }
  ASSERT_GT(down, 0);
  EXPECT_NEAR(kt_of(life, LossCause::kMineHazard), 500 * down, 1e-6);
  EXPECT_EQ(kt_of(life, LossCause::kOutage), 0);
  ASSERT_GT(life.balance[kProduct].lost, Mass{});
  EXPECT_NEAR(kt_of(life, LossCause::kLost), life.balance[kProduct].lost.in(kt), 1e-9);
  EXPECT_EQ(where(life, LossCause::kLost), "mine mine;");
  EXPECT_LT(unexplained(life), kRounding);
}

// 1,000 kt less two days planned, 300 kt in the ground.
TEST(LossLedger, SaysWhatWasPlannedBeyondTheReserve) {
  auto model = worlds::plain({.years = 2});
  model.mines[kMine].reserve = 300 * kt;
  Life const life = one_life(model);
  EXPECT_NEAR(kt_of(life, LossCause::kReserveUsedUp), plan_kt(life) - 300, 1e-6);
  EXPECT_LT(unexplained(life), kRounding);
}

// Nobody fetches: the pile takes 60 kt, then all of the plan is lost to a fleet of no trains. For
// the first half year the corridor is not open.
TEST(LossLedger, LaysAPileThatNobodyFetchesToTheFleetOnceTheCorridorIsOpen) {
  auto model = worlds::plain({.years = 2, .consists = 0});
  model.opening = 0.5 * year;
  Life const life = one_life(model);
  EXPECT_NEAR(kt_of(life, LossCause::kNotOpen), 250 - 60, 1e-6);
  EXPECT_NEAR(kt_of(life, LossCause::kNoVehicle), plan_kt(life) - 250, 1e-6);
  EXPECT_NEAR(kt_of(life, LossCause::kStock), 60, 1e-9);
  EXPECT_EQ(where(life, LossCause::kNoVehicle), "fleet trains;");
  EXPECT_LT(unexplained(life), kRounding);
}

// One consist takes 2 kt every 13 h 20 min; the mine makes 3 Mt/a.
TEST(LossLedger, LaysAPileThatTrainsCannotKeepUpWithToTheFleet) {
  Life const life = one_life(worlds::plain({.output = 3e6 * t / year, .consists = 1}));
  double const trips = std::floor(1096 * 24 / (40.0 / 3)) + 1;
  EXPECT_NEAR(kt_of(life, LossCause::kNoVehicle), plan_kt(life) - 2 * trips - 60, 2.1);
  EXPECT_NEAR(kt_of(life, LossCause::kNoVehicle), pile_full_kt(life), 1e-9);
  EXPECT_LT(unexplained(life), kRounding);
}

// The pile is full again before a train has left, so each second that the line keeps the one train
// costs a second's output.
TEST(LossLedger, LaysTheTimeATrainIsHeldUpByClosuresToTheLine) {
  auto model = worlds::plain({.output = 300e6 * t / year, .consists = 1});
  model.hazards = {{.id = "flood",
                    .where = LineStretch{kLine, 1, 2},
                    .rate = 40 / year,
                    .per_length = {},
                    .mean_repair = 6 * h,
                    .loss = 500 * t}};
  Life const life = one_life(model);
  double held = 0;  // known before a path is given, or not
  for (LineYear const& entry : life.lines[kLine].years) {
    held += entry.delay / year;
  }
  ASSERT_GT(held, 0.02);
  // Setting out while the line is shut, or caught on it: nobody else is there to wait for.
  EXPECT_NEAR(kt_of(life, LossCause::kLineShut), 300e3 * held, 1e-6 * 300e3);
  EXPECT_NEAR(kt_of(life, LossCause::kLineBusy), 0, 1e-6 * 300e3);
  EXPECT_NEAR(kt_of(life, LossCause::kLost), life.balance[kProduct].lost.in(kt), 1e-9);
  ASSERT_GT(life.balance[kProduct].lost, Mass{});
  EXPECT_EQ(where(life, LossCause::kLost), "line line section 2;line line section 3;");
  EXPECT_LT(unexplained(life), kRounding);
}

// The yard takes 100 kt, the two trains 4 kt, the pile 60 kt; then nothing moves.
TEST(LossLedger, LaysAFullYardToTheSalesCurveThatCallsNoShip) {
  auto model = worlds::plain({});
  model.contracts[0].tonnage = {{Time{}, MassRate{}}};
  Life const life = one_life(model);
  EXPECT_NEAR(kt_of(life, LossCause::kSalesCurve), plan_kt(life) - 164, 1e-6);
  EXPECT_NEAR(kt_of(life, LossCause::kSalesCurve), pile_full_kt(life), 1e-9);
  EXPECT_NEAR(kt_of(life, LossCause::kUnsold), 100, 1e-6);
  EXPECT_NEAR(kt_of(life, LossCause::kOnTheWay), 4, 1e-8);  // a load short by 1e-9 counts as full
  EXPECT_NEAR(kt_of(life, LossCause::kStock), 60, 1e-6);
  EXPECT_EQ(where(life, LossCause::kSalesCurve), "sales sales;");
  EXPECT_LT(unexplained(life), kRounding);
}

// The same, kept in by a storm of the whole life: four ships of 20 kt wait for it.
TEST(LossLedger, LaysAFullYardToTheWeatherThatKeepsTheShipsOut) {
  auto model = worlds::plain({});
  model.ports[kPort].weather = {
      {.id = "storm", .season = {1, 366}, .mean_closed = 1e9 * day, .mean_open = 1 * s}};
  Life const life = one_life(model);
  EXPECT_NEAR(kt_of(life, LossCause::kWeather), plan_kt(life) - 164, 1e-6);
  EXPECT_NEAR(kt_of(life, LossCause::kAwaitsShip), 80, 1e-6);
  EXPECT_NEAR(kt_of(life, LossCause::kPartLot), 20, 1e-6);
  EXPECT_EQ(where(life, LossCause::kWeather), "port port;");
  EXPECT_LT(unexplained(life), kRounding);
}

// One berth that loads 200 kt a year and ships that come in time: what the yard cannot take is laid
// to the berth.
TEST(LossLedger, LaysAFullYardToTheBerthThatCannotLoadFaster) {
  auto model = worlds::plain({});
  model.ports[kPort].berths[0].loading_rate = 200e3 * t / year;
  Life const life = one_life(model);
  EXPECT_NEAR(kt_of(life, LossCause::kShipLoading), pile_full_kt(life), 0.01 * pile_full_kt(life));
  EXPECT_GT(kt_of(life, LossCause::kShipLoading), 100);
  EXPECT_EQ(where(life, LossCause::kShipLoading), "berth port 1;");
  EXPECT_LT(unexplained(life), kRounding);
}

// A hub between: trucks tip into its yard, and no train comes for it.
TEST(LossLedger, FollowsAFullHubToTheFleetThatDoesNotEmptyIt) {
  auto model = worlds::plain({.consists = 0});
  auto const hub = model.hubs.push({.id = "hub",
                                    .unloading_rate = 1000 * t / h,
                                    .unloading_tracks = 1,
                                    .stockyard = 10 * kt,
                                    .loading_rate = 1000 * t / h});
  Route& route = model.routes[RouteId{0}];
  RoadHaul const road{.id = "road",
                      .length = 40 * km,
                      .loaded = 40 * kmh,
                      .empty = 40 * kmh,
                      .payload = 50 * t,
                      .trucks = 10};
  route.hubs = {hub};
  route.hauls.insert(route.hauls.begin(), road);
  Life const life = one_life(model);
  EXPECT_EQ(where(life, LossCause::kNoVehicle), "fleet trains;");
  EXPECT_NEAR(kt_of(life, LossCause::kNoVehicle), pile_full_kt(life), 1e-9);
  EXPECT_NEAR(kt_of(life, LossCause::kNoVehicle), plan_kt(life) - 60 - 10 - 10 * 0.05, 1e-6);
  EXPECT_LT(unexplained(life), kRounding);
}

// The pile is full while the one train is tipped, so each second of that in which the port is
// struck costs a second's output; no event marks the ends of closures between.
TEST(LossLedger, LaysOnlyTheTimeThatAPlaceIsStruckToItsHazard) {
  auto model = worlds::plain({.output = 300e6 * t / year, .consists = 1});
  model.ports[kPort].unloading_rate = 50 * t / h;
  model.hazards = {{.id = "raid",
                    .where = kPort,
                    .rate = 40 / year,
                    .per_length = {},
                    .mean_repair = 6 * h,
                    .loss = {}}};
  Time const end = 1096 * day;
  Life const life = simulate(model, {.seed = 1}, {.watch = Watch{Time{}, end}});
  Trace const& trace = life.detail->trace;
  Time struck{};
  for (ConsistSpell const& spell : trace.consists) {
    Time done = spell.from;  // raids overlap now and then
    for (PlaceClosure const& closure : trace.closures) {
      Time const from = std::max(done, closure.from);
      Time const until = std::min({spell.until, closure.until, end});
      if (spell.doing == Doing::kUnloading && until > from) {
        struck += until - from;
        done = until;
      }
    }
  }
  ASSERT_GT(struck, 10 * day);
  EXPECT_NEAR(kt_of(life, LossCause::kPlaceStruck), 300e3 * (struck / year), 1e-6 * 300e3);
  EXPECT_LT(unexplained(life), kRounding);
}

// Ore without end: the pile is full but for the minute in which it makes good a batch, and each
// hour of it is laid to the pipeline's outage while there is one and else to its rate.
TEST(LossLedger, LaysAFullPileToThePipelinesOutagesAndItsRate) {
  auto model = worlds::plain({.output = 300e6 * t / year});
  model.routes[RouteId{0}].hauls = {
      PipelineHaul{.id = "pipe",
                   .length = 60 * km,
                   .velocity = 6 * kmh,
                   .batch = 500 * t,
                   .rate = 100 * t / h,
                   .reliability = {.availability = 0.75, .mean_down = 8 * h}}};
  Time const end = 1096 * day;
  Life const life = simulate(model, {.seed = 1}, {.watch = Watch{Time{}, end}});
  Time down{};
  for (PlaceClosure const& closure : life.detail->trace.closures) {
    down += closure.where.kind == Place::Kind::kPipeline
                ? std::min(closure.until, end) - closure.from
                : Time{};
  }
  ASSERT_GT(down, 200 * day);
  EXPECT_NEAR(kt_of(life, LossCause::kPipelineDown), 300e3 * (down / year), 0.002 * 300e3);
  EXPECT_EQ(where(life, LossCause::kPipelineDown), "pipeline pipe;");
  EXPECT_NEAR(kt_of(life, LossCause::kPipelineDown) + kt_of(life, LossCause::kPipelineRate),
              pile_full_kt(life),
              1e-6 * plan_kt(life));
  EXPECT_LT(unexplained(life), kRounding);
}

/// The second port loads slowly and storms shut it: both piles wait for it alike.
void expect_that_a_storm_at_the_second_port_holds_back_both_mines(CorridorModel model) {
  Port& second = model.ports[PortId{1}];
  second.berths[0].loading_rate = 50 * t / h;
  second.weather = {{.id = "storm", .season = {1, 366}, .mean_closed = 6 * h, .mean_open = 12 * h}};
  Life const life = one_life(model);
  std::array<double, 2> storm{};
  for (Loss const& loss : life.losses.entries) {
    if (loss.cause == LossCause::kWeather) {
      storm[loss.mine->index()] += loss.total().in(kt);
    }
  }
  ASSERT_GT(storm[1], 10e3);
  EXPECT_NEAR(storm[0], storm[1], 1e-3 * storm[1]);
  EXPECT_LT(unexplained(life), kRounding);
}

// Two mines tip into one hub, from which a railway leads to each of two ports. Whoever's pile is
// full waits for both ports alike, whichever its own route ends at; it is full again at once.
TEST(LossLedger, FollowsEveryPortBehindAHubFromChangeToChange) {
  auto model = two_corridors({.output = 300e6 * t / year});
  auto const hub = model.hubs.push({.id = "hub",
                                    .unloading_rate = 1000 * t / h,
                                    .unloading_tracks = 1,
                                    .stockyard = 10 * kt,
                                    .loading_rate = 1000 * t / h});
  for (std::uint32_t r = 0; r < 2; ++r) {  // ten feeder trains: some always wait for room
    RailLine line = model.lines[kLine];
    Fleet fleet = model.fleets[kFleet];
    line.id = fleet.id = "feeder " + std::to_string(r);
    line.id += " line";
    fleet.consists = 10;
    Route& route = model.routes[RouteId{r}];
    RailHaul feeder = std::get<RailHaul>(route.hauls[0]);
    feeder.fleet = model.fleets.push(fleet);
    feeder.legs[0].line = model.lines.push(line);
    route.hubs = {hub};
    route.hauls.insert(route.hauls.begin(), feeder);
  }
  expect_that_a_storm_at_the_second_port_holds_back_both_mines(model);
}

// One fleet brings two products to one hub, and a railway of its own takes each to a port.
// Whoever's pile is full waits for the trains that stand before either yard, so for both ports.
TEST(LossLedger, FollowsTheOtherProductsOfAFleetToTheirPorts) {
  auto model = two_corridors({.output = 300e6 * t / year});
  auto const other = model.products.push({"other", 0.0});
  model.mines[MineId{1}].product = other;
  model.ports[PortId{1}].stockyards[0].product = other;
  model.contracts[1].product = other;
  auto const hub = model.hubs.push({.id = "hub",
                                    .unloading_rate = 1000 * t / h,
                                    .unloading_tracks = 1,
                                    .stockyard = 10 * kt,
                                    .loading_rate = 1000 * t / h});
  Fleet fleet = model.fleets[kFleet];
  fleet.id = "feeders";
  fleet.consists = 20;  // some always wait for room
  auto const feeders = model.fleets.push(fleet);
  for (std::uint32_t r = 0; r < 2; ++r) {
    RailLine line = model.lines[kLine];
    line.id = "feeder line " + std::to_string(r);
    Route& route = model.routes[RouteId{r}];
    RailHaul feeder = std::get<RailHaul>(route.hauls[0]);
    feeder.fleet = feeders;
    feeder.legs[0].line = model.lines.push(line);
    route.hubs = {hub};
    route.hauls.insert(route.hauls.begin(), feeder);
  }
  expect_that_a_storm_at_the_second_port_holds_back_both_mines(model);
}

// One product, two ports: what is taken at one was never meant for the other's ships.
TEST(LossLedger, ChargesALossToTheContractThatTheCargoWasFor) {
  auto model = two_corridors({});
  Hazard raid{.id = "raid",
              .where = kPort,
              .rate = 20 / year,
              .per_length = {},
              .mean_repair = 1 * h,
              .loss = {}};
  model.hazards = {raid};
  Life const spared = one_life(model);
  model.hazards[0].loss = 3 * kt;
  Life const robbed = one_life(model);
  ASSERT_GT(robbed.balance[kProduct].lost, 50 * kt);
  auto const calls = [](Life const& life, std::uint32_t port) {
    double total = 0;
    for (PortYear const& entry : life.ports[PortId{port}].years) {
      total += entry.ship_calls;
    }
    return total;
  };
  EXPECT_LT(calls(robbed, 0), calls(spared, 0));
  EXPECT_EQ(calls(robbed, 1), calls(spared, 1));
  for (std::size_t y = 0; y < 3; ++y) {
    EXPECT_EQ(robbed.ports[PortId{1}].years[y].wait, spared.ports[PortId{1}].years[y].wait);
  }
}

TEST(LossLedger, ChangesNothingElse) {
  for (std::uint32_t number = 0; number < 40; ++number) {
    auto const model = worlds::RandomCorridor{number}.draw();
    Life const with = simulate(model, {.seed = 9});
    Life const without = simulate(model, {.seed = 9}, {.losses = LossBooks::kNone});
    EXPECT_EQ(digest(with), digest(without)) << "world " << number;
    EXPECT_TRUE(without.losses.entries.empty());
  }
  auto const large = worlds::large({.years = 4, .consists = 2});
  EXPECT_EQ(digest(simulate(large, {.seed = 9})),
            digest(simulate(large, {.seed = 9}, {.losses = LossBooks::kNone})));
}

TEST(LossLedger, SumsToTheGapBetweenPlanAndShipmentsInEveryDrawnWorld) {
  double worst = 0;
  std::vector<int> met(kLossCauses);
  for (std::uint32_t number = 0; number < 200; ++number) {
    SCOPED_TRACE("world " + std::to_string(number));
    auto const model = worlds::RandomCorridor{number}.draw();
    Life const life = simulate(model, {.seed = 9});
    double const gap = unexplained(life);
    EXPECT_LT(gap, kRounding);
    worst = std::max(worst, gap);
    for (Loss const& loss : life.losses.entries) {
      ++met[static_cast<std::size_t>(loss.cause)];
      double const plan = planned(life.losses, loss.product).base();
      for (Mass const mass : loss.years) {
        EXPECT_TRUE(!is_a_loss(loss.cause) || mass.base() >= -kRounding * plan)
            << name(loss.cause) << " at " << loss.where << ": " << mass.in(t) << " t";
      }
      EXPECT_TRUE(loss.cause == LossCause::kMadeGood || loss.total().base() >= -kRounding * plan)
          << name(loss.cause) << " at " << loss.where << ": " << loss.total().in(t) << " t";
    }
  }
  std::printf("worst: %.3g of the plan\n", worst);
  for (std::size_t cause = 0; cause < kLossCauses; ++cause) {
    std::printf("%7d %s\n", met[cause], std::string{name(static_cast<LossCause>(cause))}.c_str());
  }
}

TEST(LossLedger, IsAveragedEntryByEntryOverTheLives) {
  Lives const lives =
      experiment(worlds::large({.years = 3, .consists = 2}), {.seed = 2, .replications = 3});
  Losses const mean = mean_losses(lives);
  double by_hand = 0;
  for (Life const& life : lives.lives) {
    by_hand += lost(life.losses, kProduct).in(kt) / 3;
  }
  EXPECT_NEAR(lost(mean, kProduct).in(kt), by_hand, 1e-6);
  EXPECT_NEAR(planned(mean, kProduct).in(kt), plan_kt(lives.lives[0]), 1e-6);
}
