#include "case_reader.hpp"

#include <fstream>
#include <stdexcept>

namespace tidewater::finance::cases {
namespace {

template <class T>
T named(std::map<std::string, T> const& names, std::string const& name) {
  auto const found = names.find(name);
  if (found == names.end()) {
    throw std::runtime_error("unknown word in a case: " + name);
  }
  return found->second;
}

Level level(std::string const& name) {
  return named<Level>({{"district", Level::kDistrict},
                       {"provincial", Level::kProvincial},
                       {"national", Level::kNational},
                       {"foreign", Level::kForeign}},
                      name);
}

Sector sector(std::string const& name) {
  return named<Sector>({{"venture", Sector::kVenture},
                        {"customers", Sector::kCustomers},
                        {"government", Sector::kGovernment},
                        {"state_enterprise", Sector::kStateEnterprise},
                        {"households", Sector::kHouseholds},
                        {"suppliers", Sector::kSuppliers},
                        {"community", Sector::kCommunity},
                        {"owners", Sector::kOwners},
                        {"lenders", Sector::kLenders}},
                       name);
}

Base base(std::string const& name) {
  return named<Base>({{"gross", Base::kGross},
                      {"net_smelter_return", Base::kNetSmelterReturn},
                      {"mine_gate", Base::kMineGate},
                      {"fixed", Base::kFixed},
                      {"profit", Base::kProfit},
                      {"distributable", Base::kDistributable},
                      {"dividends", Base::kDividends},
                      {"interest", Base::kInterest}},
                     name);
}

StreamKind kind(std::string const& name) {
  return named<StreamKind>({{"royalty", StreamKind::kRoyalty},
                            {"tax", StreamKind::kTax},
                            {"withholding", StreamKind::kWithholding},
                            {"fund", StreamKind::kFund}},
                           name);
}

Segment segment(std::string const& name) {
  return named<Segment>({{"mine", Segment::kMine},
                         {"processing", Segment::kProcessing},
                         {"transport", Segment::kTransport},
                         {"port", Segment::kPort},
                         {"general", Segment::kGeneral}},
                        name);
}

std::vector<Money> millions(Json const& json) {
  std::vector<Money> out;
  for (auto const& x : json) {
    out.push_back(x.get<double>() * units::musd);
  }
  return out;
}

class Reader {
 public:
  explicit Reader(Json const& json) : json_{json} {}

  Case read() {
    case_.venture.first_year = json_["first_year"];
    case_.venture.years = json_["years"];
    case_.deal.discount_rate = case_.deal.equity_rate = json_["discount_rate"];
    for (auto const& a : json_["accounts"]) {
      case_.account[a["id"]] = case_.deal.accounts.push({a["id"],
                                                         sector(a["sector"]),
                                                         level(a["level"]),
                                                         a.value("district", ""),
                                                         a.value("province", "")});
      if (sector(a["sector"]) == Sector::kVenture) {
        case_.deal.venture = case_.account[a["id"]];
      }
    }
    read_streams();
    for (auto const& in : json_.value("instruments", Json::array())) {
      case_.deal.instruments.push_back(instrument(in));
    }
    for (auto const& h : json_["shareholders"]) {
      bool const carried = h.value("funding", "funded") == "free_carried";
      case_.deal.shareholders.push_back(
          {account(h["account"]), h["share"], carried ? Funding::kFreeCarried : Funding::kFunded});
    }
    return std::move(case_);
  }

 private:
  AccountId account(std::string const& id) { return named(case_.account, id); }

  std::vector<PayeeShare> payees(Json const& json) {
    std::vector<PayeeShare> out;
    for (auto const& [id, share] : json.items()) {
      out.push_back({account(id), share});
    }
    return out;
  }

  void read_streams() {
    for (auto const& s : json_.value("sales", Json::array())) {
      case_.venture.sales.push_back({.name = s["name"],
                                     .buyer = account(s["buyer"]),
                                     .gross = millions(s["gross"]),
                                     .deductions = millions(s.value("deductions", Json::array()))});
    }
    for (auto const& c : json_.value("costs", Json::array())) {
      case_.venture.costs.push_back({.name = c["name"],
                                     .segment = segment(c.value("segment", "mine")),
                                     .payees = payees(c["payees"]),
                                     .amount = millions(c["amount"])});
    }
    for (auto const& c : json_.value("capex", Json::array())) {
      case_.venture.capex.push_back({.name = c["name"],
                                     .payees = payees(c["payees"]),
                                     .cost = c["cost"].get<double>() * units::musd,
                                     .first_year = c["first_year"],
                                     .profile = c["profile"]});
    }
  }

  Instrument instrument(Json const& json) {
    Instrument in{.name = json["name"],
                  .kind = kind(json.value("kind", "royalty")),
                  .base = base(json["base"]),
                  .rate = {json.value("rate", 0.0)},
                  .fixed = millions(json.value("fixed", Json::array())),
                  .payees = payees(json["payees"])};
    if (json.contains("lifetime_cap")) {
      in.lifetime_cap = json["lifetime_cap"].get<double>() * units::musd;
    }
    for (auto const& id : json.value("applies_to", Json::array())) {
      in.applies_to.push_back(account(id));
    }
    if (json.contains("advance")) {
      auto const& a = json["advance"];
      Advance advance{.first_year = a["first_year"],
                      .cap = NominalMoney{1e6 * a["cap"].get<double>()},
                      .setoff_share = a["setoff_share"]};
      for (auto const& p : a["payments"]) {
        advance.payments.emplace_back(1e6 * p.get<double>());
      }
      in.advance = advance;
    }
    return in;
  }

  Json const& json_;
  Case case_;
};

}  // namespace

Json read_json(std::string const& case_name, char const* file) {
  std::ifstream in{TIDEWATER_ROOT "/tests/cases/" + case_name + "/" + file};
  if (!in) {
    throw std::runtime_error("no such case file: " + case_name + "/" + file);
  }
  return Json::parse(in);
}

Case read_case(Json const& json) {
  return Reader{json}.read();
}

}  // namespace tidewater::finance::cases
