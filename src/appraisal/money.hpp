#pragma once
/// From a simulated life to the venture and the deal of the finance room.

#include <string>
#include <vector>

#include "tidewater/appraisal/appraise.hpp"
#include "tidewater/base/calendar.hpp"
#include "tidewater/finance/venture.hpp"

namespace tidewater::appraisal {

/// The books: accounts opened by name, each once.
class Books {
 public:
  explicit Books(project::Project const& p);

  [[nodiscard]] finance::AccountId open(finance::Account account);
  [[nodiscard]] finance::AccountId venture() const { return venture_; }
  [[nodiscard]] finance::AccountId foreign_suppliers();
  /// Who is paid when money is spent at a place: `wages` of it to households of the district, the
  /// province and the rest of the country, the remainder to suppliers of the district, the country
  /// and abroad.
  struct Spending {
    std::string district;
    std::string province;
    double wages = 0;  ///< share of the amount
    double from_district = 0;
    double from_province = 0;
  };
  [[nodiscard]] std::vector<finance::PayeeShare> payees(Spending const& s);
  /// Of these only the households.
  [[nodiscard]] std::vector<finance::PayeeShare> households(Spending const& s);
  [[nodiscard]] IdVector<finance::AccountId, finance::Account> take() {
    return std::move(accounts_);
  }

 private:
  IdVector<finance::AccountId, finance::Account> accounts_;
  finance::AccountId venture_;
  double bought_in_district_;
  double bought_in_country_;
};

/// A span of project time spread over calendar years: shares sum to 1 (all of it in the first year
/// when it has no length); parts beyond the horizon are dropped into the last year.
struct YearSpread {
  int first_year = 0;  ///< index
  std::vector<double> share;
};
[[nodiscard]] YearSpread over_years(Calendar const& calendar, int years, Time from, Time until);

/// Where people work and who they are, with the time they are there.
struct Crew {
  std::string name;
  std::string district;
  std::string province;
  project::Staffing staff;
  Time from{};  ///< of building
  Time until{};
};

struct Works {
  std::vector<PartCost> parts;
  std::vector<finance::CapexPart> capex;
  std::vector<Crew> crews;
};
/// Everything that is built, with who is paid for it.
[[nodiscard]] Works works(project::Project const& p,
                          project::Option const& option,
                          Design const& design,
                          Books& books);

/// A life and the corridor that lived it.
struct Lived {
  corridor::CorridorModel const& model;
  corridor::Life const& life;
};
/// Sales, operating costs and tonnes of a life, added to a venture that holds the works.
void add_operation(project::Project const& p,
                   project::Option const& option,
                   Design const& design,
                   Lived const& lived,
                   Books& books,
                   finance::Venture& venture);

/// Instruments, loan and owners.
[[nodiscard]] finance::Deal deal(project::Project const& p,
                                 project::Option const& option,
                                 finance::Venture const& venture,
                                 Books& books);

/// Sites that an option's products pass, each once, in the order of the project: a port that only
/// a link leads to is not built.
[[nodiscard]] std::vector<project::Site const*> sites_of(project::Project const& p,
                                                         project::Option const& option);

}  // namespace tidewater::appraisal
