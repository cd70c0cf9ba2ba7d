/// The Pasni case on the two reliefs of ../shared, which is not part of the repository.

#include <cmath>
#include <filesystem>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tidewater/route/alignment.hpp"

#include "relief_file.hpp"

using namespace tidewater;
using namespace tidewater::route;

namespace {

constexpr terrain::LonLat kRekoDiq{62.05, 29.10};
constexpr terrain::LonLat kPasni{63.48, 25.26};
constexpr terrain::LonLat kGwadar{62.33, 25.11};

struct Figures {
  double km = 0;
  double musd = 0;
  double gap = 0;
};

Figures laid(std::string const& file, terrain::LonLat port, Length cell) {
  auto const raster = tests::relief(std::string{TIDEWATER_ROOT} + "/../shared/terrain/" + file);
  if (!raster) {
    return {};
  }
  auto grid =
      terrain::metric_grid(*raster,
                           {.sites = {{.name = "mine", .at = kRekoDiq},
                                      {.name = "port", .at = port, .shore = terrain::Shore::kPort}},
                            .cell = cell});
  if (!grid) {
    ADD_FAILURE() << grid.error().front().what;
    return {};
  }
  AlignmentProblem const p{.from = {.name = "mine", .at = kRekoDiq},
                           .to = {.name = "port", .at = port}};
  auto const answer = align({std::move(*grid), {}}, p);
  auto const* a = answer ? std::get_if<Alignment>(&*answer) : nullptr;
  if (a == nullptr) {
    ADD_FAILURE() << "no line to the port on " << file;
    return {};
  }
  for (std::size_t i = 0; i + 1 < a->stations.size(); ++i) {
    auto const& here = a->stations[i];
    auto const& next = a->stations[i + 1];
    double const run = (next.at - here.at).in(units::m);
    double const rise = (next.rail - here.rail).in(units::m);
    EXPECT_LE(rise / run, p.rules.loaded_ruling_grade + 1e-7) << i;
    EXPECT_GE(rise / run, -p.rules.empty_ruling_grade - 1e-7) << i;
    // Chords are shorter than arcs, and the plane's scale is off by less than a thousandth.
    EXPECT_LE(terrain::geodesic_distance(here.place, next.place).in(units::m), run * 1.001) << i;
  }
  EXPECT_LE(a->bound.lower, a->cost);
  EXPECT_NEAR(recost(a->stations, p.rules, p.rates).cost / a->cost, 1, 1e-9);
  Figures const f{a->length.in(units::km), a->cost.in(units::musd), a->bound.gap};
  fmt::print("{}: {:.1f} km, {:.0f} million, gap {:.3f}\n", file, f.km, f.musd, f.gap);
  return f;
}

bool has_relief(std::string const& file) {
  return std::filesystem::exists(std::string{TIDEWATER_ROOT} + "/../shared/terrain/" + file);
}

}  // namespace

#define NEEDS(file)                                                                             \
  if (!has_relief(file)) {                                                                      \
    GTEST_SKIP() << "SKIPPED: ../shared/terrain/" << (file) << " is not beside the repository"; \
  }

TEST(Relief, LaysRekoDiqToPasniAtFifteenArcSecondsWithinAQuarterOfTheGreatCircle) {
  NEEDS("balochistan_15s.tif")
  auto const f = laid("balochistan_15s.tif", kPasni, 500 * units::m);
  EXPECT_GT(f.km, 450);
  EXPECT_LT(f.km, 450 * 1.25);  // a naive slope-cost trial gave 536 to 540 km
}

TEST(Relief, LaysRekoDiqToGwadarThoughTheReliefDrownsItsSpit) {
  NEEDS("balochistan_15s.tif")
  auto const f = laid("balochistan_15s.tif", kGwadar, 500 * units::m);
  EXPECT_GT(f.km, 443);
  EXPECT_LT(f.km, 620);  // naive trial 574 to 600 km; 675 km "conceived"
}

/// A line between two stations that have one, over the fifteen-arc-second relief.
Alignment between(terrain::LonLat from,
                  terrain::LonLat to,
                  AlignmentRules const& rules,
                  Length cell) {
  auto const raster =
      tests::relief(std::string{TIDEWATER_ROOT} + "/../shared/terrain/balochistan_15s.tif");
  auto grid = terrain::metric_grid(
      *raster, {.sites = {{.name = "a", .at = from}, {.name = "b", .at = to}}, .cell = cell});
  AlignmentProblem const p{
      .from = {.name = "a", .at = from}, .to = {.name = "b", .at = to}, .rules = rules};
  auto const answer = align({std::move(*grid), {}}, p);
  auto const& a = std::get<Alignment>(*answer);
  fmt::print("{:.1f} km, {:.0f} million, gap {:.3f}, tunnel {:.1f} km, bridges {:.1f} km\n",
             a.length.in(units::km),
             a.cost.in(units::musd),
             a.bound.gap,
             a.quantities.tunnel.in(units::km),
             a.quantities.bridge.in(units::km));
  return a;
}

constexpr terrain::LonLat kSibi{67.877, 29.543};
constexpr terrain::LonLat kQuetta{67.000, 30.180};
constexpr terrain::LonLat kZahedan{60.860, 29.500};

TEST(Relief, ClimbsTheBolanAtOneInTwentyFiveAboutAsTheRealLineDoes) {
  NEEDS("balochistan_15s.tif")
  auto const a = between(
      kSibi,
      kQuetta,
      {.loaded_ruling_grade = 0.04, .empty_ruling_grade = 0.04, .min_radius = 200 * units::m},
      250 * units::m);
  EXPECT_NEAR(a.length.in(units::km), 141, 0.15 * 141);  // the line as built
}

TEST(Relief, AtOnePerCentTheBolanTakesMuchMoreLineOrTunnels) {
  NEEDS("balochistan_15s.tif")
  auto const a = between(
      kSibi, kQuetta, {.loaded_ruling_grade = 0.01, .empty_ruling_grade = 0.01}, 500 * units::m);
  EXPECT_TRUE(a.length.in(units::km) > 1.5 * 141 || a.quantities.tunnel.in(units::km) > 10);
}

TEST(Relief, LaysQuettaToZahedanWithinATenthOfTheRealLine) {
  NEEDS("balochistan_15s.tif")
  auto const a = between(
      kQuetta, kZahedan, {.loaded_ruling_grade = 0.01, .empty_ruling_grade = 0.01}, 500 * units::m);
  EXPECT_NEAR(a.length.in(units::km), 732, 73.2);  // the line as built
}

TEST(Relief, TheScreeningReliefShortensTheLine) {
  NEEDS("balochistan_etopo5.tif")
  auto const f = laid("balochistan_etopo5.tif", kPasni, 1000 * units::m);
  EXPECT_GT(f.km, 448);
  EXPECT_LT(f.km, 500);  // naive trial 488 km
}
