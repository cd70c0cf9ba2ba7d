#include "tidewater/project/project.hpp"

#include "declare.hpp"

namespace tidewater::project {

namespace {

constexpr std::array<std::string_view, 6> kInstruments{
    "royalty", "income-tax", "withholding", "surcharge", "fund", "rent"};
constexpr std::array<std::string_view, 6> kBases{
    "gross", "net-smelter", "profit", "dividends", "fixed", "tonnes"};
constexpr std::array<std::string_view, 6> kLevels{
    "federal", "provincial", "district", "community", "foreign", "private"};
constexpr std::array<std::string_view, 2> kTerms{"funded", "free-carried"};
constexpr std::array<std::string_view, 2> kRepayments{"annuity", "sculpted"};

void describe_product(Declare& f, Product& p) {
  f.text("id", p.id, "name used by other entries", kMust);
  f.text("label", p.label, "name shown to people");
  f.number("moisture",
           p.moisture,
           "%",
           {0.0, 50.0},
           "water in the product as shipped, share of wet mass");
  f.number("treatment_charge", p.treatment_charge, "USD/t", kAny, "smelter's charge per dry tonne");
  f.text("end_uses", p.end_uses, "what it is for");
  f.list(
      "content",
      p.contents,
      "metals paid for",
      [](Declare& g, Content& c) {
        g.text("metal", c.metal, "its name", kMust);
        g.number("grade",
                 c.grade,
                 "%",
                 {0.0, 100.0, FieldSpec::Need::kRequired},
                 "share of the dry product's mass; g/t and % are both read");
        g.number("payable", c.payable, "%", {0.0, 100.0}, "share of the metal paid for");
        g.number("deduction",
                 c.deduction,
                 "%",
                 {0.0, 10.0},
                 "units of grade not paid for; the lesser of the two counts");
        g.number("price", c.price, "USD/t", kMustPositive, "of the payable metal");
        g.number(
            "refining_charge", c.refining_charge, "USD/t", kPositive, "per tonne of payable metal");
      },
      "metal",
      &Content::metal);
}

void describe_instrument(Declare& f, Instrument& i) {
  f.text("id", i.id, "name used by other entries", kMust);
  f.text("name", i.name, "what it is called");
  f.choice("kind", i.kind, kInstruments, "what sort of payment", kMust);
  f.choice("base", i.base, kBases, "what the rate is taken of", kMust);
  f.number("rate", i.rate, "%", {0.0, 100.0}, "share of the base");
  f.number("amount", i.amount, "M USD/a", kPositive, "a fixed amount a year, for base = fixed");
  f.number("per_tonne", i.per_tonne, "USD/t", kPositive, "for base = tonnes");
  f.text("payee", i.payee, "who receives it", kMust);
  f.choice("level", i.level, kLevels, "the payee's level of government", kMust);
  f.text("district", i.district, "district it is meant for, if any");
  f.number("advance_cap",
           i.advance_cap,
           "M USD",
           kPositive,
           "total of advances, recouped from later payments");
  f.curve(
      "advances", i.advances, "a", "M USD/a", "year after construction starts, advance paid in it");
  f.number("depreciation",
           i.depreciation,
           "a",
           {1.0, 60.0},
           "straight-line life of capital, for base = profit");
}

}  // namespace

void describe_money(Declare& f, Project& p) {
  f.list("product", p.products, "what is shipped", describe_product, "id", &Product::id);
  f.list("instrument",
         p.instruments,
         "payments to governments and communities",
         describe_instrument,
         "id",
         &Instrument::id);
  f.list("shareholder", p.shareholders, "owners", [](Declare& g, Shareholder& s) {
    g.text("name", s.name, "who owns", kMust);
    g.number("share", s.share, "%", {0.0, 100.0, FieldSpec::Need::kRequired}, "of the dividends");
    g.choice("terms", s.terms, kTerms, "whether it pays for its share");
    g.choice("level", s.level, kLevels, "the owner's level of government, or private");
  });
  f.table("loan", p.loan, "senior debt", [](Declare& g, Loan& l) {
    g.text("name", l.name, "who lends");
    g.number("share", l.share, "%", {0.0, 95.0}, "of the capital cost");
    g.number("rate", l.rate, "%", {0.0, 50.0}, "nominal interest a year");
    g.number("tenor", l.tenor, "a", {1.0, 50.0}, "repayment period after the grace");
    g.number("grace", l.grace, "a", {0.0, 20.0}, "years after opening without repayment");
    g.choice("repayment", l.repayment, kRepayments, "how it is repaid");
    g.number("target_dscr", l.target_dscr, "", {1.0, 5.0}, "cover a sculpted loan keeps");
    g.number("upfront_fee", l.upfront_fee, "%", {0.0, 10.0}, "on the amount");
    g.number(
        "commitment_fee", l.commitment_fee, "%", {0.0, 10.0}, "a year on what is not yet drawn");
  });
}

}  // namespace tidewater::project
