#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "lookup.hpp"
#include "money.hpp"
#include "sale_terms.hpp"

namespace tidewater::appraisal {

namespace {

using corridor::Life;
using finance::Certainty;
using finance::Segment;
using project::Link;
using project::Option;
using project::Project;
using units::year;

using Series = std::vector<Money>;

class Builder {
 public:
  Builder(Project const& p,
          Option const& option,
          Design const& d,
          Lived const& lived,
          Books& books,
          finance::Venture& venture)
      : p_{p},
        option_{option},
        d_{d},
        life_{lived.life},
        model_{lived.model},
        books_{books},
        v_{venture},
        years_{static_cast<std::size_t>(p.header.years)},
        calendar_{p.header.first_year},
        when_{programme(p, option)} {}

  void build() {
    last_active();
    for (std::size_t w = 0; w < d_.ways.size(); ++w) {
      if (d_.ways[w].plant.empty()) {
        sell(w);
      }
    }
    for (std::size_t i = 0; i < d_.inbound.size(); ++i) {
      supply(i);
    }
    for (auto const* site : sites_of(p_, option_)) {
      run_site(*site);
    }
    run_links();
    run_trains();
    count_throughput();
  }

 private:
  [[nodiscard]] corridor::Route const& route(std::size_t way) const {
    return model_.routes[corridor::RouteId{static_cast<std::uint32_t>(way)}];
  }
  [[nodiscard]] project::Product const& product(std::size_t way) const {
    return named(p_.products, d_.ways[way].product);
  }
  [[nodiscard]] std::vector<corridor::ProductYear> const& flow(std::size_t way) const {
    return life_.products[product_of(model_, route(way))];
  }

  /// Share of a year in which the corridor runs: open, and something still to be shipped.
  [[nodiscard]] double active(std::size_t year_index) const {
    if (year_index > last_) {
      return 0;
    }
    Time const begin = calendar_.year_start(static_cast<int>(year_index));
    Time const end = calendar_.year_start(static_cast<int>(year_index) + 1);
    return std::clamp((end - std::max(begin, when_.opening)) / (end - begin), 0.0, 1.0);
  }
  void last_active() {
    for (std::size_t y = 0; y < years_; ++y) {
      if (corridor::shipped(life_, static_cast<int>(y)) > Mass{}) {
        last_ = y;
      }
    }
  }

  template <class F>
  [[nodiscard]] Series series(F amount_in) const {
    Series out(years_);
    for (std::size_t y = 0; y < years_; ++y) {
      out[y] = amount_in(y);
    }
    return out;
  }
  static bool is_zero(Series const& s) {
    return std::all_of(s.begin(), s.end(), [](Money m) { return !(m > Money{}); });
  }
  void cost(std::string name,
            Segment segment,
            std::vector<finance::PayeeShare> payees,
            Series amount) {
    if (!is_zero(amount)) {
      v_.costs.push_back(
          {std::move(name), segment, std::move(payees), std::move(amount), Certainty::kModelled});
    }
  }

  void sell(std::size_t way) {
    auto const& site = named(p_.sites, d_.ways[way].from);
    double const wet = wet_per_dry(product(way));
    if (site.mine && site.mine->owner == project::Mine::Owner::kThirdParty) {
      auto const buyer = books_.open(
          {label(site), finance::Sector::kCustomers, finance::Level::kNational, "", ""});
      v_.sales.push_back({fmt::format("carriage for {}", label(site)),
                          finance::SaleKind::kTariff,
                          buyer,
                          series([&](std::size_t y) {
                            return wet * flow(way)[y].shipped * site.mine->tariff.value;
                          }),
                          Series(years_),
                          Certainty::kAssumed});
      return;
    }
    auto const w = worth(product(way));
    auto const per_wet = freight(p_, p_.links[d_.ways[way].links.back()]);
    auto const buyer =
        books_.open({"smelters", finance::Sector::kCustomers, finance::Level::kForeign, "", ""});
    v_.sales.push_back({product(way).label.empty() ? product(way).id : product(way).label,
                        finance::SaleKind::kProduct,
                        buyer,
                        series([&](std::size_t y) { return flow(way)[y].shipped * w.gross; }),
                        series([&](std::size_t y) {
                          return flow(way)[y].shipped * (w.gross - w.paid + wet * per_wet);
                        }),
                        Certainty::kModelled});
  }

  [[nodiscard]] corridor::Inbound const& inbound(std::size_t i) const {
    return model_.inbound[corridor::InboundId{static_cast<std::uint32_t>(i)}];
  }
  [[nodiscard]] Mass supplied(std::size_t i, std::size_t y) const {
    return life_.inbound[corridor::InboundId{static_cast<std::uint32_t>(i)}][y].delivered;
  }

  /// What a flow costs at the port; a third party's pays the tariff, as its product does.
  void supply(std::size_t i) {
    auto const& in = d_.inbound[i];
    auto const& site = named(p_.sites, in.mine);
    auto const& flow = flow_of(p_, in);
    auto const at = [&](MoneyPerMass price) {
      return series([&](std::size_t y) { return supplied(i, y) * price; });
    };
    if (site.mine->owner == project::Mine::Owner::kVenture) {
      cost(fmt::format("{} for {}", flow.cargo, label(site)),
           Segment::kMine,
           books_.payees({site.district, site.province, 0, 0, 0}),
           at(flow.price.value));
      return;
    }
    auto const buyer =
        books_.open({label(site), finance::Sector::kCustomers, finance::Level::kNational, "", ""});
    v_.sales.push_back({fmt::format("carriage of {} for {}", flow.cargo, label(site)),
                        finance::SaleKind::kTariff,
                        buyer,
                        at(site.mine->tariff.value),
                        Series(years_),
                        Certainty::kAssumed});
  }

  /// Wet tonnes of all ways and inbound cargo over a link, at a price by tonne and kilometre.
  [[nodiscard]] Series moved_over(LinkDesign const& link, MoneyPerMassLength rate) const {
    Series out(years_);
    for (std::size_t w = 0; w < d_.ways.size(); ++w) {
      auto const& links = d_.ways[w].links;
      if (std::find(links.begin(), links.end(), link.link) == links.end()) {
        continue;
      }
      double const wet = wet_per_dry(product(w));
      for (std::size_t y = 0; y < years_; ++y) {
        out[y] += wet * flow(w)[y].delivered * (rate * link.length);
      }
    }
    for (std::size_t i = 0; i < d_.inbound.size(); ++i) {
      auto const& links = d_.inbound[i].links;
      bool const passes = std::find(links.begin(), links.end(), link.link) != links.end();
      for (std::size_t y = 0; passes && y < years_; ++y) {
        out[y] += supplied(i, y) * (rate * link.length);
      }
    }
    return out;
  }
  static std::string owner_name(std::string const& given, char const* otherwise) {
    return given.empty() ? otherwise : given;
  }

  /// Lifts an amount to at least the crew's wages, year by year, and says what share they are of
  /// it: whoever works for the corridor is paid, whatever the file says the place costs.
  [[nodiscard]] Books::Spending wages_in(Crew const& crew, Series& amount) const {
    Money sum{};
    Money wages{};
    for (std::size_t y = 0; y < years_; ++y) {
      Money const due = active(y) * (crew.staff.operation.value * crew.staff.wage.value * year);
      amount[y] = std::max(amount[y], due);
      sum += amount[y];
      wages += due;
    }
    return {crew.district,
            crew.province,
            sum > Money{} ? std::min(1.0, wages / sum) : 0,
            crew.staff.from_district.value,
            crew.staff.from_province.value};
  }

  /// A place's running costs, its wages among them.
  void run(std::string const& name, Segment segment, Crew const& crew, Series amount) {
    auto const spending = wages_in(crew, amount);
    cost(name, segment, books_.payees(spending), std::move(amount));
  }

  void run_site(project::Site const& site) {
    bool const is_own_mine = site.mine && site.mine->owner == project::Mine::Owner::kVenture;
    if (is_own_mine) {
      run_mine(site);
    }
    Crew crew{label(site), site.district, site.province, site.staff};
    if (is_own_mine) {
      crew.staff = {};  // paid by the mine
    }
    if (auto const id = port_of(site)) {
      run_port(site, *id, crew);
    } else if (site.plant) {
      run_plant(site, crew);
    } else if (!site.mine) {
      run(fmt::format("staff, {}", label(site)), Segment::kTransport, crew, Series(years_));
    }
  }

  void run_mine(project::Site const& site) {
    auto const& mine = *site.mine;
    Series amount(years_);
    std::size_t last = 0;
    for (std::size_t w = 0; w < d_.ways.size(); ++w) {
      if (d_.ways[w].from != site.id) {
        continue;
      }
      auto const& years = life_.mines[std::get<corridor::MineId>(route(w).from)];
      for (std::size_t y = 0; y < years_; ++y) {
        amount[y] += years[y].mined * mine.operating_cost.value;
        last = years[y].mined > Mass{} ? std::max(last, y) : last;
      }
    }
    for (std::size_t y = 0; y <= last && last > 0; ++y) {
      amount[y] += active(y) * (mine.fixed_cost.value * year);
    }
    run(fmt::format("mining and milling, {}", label(site)),
        Segment::kMine,
        {label(site), site.district, site.province, site.staff},
        std::move(amount));
    if (last > 0 && mine.closure_cost.value > Money{}) {
      v_.capex.push_back({.name = fmt::format("closure of {}", label(site)),
                          .segment = Segment::kMine,
                          .kind = finance::CapexKind::kSustaining,
                          .payees = books_.payees({site.district, site.province, 0, 0, 0}),
                          .cost = mine.closure_cost.value,
                          .first_year = static_cast<int>(last),
                          .in_service = static_cast<int>(last),
                          .depreciation_years = 0});
    }
  }

  void run_plant(project::Site const& site, Crew const& crew) {
    auto const& plant = *site.plant;
    Series amount(years_);
    for (std::uint32_t k = 0; k < model_.plants.size(); ++k) {
      for (std::size_t y = 0; model_.plants[corridor::PlantId{k}].id == site.id && y < years_;
           ++y) {
        amount[y] = active(y) * (plant.fixed_cost.value * year) +
                    life_.plants[corridor::PlantId{k}][y].worked * plant.operating_cost.value;
      }
    }
    run(fmt::format("working {}", label(site)), Segment::kProcessing, crew, std::move(amount));
  }

  /// None for a place where nothing is shipped.
  [[nodiscard]] std::optional<corridor::PortId> port_of(project::Site const& site) const {
    for (std::uint32_t k = 0; k < model_.ports.size(); ++k) {
      if (site.port && model_.ports[corridor::PortId{k}].id == site.id) {
        return corridor::PortId{k};
      }
    }
    return {};
  }

  void run_port(project::Site const& site, corridor::PortId id, Crew const& crew) {
    auto const& port = *site.port;
    auto const wet = [&](std::size_t y) {
      Mass sum{};
      for (std::size_t w = 0; w < d_.ways.size(); ++w) {
        if (d_.ways[w].port == site.id) {
          sum += wet_per_dry(product(w)) * flow(w)[y].shipped;
        }
      }
      for (std::size_t i = 0; i < d_.inbound.size(); ++i) {
        sum += d_.inbound[i].port == site.id ? supplied(i, y) : Mass{};
      }
      return sum;
    };
    run(fmt::format("running {}", label(site)), Segment::kPort, crew, series([&](std::size_t y) {
          return active(y) * (port.fixed_cost.value * year) + wet(y) * port.handling_cost.value;
        }));
    cost(fmt::format("maintenance dredging, {}", label(site)),
         Segment::kPort,
         books_.payees({site.district, site.province, 0, 0, 0}),
         series(
             [&](std::size_t y) { return active(y) * (port.maintenance_dredging.value * year); }));
    auto const owner = books_.open({owner_name(port.dues_to, "port owner"),
                                    finance::Sector::kStateEnterprise,
                                    finance::Level::kNational,
                                    "",
                                    ""});
    cost(fmt::format("port dues, {}", label(site)),
         Segment::kPort,
         {{owner, 1}},
         series([&](std::size_t y) { return wet(y) * port.dues.value; }));
    auto const ships =
        books_.open({"ship owners", finance::Sector::kSuppliers, finance::Level::kForeign, "", ""});
    cost(fmt::format("demurrage, {}", label(site)),
         Segment::kPort,
         {{ships, 1}},
         series([&](std::size_t y) {
           return life_.ports[id].years[y].demurrage * demurrage_rate(site.id);
         }));
  }

  [[nodiscard]] MoneyPerTime demurrage_rate(std::string const& port) const {
    for (auto const& way : d_.ways) {
      if (way.port == port && named(p_.sites, way.market).market) {
        return named(p_.sites, way.market).market->demurrage.value;
      }
    }
    return {};
  }

  void run_links() {
    for (auto const& l : d_.links) {
      auto const& link = p_.links[l.link];
      Crew const crew{link.id, link.district, named(p_.sites, link.from).province, link.staff};
      if (link.mode == Link::Mode::kRail) {
        run_line(l, crew);
      } else if (link.mode == Link::Mode::kRoad) {
        run(fmt::format("road haulage, {}", link.id),
            Segment::kTransport,
            crew,
            moved_over(l, link.road->cost.value));
      } else if (link.mode == Link::Mode::kPipeline) {
        run_pipeline(l, crew);
      } else {
        run(fmt::format("staff, {}", link.id), Segment::kTransport, crew, Series(years_));
      }
    }
  }

  /// Upkeep and filters, its crew's wages among them; and the current.
  void run_pipeline(LinkDesign const& l, Crew const& crew) {
    auto const& link = p_.links[l.link];
    auto const& pipe = *link.pipeline;
    auto const dry = piped(model_, life_, link.id);
    run(fmt::format("pipeline, {}", link.id), Segment::kTransport, crew, series([&](std::size_t y) {
          return active(y) * (pipe.upkeep.value * l.length * year) + dry[y] * pipe.dewatering.value;
        }));
    MoneyPerMass const current = pumping_energy(pipe, l.length) * pipe.energy_price.value;
    cost(fmt::format("pumping, {}", link.id),
         Segment::kTransport,
         books_.payees({crew.district, crew.province, 0, 0, 0}),
         series([&](std::size_t y) { return dry[y] * current; }));
  }

  /// Upkeep and track access. Where the owner keeps the line for the charge, its staff are paid out
  /// of the charge.
  void run_line(LinkDesign const& l, Crew const& crew) {
    auto const& link = p_.links[l.link];
    auto upkeep = series(
        [&](std::size_t y) { return active(y) * (link.rail->upkeep.value * l.length * year); });
    auto access = moved_over(l, link.rail->access.value);
    std::vector<finance::PayeeShare> payees;
    if (is_zero(upkeep) && !is_zero(access)) {
      payees = books_.households(wages_in(crew, access));
    } else {
      run(fmt::format("line upkeep, {}", link.id), Segment::kTransport, crew, std::move(upkeep));
    }
    if (is_zero(access)) {
      return;
    }
    double rest = 1;
    for (auto const& paid : payees) {
      rest -= paid.share;
    }
    if (rest > 1e-12) {
      auto const owner = books_.open({owner_name(link.rail->access_to, "track owner"),
                                      finance::Sector::kStateEnterprise,
                                      finance::Level::kNational,
                                      "",
                                      ""});
      payees.push_back({owner, rest});
    } else {
      payees.back().share += rest;
    }
    cost(fmt::format("track access, {}", link.id),
         Segment::kTransport,
         std::move(payees),
         std::move(access));
  }

  void run_trains() {
    for (std::uint32_t f = 0; f < d_.trains.size(); ++f) {
      auto const& from = p_.links[d_.trains[f].links.front()].from;
      run_fleet(d_.trains[f],
                corridor::FleetId{f},
                fmt::format("trains from {}", label(named(p_.sites, from))));
    }
    for (std::size_t i = 0; i < d_.inbound.size(); ++i) {
      auto const& in = d_.inbound[i];
      if (in.train) {
        run_fleet(
            *in.train,
            std::get<corridor::RailHaul>(inbound(i).haul).fleet,
            fmt::format(
                "trains of {} for {}", flow_of(p_, in).cargo, label(named(p_.sites, in.mine))));
      }
    }
  }

  void run_fleet(TrainDesign const& t, corridor::FleetId id, std::string name) {
    auto const& consist = named(p_.consists, t.consist);
    Energy trip{};
    for (auto const& over : t.runs) {
      trip += over.loaded.energy.traction + over.empty.energy.traction;
    }
    auto const& first = p_.links[t.links.front()];
    auto const& fleet = life_.fleets[id];
    cost(std::move(name),
         Segment::kTransport,
         books_.payees({first.district, named(p_.sites, first.from).province, 0, 0, 0}),
         series([&](std::size_t y) {
           return fleet.years[y].train_km * consist.running_cost.value +
                  fleet.years[y].round_trips * (trip * consist.energy_price.value);
         }));
  }

  void count_throughput() {
    v_.throughput.assign(years_, Mass{});
    for (std::size_t w = 0; w < d_.ways.size(); ++w) {
      double const wet = wet_per_dry(product(w));
      for (std::size_t y = 0; y < years_; ++y) {
        v_.throughput[y] += wet * flow(w)[y].shipped;
      }
    }
    v_.traffic.push({"all product, wet", v_.throughput, {}});
  }

  Project const& p_;
  Option const& option_;
  Design const& d_;
  Life const& life_;
  corridor::CorridorModel const& model_;
  Books& books_;
  finance::Venture& v_;
  std::size_t years_;
  Calendar calendar_;
  Programme when_;
  std::size_t last_ = 0;
};

}  // namespace

void add_operation(Project const& p,
                   Option const& option,
                   Design const& design,
                   Lived const& lived,
                   Books& books,
                   finance::Venture& venture) {
  Builder{p, option, design, lived, books, venture}.build();
}

}  // namespace tidewater::appraisal
