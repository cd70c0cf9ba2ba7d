/// Trains that need crews: what these let through, what is laid to them, what one more gains.

#include <gtest/gtest.h>

#include "tidewater/corridor/bench.hpp"

#include "corridor_worlds.hpp"
#include "one_life.hpp"

using namespace tidewater;
using namespace tidewater::corridor;
using namespace tidewater::units;

namespace {

// 2,000 t at 1,000 t/h and an hour beside it at either end, four sections of 60 min out and 50 min
// back; the ore is there as soon as it is asked for, and on two tracks no train meets another.
constexpr double kTrip = 2 + 1 + 4 + 2 + 1 + 4 * 50 / 60.0;  // h
constexpr double kRest = 8;

CorridorModel manned(int crews) {
  auto model = worlds::plain({.years = 4, .output = 300e6 * t / year, .consists = 4});
  model.lines[kLine].tracks = 2;
  model.fleets[kFleet].crews = Crews{.count = crews, .duty = 14 * h, .rest = kRest * h};
  return model;
}

double trips_a_year(Life const& life) {
  return life.fleets[kFleet].years[1].round_trips;
}

std::string words_of(CorridorModel const& model) {
  std::string out;
  for (auto const& fault : faults(model)) {
    out += fault.where + ": " + fault.what + " (" + fault.remedy + ")\n";
  }
  return out;
}

}  // namespace

TEST(Crews, ThatBindMakeTheirNumberOverRoundTripAndRest) {
  for (int const crews : {1, 2, 3}) {
    EXPECT_NEAR(trips_a_year(one_life(manned(crews))), crews * 8760 / (kTrip + kRest), crews)
        << crews;
  }
}

TEST(Crews, InPairsMakeHalfAsMany) {
  auto model = manned(4);
  model.fleets[kFleet].crews->per_train = 2;
  model.fleets[kFleet].crews->duty = 7 * h;
  EXPECT_NEAR(trips_a_year(one_life(model)), 2 * 8760 / (kTrip + kRest), 2);
}

TEST(Crews, EnoughOfThemChangeNothing) {
  auto model = manned(9);
  Life const with = one_life(model);
  model.fleets[kFleet].crews.reset();
  Life const without = one_life(model);
  for (std::size_t y = 0; y < 4; ++y) {
    EXPECT_EQ(with.fleets[kFleet].years[y].round_trips,
              without.fleets[kFleet].years[y].round_trips);
    EXPECT_EQ(with.products[kProduct][y].delivered, without.products[kProduct][y].delivered);
    EXPECT_EQ(with.fleets[kFleet].years[y].wait_crew, Time{});
  }
}

// Of four trains one is on its trip for 13.3 of 21.3 hours; all others, and all four in the rest of
// the time, wait for the crew.
TEST(Crews, AreWhatAFullPileIsLaidToWhileTrainsStandForThem) {
  Life const life = one_life(manned(1));
  double const crew = lost(life.losses, LossCause::kCrew).in(kt);
  double const under_way = lost(life.losses, LossCause::kNoVehicle).in(kt);
  EXPECT_NEAR(crew / (crew + under_way), 1 - 0.25 * kTrip / (kTrip + kRest), 0.005);
  double const waited = life.fleets[kFleet].years[2].wait_crew.in(h);
  EXPECT_NEAR(
      waited, (4 - kTrip / (kTrip + kRest)) * 8784, 200);  // what began is counted at its end
}

TEST(Crews, OneMoreIsTheReliefWhereTheyBindAndOneMoreTrainIsNone) {
  auto const ranking = rank_bottlenecks(manned(1), {.seed = 5, .replications = 2, .threads = 2});
  auto const gain_of = [&](std::string const& what) {
    for (Gain const& gain : ranking.gains) {
      if (gain.asset == "fleet trains" && gain.what == what) {
        return gain.tonnes_a_year.mean;
      }
    }
    ADD_FAILURE() << what;
    return 0.0;
  };
  double const a_crew = 2000 * 8766 / (kTrip + kRest);
  EXPECT_NEAR(gain_of("one more crew"), a_crew, 20000 / 2.0);
  EXPECT_NEAR(gain_of("one more consist"), 0, 20000 / 2.0);
}

TEST(Crews, AreNamedWhereATrainWaitsForThem) {
  auto const model = manned(1);
  Life const life =
      simulate(model, {.seed = 1}, {.watch = Watch{.from = 20 * day, .until = 21 * day}});
  std::size_t waiting = 0;
  for (std::uint32_t consist = 1; consist <= 4; ++consist) {
    for (auto const& told :
         stretches(model, *life.detail, Place{Place::Kind::kFleet, 0, consist})) {
      if (told.state == "awaiting a crew, port port") {
        ++waiting;
        EXPECT_EQ(told.because, "all of its fleet's crews (1) are on trains or at rest");
      }
    }
  }
  EXPECT_GE(waiting, 3U);
}

TEST(Crews, ThatCannotManARoundTripAreRefusedWithTheirRemedy) {
  auto model = manned(2);
  model.fleets[kFleet].crews->duty = 12 * h;
  EXPECT_EQ(words_of(model),
            "/corridor/fleet/trains/crews/per_train: a round trip takes 13.3 h, beyond the duty of "
            "1 crews of 12.0 h (state 2 crews per train, who relieve each other)\n");
  model.fleets[kFleet].crews->per_train = 2;
  EXPECT_EQ(words_of(model), "");
  model.fleets[kFleet].crews->per_train = 3;
  EXPECT_NE(words_of(model).find("2 crews man no train that takes 3"), std::string::npos);
}
