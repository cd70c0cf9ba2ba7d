#include "tidewater/project/project.hpp"

#include "declare.hpp"

namespace tidewater::project {

namespace {

constexpr std::array<std::string_view, 3> kIssueKinds{"money", "jobs", "position"};
constexpr std::array<std::string_view, 3> kRoles{"bargain", "observer", "risk-only"};
constexpr std::array<std::string_view, 3> kGateStatus{"open", "met", "failed"};
constexpr std::array<std::string_view, 7> kMeasures{"distance",
                                                    "distance-to-line",
                                                    "kpi",
                                                    "port-depth",
                                                    "reserve-share",
                                                    "rail-length",
                                                    "rail-cost-per-length"};

void describe_position(Declare& f, Position& p) {
  f.names_a(Referent::kIssue, "issue", p.issue, "the issue", kMust);
  f.number("at", p.at, "", {0.0, 100.0}, "0 = the issue's low end, 100 = its high end");
  f.number("salience",
           p.salience,
           "",
           {0.0, 100.0},
           "how much it matters; a party's saliences sum to at most 100");
}

void describe_party(Declare& f, Party& p) {
  f.text("id", p.id, "name used by other entries", kMust);
  f.text("name", p.name, "an institution or a group, never a person");
  f.choice("role",
           p.role,
           kRoles,
           "bargain and observer are parties; risk-only is a hazard and refused here");
  f.flag("key", p.key, "whether a deal needs it");
  f.number("capability", p.capability, "", {0.0, 100.0}, "influence it could bring to bear");
  f.texts("receipts", p.receipts, "payees of the ledger whose money it counts as its own");
  f.texts("districts", p.districts, "districts whose wages and jobs it counts as its own");
  f.number("money_scale",
           p.money_scale,
           "M USD",
           kPositive,
           "present value that would go far to content it");
  f.number("jobs_target", p.jobs_target, "", kPositive, "operating jobs that would content it");
  f.list("position", p.positions, "where it stands", describe_position, "issue", &Position::issue);
  f.text("reason", p.reason, "why it is judged so");
}

void describe_option(Declare& f, Option& o) {
  f.text("name", o.name, "name used by other entries", kMust);
  f.text("label", o.label, "name shown to people");
  f.text("summary", o.summary, "what it consists of, a sentence");
  f.names_some(Referent::kLink, "links", o.links, "the links it uses; none = no project");
  f.number("delay",
           o.delay,
           "a",
           {-20.0, 60.0},
           "construction starts this much after the project's start_year");
  f.overrides(
      "overrides", o.overrides, "numbers of the project that differ in this option, by their path");
  f.list("stance",
         o.stance,
         "where the option stands on each issue",
         describe_position,
         "issue",
         &Position::issue);
}

void describe_claim(Declare& f, Claim& c) {
  f.text("id", c.id, "name used by other entries", kMust);
  f.text("says", c.says, "the claim in words", kMust);
  f.choice("measure",
           c.measure,
           kMeasures,
           "what is measured; rail-cost-per-length is of building new railways, without trains",
           kMust);
  f.names_some(Referent::kSite, "sites", c.sites, "the sites measured between, or the port");
  f.places("line", c.line, "a line measured to");
  f.names_a(Referent::kOption, "option", c.option, "the option it speaks of");
  f.texts("kpis", c.kpis, "the indicators summed, for measure = kpi");
  f.names_some(Referent::kProduct, "products", c.products, "for measure = reserve-share");
  f.number("stated",
           c.stated,
           "",
           kAny,
           "the stated value, in `unit`; left out when nothing was stated");
  f.text("unit", c.unit, "unit of the stated value and of the answer", kMust);
  f.number("tolerance", c.tolerance, "%", {0.0, 200.0}, "difference that still agrees");
  f.text("note", c.note, "anything a reader should know");
}

}  // namespace

void describe_judgement(Declare& f, Project& p) {
  f.list(
      "issue",
      p.issues,
      "what parties differ on",
      [](Declare& g, Issue& i) {
        g.text("id", i.id, "name used by other entries", kMust);
        g.text("name", i.name, "name shown to people");
        g.choice("kind", i.kind, kIssueKinds, "how an outcome is valued");
        g.text("low_end", i.low_end, "what 0 means");
        g.text("high_end", i.high_end, "what 100 means");
      },
      "id",
      &Issue::id);
  f.list(
      "party", p.parties, "institutions and groups with a stake", describe_party, "id", &Party::id);
  f.list("gate", p.gates, "conditions that are never traded", [](Declare& g, Gate& x) {
    g.text("name", x.name, "the condition", kMust);
    g.choice("status", x.status, kGateStatus, "whether it is met");
    g.text("evidence", x.evidence, "what shows it");
    g.text("why", x.why, "why it is a gate");
    g.names_some(Referent::kOption,
                 "options",
                 x.options,
                 "options it concerns; none = all that build something");
  });
  f.list("option",
         p.options,
         "what is compared, always with one that builds nothing",
         describe_option,
         "name",
         &Option::name);
  f.list("claim",
         p.claims,
         "announced figures set beside the model's",
         describe_claim,
         "id",
         &Claim::id);
}

}  // namespace tidewater::project
