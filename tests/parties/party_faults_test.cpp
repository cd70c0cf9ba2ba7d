#include <functional>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "tidewater/parties/party.hpp"

#include "tables.hpp"

using namespace tidewater::parties;
namespace units = tidewater::units;

namespace {

Table sound() {
  auto a = single_minded("a", "port", {0.2, 0.5, 0.7});
  a.money = MoneyInterest{.scale = 10 * units::musd, .weight = point(0.2)};
  a.jobs = JobsInterest{.target = 100, .weight = point(0.2)};
  return one_issue({a, single_minded("b", "port", point(0.1))}, 0.6);
}

struct Fault {
  char const* name;
  std::function<void(Table&)> spoil;
  char const* where;
  char const* says;
};

Party hazard() {
  Party out;
  out.id = std::string{"ARMED"};
  out.name = std::string{"Armed groups"};
  out.role = Role::kRiskOnly;
  return out;
}

void add(Table& table, Party const& who) {
  table.parties.push_back(who);
  for (auto* const each : {&table.no_project, &table.options[0]}) {
    for (auto& row : each->receipts) {
      row.push_back({});
    }
  }
}

std::vector<Fault> every_fault() {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  return {
      {"twice", [](Table& t) { t.parties[1].id = std::string{"a"}; }, "/party/a", "given twice"},
      {"no name", [](Table& t) { t.parties[1].id.clear(); }, "/party", "without a name"},
      {"reversed",
       [](Table& t) {
         t.parties[0].stances[0].position = Range{0.7, 0.5, 0.2};
       },
       "/party/a/stance/port/position",
       "do not rise"},
      {"percent",
       [](Table& t) {
         t.parties[0].stances[0].position = Range{20, 50, 70};
       },
       "/party/a/stance/port/position",
       "leaves the scale 0 to 1"},
      {"salience",
       [](Table& t) {
         t.parties[0].stances[0].salience = Range{-0.1, 0, 0.2};
       },
       "/party/a/stance/port/salience",
       "leaves the scale"},
      {"not a number",
       [nan](Table& t) { t.parties[0].capability.mode = nan; },
       "/party/a/capability",
       "do not rise"},
      {"scale down to nothing",
       [](Table& t) {
         t.parties[0].money->scale_factor = Range{0, 1, 2};
       },
       "/party/a/money/scale",
       "down to 0 times"},
      {"reversed target",
       [](Table& t) {
         t.parties[0].jobs->target_factor = Range{2, 1, 0.5};
       },
       "/party/a/jobs/target",
       "do not rise"},
      {"unknown issue",
       [](Table& t) {
         t.parties[1].stances.push_back({"prot", point(0.5), point(0.5)});
       },
       "/party/b/stance/prot",
       "no issue 'prot'"},
      {"two stances",
       [](Table& t) { t.parties[0].stances.push_back(t.parties[0].stances[0]); },
       "/party/a/stance/port",
       "two stances"},
      {"no position",
       [](Table& t) { t.parties[0].stances[0].position.reset(); },
       "/party/a/stance/port/position",
       "what it wants is not said"},
      {"powerless",
       [](Table& t) { t.parties[0].capability = point(0); },
       "/party/a/capability",
       "can move nothing"},
      {"indifferent",
       [](Table& t) { t.parties[1].stances[0].salience = point(0); },
       "/party/b",
       "nothing weighs with 'b'"},
      {"key observer",
       [](Table& t) { t.parties[1].role = Role::kObserver; },
       "/party/b/key",
       "an observer"},
      {"scale",
       [](Table& t) { t.parties[0].money->scale = {}; },
       "/party/a/money/scale",
       "above zero"},
      {"target",
       [](Table& t) { t.parties[0].jobs->target = 0; },
       "/party/a/jobs/target",
       "above zero"},
      {"share",
       [](Table& t) {
         t.parties[0].receipts = {{"fund", "", "", 1.5}};
       },
       "/party/a/receipts",
       "a share of 1.5"},
      {"armed name",
       [](Table& t) {
         auto who = single_minded("X", "port", point(0));
         who.name = std::string{"Allied Armed Groups"};
         add(t, who);
       },
       "/party/X",
       "an armed group is never a party"},
      {"armed weight",
       [](Table& t) {
         auto who = hazard();
         who.capability = point(0.3);
         add(t, who);
       },
       "/party/ARMED",
       "carries interests or weight"},
      {"armed position",
       [](Table& t) {
         auto who = hazard();
         who.stances = {{"port", point(0), point(0.5)}};
         add(t, who);
       },
       "/party/ARMED",
       "carries interests or weight"},
      {"consent traded",
       [](Table& t) { t.issues[0].name = std::string{"Community consent"}; },
       "/issue/port",
       "consent is not an issue"},
      {"unplaced",
       [](Table& t) { t.options[0].positions.clear(); },
       "/option/offer/position/port",
       "where 'offer' stands on 'port' is not said"},
      {"no future",
       [](Table& t) {
         t.no_project.receipts.clear();
         t.options[0].receipts.clear();
       },
       "/no_project/receipts",
       "no future"},
      {"other futures",
       [](Table& t) { t.options[0].receipts.resize(3, std::vector<PartyReceipts>(2)); },
       "/option/offer/receipts",
       "3 futures, but 1 without"},
      {"short row",
       [](Table& t) { t.options[0].receipts[0].pop_back(); },
       "/option/offer/receipts/0",
       "1 entries for 2 parties"},
      {"failed future",
       [nan](Table& t) { t.options[0].receipts[0][1].jobs = nan; },
       "/option/offer/receipts/0",
       "not a finite number"},
      {"gate without evidence",
       [](Table& t) {
         t.options[0].gates = {{"permit", GateStatus::kMet, "", "law"}};
       },
       "/option/offer/gate/permit",
       "on evidence only"},
  };
}

}  // namespace

TEST(Faults, FindNothingInASoundTable) {
  EXPECT_TRUE(faults(sound()).empty());
}

TEST(Faults, LetABareRiskRowStand) {
  auto table = sound();
  add(table, hazard());
  EXPECT_TRUE(faults(table).empty());
}

TEST(Faults, NotArmedForcesOfAState) {
  auto table = sound();
  table.parties[0].name = std::string{"Armed forces leadership"};
  EXPECT_TRUE(faults(table).empty()) << "an institution of the state may bargain";
}

TEST(Faults, NameThePlaceTheFaultAndARemedy) {
  for (auto const& each : every_fault()) {
    auto table = sound();
    each.spoil(table);
    auto const found = faults(table);
    ASSERT_EQ(found.size(), 1U) << each.name;
    EXPECT_EQ(found[0].where, each.where) << each.name;
    EXPECT_NE(found[0].what.find(each.says), std::string::npos)
        << each.name << ": " << found[0].what;
    EXPECT_FALSE(found[0].remedy.empty()) << each.name;
  }
}

TEST(Faults, ComeAllAtOnce) {
  auto table = sound();
  table.parties[0].capability = {0.9, 0.5, 0.1};
  table.parties[1].stances[0].position.reset();
  table.options[0].receipts[0].pop_back();
  EXPECT_EQ(faults(table).size(), 3U);
}
