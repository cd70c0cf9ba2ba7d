/// Two mines on one railway: the far one's trains run over both links, the near one's over the
/// last.

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "tidewater/appraisal/appraise.hpp"
#include "tidewater/corridor/simulate.hpp"

#include "small_corridor.hpp"

using namespace tidewater;
using namespace tidewater::units;

namespace {

constexpr std::size_t kNearLine = 0;  // of Project::links
constexpr std::size_t kFarLine = 3;

/// A ridge across the middle, 0.9 % on both sides.
terrain::GeoRaster ridge() {
  auto r = small::relief();
  for (int row = 0; row < r.rows; ++row) {
    for (int column = 0; column < r.columns; ++column) {
      r.heights[static_cast<std::size_t>(row * r.columns + column)] =
          static_cast<float>(10 + 5 * std::max(0, 40 - std::abs(row - 40)));
    }
  }
  return r;
}

/// The small corridor with a second mine on the ridge half way, and long trains: those of the far
/// mine climb loaded and need more locomotives than those of the near one, which only descend.
project::Project two_mines() {
  auto p = small::project_file().project;
  auto near = p.sites[0];
  near.id = "quarry";
  near.label = "The Quarry";
  near.at = {63.3, 25.795};  // past the crest: loaded trains start downhill
  near.mine->deposits[0].product = "ore";
  near.mine->deposits[0].phases[0].output = 2 * Mt / year;
  p.sites.push_back(near);
  p.products.push_back(p.products[0]);
  p.products.back().id = "ore";
  auto far = p.links[0];
  far.id = "far_line";
  far.to = "quarry";
  p.links[0].from = "quarry";
  p.links.push_back(far);
  p.consists[0].wagons = 60;
  for (auto const k : {kNearLine, kFarLine}) {
    p.links[k].rail->loop_length = 1 * km;
  }
  p.sites[1].port->stockyard = 500 * kt;
  p.options[2].links = {"far_line", "new_line", "sea"};
  return p;
}

appraisal::Design drawn(project::Project const& p) {
  auto const relief = ridge();
  auto const ground = appraisal::ground(p, &relief);
  auto answer = appraisal::design(p, p.options[2], &**ground);
  if (!answer) {
    ADD_FAILURE() << small::words(answer.error());
    return {};
  }
  if (auto const* none = std::get_if<appraisal::NoDesign>(&*answer)) {
    ADD_FAILURE() << none->where << ": " << none->reason << " " << none->place;
    return {};
  }
  return std::get<appraisal::Design>(std::move(*answer));
}

appraisal::TrainDesign const& from(appraisal::Design const& d, std::size_t first_link) {
  for (auto const& t : d.trains) {
    if (t.links.front() == first_link) {
      return t;
    }
  }
  ADD_FAILURE() << "no train starts there";
  return d.trains.front();
}

}  // namespace

TEST(Chains, KeepTheirOwnTimesOverARailwayTheyShare) {
  auto const p = two_mines();
  auto const d = drawn(p);
  ASSERT_EQ(d.trains.size(), 2U);
  auto const& through = from(d, kFarLine);
  auto const& near = from(d, kNearLine);
  ASSERT_EQ(through.runs.size(), 2U);
  ASSERT_EQ(near.runs.size(), 1U);
  EXPECT_GT(through.sized.locomotives, near.sized.locomotives);
  // One line, one set of loops; two trains, two times and two bills for energy.
  EXPECT_EQ(through.runs[1].times.posts, near.runs[0].times.posts);
  EXPECT_GT(through.runs[1].empty.energy.traction, near.runs[0].empty.energy.traction);
  // The near mine sends four times as much: the loops and the line's capacity are for its trains.
  EXPECT_EQ(d.of_link(kNearLine).rail->run.loaded.time, near.runs[0].loaded.time);

  auto const model = appraisal::corridor_model(p, p.options[2], d);
  ASSERT_TRUE(model) << small::words(model.error());
  for (auto const& route : model->routes) {
    auto const& haul = std::get<corridor::RailHaul>(route.hauls.front());
    auto const& trains = haul.legs.size() == 2 ? through : near;
    auto const& times = trains.runs.back().times;
    Time loaded{};
    for (auto const& run : haul.legs.back().runs) {
      loaded += run.loaded;
    }
    EXPECT_NEAR(
        loaded.in(s), times.between(times.posts.front(), times.posts.back()).up.in(s), 1e-6);
  }
}

TEST(Chains, InsideAnotherHaveTheFleetOfTheirOwnTonnes) {
  auto const p = two_mines();
  auto const d = drawn(p);
  auto const model = appraisal::corridor_model(p, p.options[2], d);
  ASSERT_TRUE(model);
  for (std::uint32_t r = 0; r < model->routes.size(); ++r) {
    auto const& way = d.ways[r];
    auto const& trains = from(d, way.links.front());
    double const wet = (way.from == "quarry" ? 2.0 : 0.5) / 0.92;  // Mt a year, 8 % moisture
    auto const cycle = corridor::unobstructed_cycles(*model, corridor::RouteId{r}).front();
    double const busy = wet * 1e6 * cycle.in(year) / trains.sized.payload.in(units::t);
    EXPECT_EQ(trains.consists, static_cast<int>(std::ceil(1.2 * busy))) << way.from;
  }
}
