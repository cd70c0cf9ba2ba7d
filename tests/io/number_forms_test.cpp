// What a number of the project file becomes: value, status, source, spread.

#include <cmath>

#include <gtest/gtest.h>

#include "tidewater/io/project_file.hpp"

#include "number_reader.hpp"
#include "read_file.hpp"
#include "specimen.hpp"

namespace tidewater::io {
namespace {

using project::SpreadKind;
using project::Status;

ProjectFile every_form() {
  auto const text =
      bytes_of(repository() / "tests/cases/good_projects/every_form_of_a_number.toml");
  auto read = read_project(text, "every_form");
  EXPECT_TRUE(read.has_value()) << (read ? "" : render(read.error(), text, {"every_form"}));
  return read.value_or(ProjectFile{});
}

TEST(NumberForms, CarryWhereTheyCameFrom) {
  auto const p = every_form().project;
  EXPECT_EQ(p.header.discount_rate.origin.status, Status::kAssumed) << "no source was given";
  EXPECT_DOUBLE_EQ(p.header.discount_rate.value, 0.08);
  EXPECT_EQ(p.header.inflation.origin.status, Status::kSourced);
  EXPECT_EQ(p.header.inflation.origin.note, "long run");
  EXPECT_EQ(p.exchanges[0].value.origin.status, Status::kDerived);
  EXPECT_EQ(p.rates.track.origin.status, Status::kAssumed) << "its source begins with 'assumed'";
  EXPECT_EQ(p.rates.fill_slope.origin.status, Status::kAssumed) << "a judgement is assumed";
  EXPECT_EQ(p.rates.tunnel.origin.status, Status::kDefault) << "it is not in the file";
}

TEST(NumberForms, BecomeBaseUnitsOfTheProjectsMoney) {
  auto const p = every_form().project;
  EXPECT_DOUBLE_EQ(p.exchanges[1].value.value.base(), 0.92);
  EXPECT_DOUBLE_EQ(p.rates.cut.value.base(), 26 * 0.9) << "26 AUD2013 at 0.9 EUR";
  EXPECT_DOUBLE_EQ(p.terrain.cell.value.in(units::m), 500);
  EXPECT_DOUBLE_EQ(p.locomotives[0].effort[2].x, 22) << "metres a second beside km/h";
}

TEST(NumberForms, StandAtTheMedianOfTheirSpread) {
  auto const p = every_form().project;
  EXPECT_DOUBLE_EQ(p.terrain.margin.value.base(), (30 * 1609.344 + 50 * 1852.0) / 2);
  // Triangular 0.6, 0.75, 0.9: symmetric, the median is the mode.
  EXPECT_NEAR(p.rates.track.value.base(), 750, 1e-9);
  EXPECT_DOUBLE_EQ(p.rates.loop.value.base(), 3.5e6);
  EXPECT_DOUBLE_EQ(p.rates.fill.value.base(), 6.5);
  EXPECT_DOUBLE_EQ(p.rates.bridge_base.value.base(), 12000) << "the lower of two equally likely";
  EXPECT_DOUBLE_EQ(p.rates.bridge_per_height.value.base(), 250);
  ASSERT_TRUE(p.rates.fill.origin.spread.has_value());
  EXPECT_EQ(p.rates.fill.origin.spread->kind, SpreadKind::kLognormal);
  EXPECT_DOUBLE_EQ(p.rates.fill.origin.spread->numbers[1], 0.2);
}

TEST(NumberForms, OverrideNumbersByPathInTheirUnits) {
  auto const p = every_form().project;
  auto const& overrides = p.options.at(1).overrides;
  ASSERT_EQ(overrides.size(), 3U);
  EXPECT_EQ(overrides[0].path, "/rates/track");
  EXPECT_DOUBLE_EQ(overrides[0].value, 1100);
  EXPECT_EQ(overrides[1].path, "/zone/0/factor");
  EXPECT_EQ(overrides[1].origin.status, Status::kSourced);
  EXPECT_EQ(overrides[2].path, "/rates/loop") << "dots join paths too";
}

TEST(NumberForms, AreListedWithUnitStatusAndDistribution) {
  auto const rows = stated_numbers(every_form().project);
  auto const row = [&](std::string const& path) {
    for (auto const& one : rows) {
      if (one.path == path) {
        return one;
      }
    }
    return StatedNumber{};
  };
  EXPECT_EQ(row("/rates/track"),
            (StatedNumber{"/rates/track",
                          "0.75 M EUR/km",
                          "M EUR/km",
                          "assumed",
                          "assumed: general knowledge",
                          "triangular 0.6 M EUR/km, 0.75 M EUR/km, 0.9 M EUR/km"}));
  EXPECT_EQ(row("/project/inflation").source, "central bank's aim; long run");
  EXPECT_EQ(row("/rates/fill").distribution, "lognormal 6.5 EUR/m3, 0.2");
  EXPECT_EQ(row("/rates/tunnel").status, "default");
  EXPECT_EQ(row("/option/dear_track/overrides/rates/track").value, "1.1 M EUR/km");
}

/// Every declared unit is a word of the vocabulary in the field's own dimension, and every default
/// lies in the field's range: a file that states the defaults is read.
TEST(NumberForms, OfEveryDefaultAreReadBack) {
  class Defaults final : public SpecimenVisitor {
   public:
    void number(project::FieldSpec const& spec, project::NumberRef ref) override {
      auto const where = path() + "/" + std::string{spec.name};
      auto const unit = parse_unit(spec.unit);
      ASSERT_TRUE(unit.has_value()) << where;
      EXPECT_EQ(unit->dimension, ref.dimension) << where << " in " << spec.unit;
      if (spec.need == project::FieldSpec::Need::kRequired) {
        return;  // has no default
      }
      Node node;
      node.kind = Node::Kind::kText;
      node.text = format_in(*ref.value, spec.unit);
      auto const read = NumberReader{spec, {}}.read(node);
      ASSERT_TRUE(read.has_value()) << where << ": " << read.error().front().what;
      EXPECT_NEAR(read->value, *ref.value, 1e-8 * std::abs(*ref.value)) << where;
      ++seen;
    }
    int seen = 0;
  };
  Defaults visitor;
  project::Project specimen;
  project::describe(visitor, specimen);
  EXPECT_GT(visitor.seen, 100);
}

}  // namespace
}  // namespace tidewater::io
