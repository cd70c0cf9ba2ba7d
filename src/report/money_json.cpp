#include <algorithm>
#include <map>
#include <tuple>

#include "entry.hpp"
#include "parts.hpp"
#include "words.hpp"

namespace tidewater::report {

namespace {

using finance::Account;
using finance::Level;
using finance::Sector;
using io::Json;
using units::kt;
using units::musd;

/// Wet tonnes of all products in a project year, by what the life counts.
template <class F>
double wet_kt(OptionView const& view, std::size_t year, F mass_of) {
  Mass sum{};
  auto const& products = view.result.median.life.products;
  for (std::uint32_t k = 0; k < products.size(); ++k) {
    corridor::ProductId const id{k};
    sum += view.wet(id, mass_of(products[id].at(year)));
  }
  return sum.in(kt);
}

/// Sectors whose national accounts are the federal state's.
bool is_public(Sector sector) {
  return sector == Sector::kGovernment || sector == Sector::kStateEnterprise;
}

/// Where an account stands, in the project file's words for levels. Owners and payees of
/// instruments keep the level the project states; others are placed by their territory, and people
/// and firms elsewhere in the country are private.
std::string level_word(project::Project const& p, Account const& account) {
  for (auto const& owner : p.shareholders) {
    if (owner.name == account.name) {
      return std::string{word(owner.level)};
    }
  }
  for (auto const& instrument : p.instruments) {
    if (instrument.payee == account.name) {
      return std::string{word(instrument.level)};
    }
  }
  if (account.sector == Sector::kCommunity) {
    return "community";
  }
  switch (account.level) {
    case Level::kDistrict:
      return "district";
    case Level::kProvincial:
      return "provincial";
    case Level::kNational:
      return is_public(account.sector) ? "federal" : "private";
    case Level::kForeign:
      break;
  }
  return "foreign";
}

struct Posted {
  std::int64_t cents = 0;
  finance::Certainty certainty = finance::Certainty::kContractual;
};
/// Rows of a ledger whose payments share a name, a payer and a payee become one.
using Grouped = std::map<std::tuple<int, std::uint32_t, std::uint32_t, std::string>, Posted>;

Grouped grouped(finance::Ledger const& ledger) {
  Grouped out;
  for (auto const& row : ledger.rows) {
    auto& sum =
        out[{row.year, row.payer.index(), row.payee.index(), ledger.streams.at(row.payment)}];
    sum.cents += row.cents;
    // The weakest certainty of what is summed.
    sum.certainty = std::max(sum.certainty, row.certainty);
  }
  return out;
}

}  // namespace

Json years_json(OptionView const& view) {
  Json out = Json::array();
  auto const& median = view.result.median;
  finance::YearAccount const nothing;
  for (std::size_t y = 0; y < median.years.size(); ++y) {
    auto const& row = median.years[y];
    bool const has_cash = y < median.cash.years.size();
    auto const& cash = has_cash ? median.cash.years[y] : nothing;
    Entry entry;
    entry.whole("year", row.year)
        .number("mined_kt", wet_kt(view, y, [](auto const& p) { return p.mined; }))
        .number("shipped_kt", wet_kt(view, y, [](auto const& p) { return p.shipped; }))
        .number("capex", cash.capex.in(musd))
        .number("revenue", cash.revenue.in(musd))
        .number("opex", cash.opex.in(musd))
        .number("royalties", cash.royalties.in(musd))
        .number("charges", cash.charges.in(musd))
        .number("taxes", cash.taxes.in(musd))
        .number("funds", cash.funds.in(musd))
        .number("debt_drawn", cash.debt_drawn.in(musd))
        .number("debt_service", cash.debt_service.in(musd))
        .number("cfads", cash.cfads.in(musd));
    if (has_cash) {
      entry.number("dscr", cash.dscr);
    } else {
      entry.null("dscr", "nothing is built");
    }
    entry.number("free_cash", cash.free_cash.in(musd))
        .number("equity_cash", cash.equity_cash.in(musd))
        .number("jobs_construction", row.jobs_construction)
        .number("jobs_operation", row.jobs_operation);
    out.push_back(std::move(entry).with_reason());
  }
  return out;
}

Json ledger_json(OptionView const& view) {
  Json out = Json::array();
  auto const& median = view.result.median;
  if (median.cash.years.empty()) {
    return out;
  }
  auto const ledger = finance::post_ledger(median.cash, median.deal, finance::Prices::kReal);
  for (auto const& [key, sum] : grouped(ledger)) {
    auto const& [year, payer, payee, stream] = key;
    auto const& to = ledger.accounts.at(payee);
    // Whole cents: these alone carry as many digits as that takes, so that they add up.
    double const millions = static_cast<double>(sum.cents) / 1e8;
    out.push_back(std::move(Entry{}
                                .whole("year", year)
                                .text("payer", ledger.accounts.at(payer).name)
                                .text("payee", to.name)
                                .text("level", level_word(view.own, to))
                                .text("district", to.district)
                                .text("stream", stream)
                                .put("amount", Json(millions))
                                .text("certainty", std::string{word(sum.certainty)}))
                      .whole_object());
  }
  return out;
}

}  // namespace tidewater::report
