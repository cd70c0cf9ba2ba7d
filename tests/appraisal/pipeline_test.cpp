/// A mine, a slurry pipeline and a port whose tonnes, cost, current and water can be worked by
/// hand.

#include <algorithm>

#include <gtest/gtest.h>

#include "money.hpp"
#include "piped_corridor.hpp"

using namespace tidewater;
using namespace tidewater::units;

namespace {

appraisal::Appraisal const& piped() {
  return small::piped_once();
}
appraisal::OptionResult const& by_pipe() {
  return piped().options.at(1);
}

constexpr std::size_t kFullYear = 6;  ///< 2033, of 365 days, in the fourth year of the mine
constexpr double kDry = 40.0 * 24 * 365;

/// A running cost of the pipeline's life in its full year.
double cost_of(std::string const& name) {
  auto const& p = piped().project;
  auto const& design = *by_pipe().design;
  auto const model = appraisal::corridor_model(p, p.options[1], design);
  appraisal::Books books{p};
  finance::Venture venture;
  appraisal::add_operation(
      p, p.options[1], design, {*model, by_pipe().median.life}, books, venture);
  auto const found = std::find_if(venture.costs.begin(),
                                  venture.costs.end(),
                                  [&](auto const& cost) { return cost.name == name; });
  return found == venture.costs.end()
             ? -1
             : std::get<std::vector<Money>>(found->amount).at(kFullYear).in(usd);
}

}  // namespace

TEST(Pipeline, CarriesWhatItsPumpsAllowToABatchAndShipsItToALot) {
  auto const& life = by_pipe().median.life;
  ASSERT_EQ(life.pipelines.size(), 1U);
  EXPECT_NEAR(life.pipelines[0][kFullYear].in(t), kDry, 400);
  EXPECT_NEAR(by_pipe().median.years[kFullYear].shipped.in(t), kDry, 30000 * 0.92 + 1);
}

TEST(Pipeline, CostsItsLengthTimesItsRate) {
  double cost = 0;
  for (auto const& part : by_pipe().median.parts) {
    cost += part.part == appraisal::PartCost::Part::kPipeline ? part.cost.in(musd) : 0;
  }
  EXPECT_NEAR(cost, 50 * 0.8, 1e-9);
}

TEST(Pipeline, DrawsTheCurrentOfItsHead) {
  // 18 m in a thousand over 50 km less a fall of 150 m: 750 m of slurry, of which 60 % is solids.
  double const per_t = 750 * 9.80665 / (0.60 * 0.70) / 3.6e6 * 1000;  // kWh
  auto const& pipe = *piped().project.links[1].pipeline;
  EXPECT_NEAR(appraisal::pumping_energy(pipe, 50.0 * km).in(kWh / t), per_t, 1e-12);
  double const dry = by_pipe().median.life.pipelines[0][kFullYear].in(t);
  EXPECT_NEAR(cost_of("pumping, track"), dry * per_t * 0.1, 1e-6);
  EXPECT_NEAR(cost_of("pipeline, track"), 50 * 6000 + 2 * dry, 1e-6);
}

TEST(Pipeline, DrawsNothingWhereItRunsDownByItself) {
  auto pipe = *piped().project.links[1].pipeline;
  pipe.lift.value = -1000.0 * m;
  EXPECT_EQ(appraisal::pumping_energy(pipe, 50.0 * km), EnergyPerMass{});
}

TEST(Pipeline, CarriesOneProduct) {
  auto two = small::replaced(
      small::piped_corridor(), "[[site]]\nid = \"haven\"", R"toml([[site.mine.deposit]]
product = "molybdenite"
reserve = "1 Mt"
[[site.mine.deposit.phase]]
output = "0.1 Mt/a"
capex = "1 M EUR"
[[site]]
id = "haven")toml");
  two += "\n[[product]]\nid = \"molybdenite\"\ntreatment_charge = \"0 EUR/t\"\n";
  auto const file = io::read_project(two, "two.toml");
  ASSERT_TRUE(file) << small::words(file.error());
  auto const ways = appraisal::ways(file->project, file->project.options[1]);
  ASSERT_FALSE(ways);
  EXPECT_NE(small::words(ways.error()).find("2 products come to the pipeline track"),
            std::string::npos);
}
