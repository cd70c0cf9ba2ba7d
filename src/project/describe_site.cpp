#include "tidewater/project/project.hpp"

#include "declare.hpp"

namespace tidewater::project {

namespace {

constexpr std::array<std::string_view, 6> kSiteKinds{
    "mine", "plant", "hub", "port", "market", "junction"};
constexpr std::array<std::string_view, 8> kParts{
    "mine", "plant", "rail", "road", "pipeline", "port", "sea", "social"};

constexpr std::array<std::string_view, 3> kCarriers{"any", "rail", "road"};

constexpr std::array<std::string_view, 2> kOwners{"venture", "third-party"};

void describe_phase(Declare& f, Phase& p) {
  f.text("name", p.name, "what the phase is called");
  f.number("start", p.start, "", {0.0, 100.0}, "years after the corridor opens");
  f.number("output",
           p.output,
           "Mt/a",
           kMustPositive,
           "dry product a year at full rate, added to the phases before");
  f.number("capex", p.capex, "M USD", kPositive, "cost of building the phase");
  f.number("build", p.build, "a", {0.25, 20.0}, "time to build it, ending at its start");
}

void describe_deposit(Declare& f, Deposit& d) {
  f.names_a(Referent::kProduct, "product", d.product, "what it yields", kMust);
  f.number("reserve", d.reserve, "Mt", kMustPositive, "dry product that can ever be shipped");
  f.list("phase", d.phases, "steps of output", describe_phase);
}

void describe_inbound(Declare& f, Inbound& i) {
  f.text("cargo", i.cargo, "what comes, e.g. diesel", kMust);
  f.names_a(
      Referent::kSite, "port", i.port, "where it lands; none = where the mine's product leaves");
  f.choice(
      "by",
      i.by,
      kCarriers,
      "what carries it; any = trains where railways of the option lead all the way, else trucks");
  f.names_a(Referent::kConsist,
            "consist",
            i.consist,
            "the train that carries it; none = the one of the railway it sets out on");
  f.number("fleet",
           i.fleet,
           "",
           kPositive,
           "consists or trucks for it alone; 0 = as many as the tonnage needs");
  f.number("loading_rate", i.loading_rate, "t/h", kPositive, "loading of its trains at the port");
  f.number("unloading_rate", i.unloading_rate, "t/h", kPositive, "unloading them at the mine");
  f.number("price",
           i.price,
           "USD/t",
           kPositive,
           "paid at the port; 0 = it is in the mine's operating cost already");
  f.list("phase", i.phases, "steps of the tonnage", [](Declare& g, InboundPhase& p) {
    g.number("start", p.start, "", {0.0, 100.0}, "years after the corridor opens");
    g.number("amount",
             p.amount,
             "kt/a",
             kMustPositive,
             "tonnes a year at full rate, added to the phases before; ramped as the output is");
  });
}

void describe_mine(Declare& f, Mine& m) {
  f.choice("owner", m.owner, kOwners, "whose mine it is: a third party's only pays the tariff");
  f.number("tariff", m.tariff, "USD/t", kPositive, "paid by a third party per wet tonne carried");
  f.list("deposit", m.deposits, "what is mined", describe_deposit);
  f.list("inbound",
         m.inbound,
         "what comes from the port to the mine",
         describe_inbound,
         "cargo",
         &Inbound::cargo);
  f.number(
      "ramp_first", m.ramp_first, "", kShare, "share of full output in the first year of a phase");
  f.number("ramp_second", m.ramp_second, "", kShare, "share of full output in its second year");
  f.number("availability", m.availability, "%", {1.0, 100.0}, "share of time the plant runs");
  f.number("mean_outage", m.mean_outage, "d", kPositive, "mean length of an outage");
  f.number("stockpile", m.stockpile, "kt", kPositive, "concentrate the mine can hold");
  f.number("loadout_rate", m.loadout_rate, "t/h", kPositive, "loading of trains or trucks");
  f.number("fixed_cost", m.fixed_cost, "M USD/a", kPositive, "cost a year whatever the tonnage");
  f.number("operating_cost", m.operating_cost, "USD/t", kPositive, "cost per tonne of dry product");
  f.number("closure_cost", m.closure_cost, "M USD", kPositive, "rehabilitation in the last year");
}

void describe_plant_part(Declare& f, PlantPart& part) {
  f.names_a(Referent::kProduct, "product", part.product, "what goes in or comes out", kMust);
  f.number("share",
           part.share,
           "",
           kMustPositive,
           "dry tonnes of it for each dry tonne of the main input");
}

void describe_plant(Declare& f, Plant& p) {
  f.names_a(Referent::kProduct, "input", p.input, "the main one, which its capacity counts", kMust);
  f.list("further", p.further, "inputs beside it", describe_plant_part);
  f.list("output",
         p.outputs,
         "what it makes and sends on; what is in no output is residue and stays",
         describe_plant_part);
  f.number("capacity",
           p.capacity,
           "kt/a",
           kMustPositive,
           "dry tonnes of the main input a year while it works");
  f.number("ramp_first",
           p.ramp_first,
           "",
           kShare,
           "share of its capacity in the first year after the corridor opens");
  f.number("ramp_second", p.ramp_second, "", kShare, "share of its capacity in the second year");
  f.number("availability", p.availability, "%", {1.0, 100.0}, "share of time it is in order");
  f.number("mean_outage", p.mean_outage, "d", kPositive, "mean length of an outage");
  f.number("batch",
           p.batch,
           "t",
           kPositive,
           "dry tonnes of the main input worked at a time; 0 = a day's work at full capacity");
  f.number("stockyard", p.stockyard, "kt", kPositive, "room for each product, wet");
  f.number("loading_rate", p.loading_rate, "t/h", kPositive, "loading of trains or trucks");
  f.number("unloading_rate", p.unloading_rate, "t/h", kPositive, "their unloading");
  f.number("fixed_cost", p.fixed_cost, "M USD/a", kPositive, "cost a year whatever the tonnage");
  f.number("operating_cost",
           p.operating_cost,
           "USD/t",
           kPositive,
           "cost per dry tonne of the main input, energy and reagents bought counted");
}

void describe_tide(Declare& f, TideConstituent& t) {
  f.text("name", t.name, "constituent, e.g. M2");
  f.number("amplitude", t.amplitude, "m", {0.0, 10.0}, "half its range");
  f.number("speed", t.speed, "", {0.0, 180.0}, "degrees an hour");
  f.number("phase", t.phase, "", {-360.0, 360.0}, "degrees at the start of the first project year");
}

void describe_berth(Declare& f, Berth& b) {
  f.text("name", b.name, "what it is called", kMust);
  f.number("length", b.length, "m", kPositive, "longest ship it takes");
  f.number("depth", b.depth, "m", kPositive, "water at chart datum alongside");
  f.number("loading_rate", b.loading_rate, "t/h", kPositive, "net rate of its shiploader");
  f.number("availability", b.availability, "%", {1.0, 100.0}, "share of time the shiploader works");
  f.number("mean_repair", b.mean_repair, "d", kPositive, "mean length of a breakdown");
}

void describe_weather(Declare& f, Weather& w) {
  f.text("name", w.name, "what closes the port");
  f.number("first_day", w.first_day, "", {0.0, 365.0}, "first day of its season, 0 = 1 January");
  f.number("last_day", w.last_day, "", {0.0, 365.0}, "last day of its season");
  f.number("mean_closed", w.mean_closed, "d", kMustPositive, "mean length of a closed spell");
  f.number("mean_open", w.mean_open, "d", kMustPositive, "mean length of the open spell between");
}

void describe_other_ships(Declare& f, OtherShips& s) {
  f.text("name", s.name, "whose ships they are", kMust);
  f.number("calls", s.calls, "1/a", kMustPositive, "calls a year, at random");
  f.number("alongside", s.alongside, "d", kMustPositive, "mean time at the berth, exponential");
  f.texts("berths", s.berths, "names of the berths they share; none = they lie elsewhere");
  f.number("loa", s.loa, "m", kPositive, "length over all");
  f.number("draught", s.draught, "m", kPositive, "going out");
  f.number("draught_in", s.draught_in, "m", kPositive, "coming in; 0 = as going out");
  f.number("tugs", s.tugs, "", kPositive, "at each move, where the port counts its tugs");
}

void describe_siltation(Declare& f, Siltation& s) {
  f.number("channel", s.channel, "m/a", kPositive, "depth that the channel loses");
  f.number("berths", s.berths, "m/a", kPositive, "depth lost alongside");
  f.number("every",
           s.every,
           "a",
           kMustPositive,
           "from one dredging campaign to the next; the first so long after the opening");
  f.number(
      "campaign", s.campaign, "d", kPositive, "how long one takes; its end restores the depth");
  f.number(
      "shut", s.shut, "h", {0.0, 24.0}, "of each day of a campaign without ships in the channel");
}

void describe_harbour(Declare& f, Port& p) {
  f.number("tugs", p.tugs, "", kPositive, "tugs shared by all moves of ships; 0 = always enough");
  f.number("tug_time", p.tug_time, "h", kPositive, "of a tug at one move, until it is free again");
  f.number("pilots", p.pilots, "", kPositive, "likewise, one for each move; 0 = always enough");
  f.number("pilot_time", p.pilot_time, "h", kPositive, "of a pilot at one move");
  f.number("pilotage_from",
           p.pilotage_from,
           "",
           {0.0, 24.0},
           "hour of the day at which ships may enter the channel");
  f.number("pilotage_until",
           p.pilotage_until,
           "",
           {0.0, 24.0},
           "hour by which they are through; 0 to 24 = by day and night");
  f.table("siltation", p.siltation, "silt and maintenance dredging", describe_siltation);
  f.list("other_ships",
         p.other_ships,
         "ships of other users that share the port",
         describe_other_ships);
}

void describe_port(Declare& f, Port& p) {
  f.flag("existing", p.existing, "whether it stands already");
  f.number(
      "channel_depth", p.channel_depth, "m", {0.0, 40.0}, "water in the approach at chart datum");
  f.number("channel_length",
           p.channel_length,
           "km",
           kPositive,
           "length of the approach channel or trestle");
  f.number("channel_transit", p.channel_transit, "h", kPositive, "time in the one-way channel");
  f.number("keel_clearance", p.keel_clearance, "m", {0.0, 10.0}, "water wanted under the keel");
  f.number("natural_depth", p.natural_depth, "m", {0.0, 60.0}, "water at the site before dredging");
  f.number("unloading_rate", p.unloading_rate, "t/h", kPositive, "unloading of trains or trucks");
  f.number("stockyard", p.stockyard, "kt", kPositive, "product it can hold");
  f.number("least_lots",
           p.least_lots,
           "",
           {1.0, 20.0},
           "shiploads that each product's share of the stockyard holds at the least");
  f.number("ship_lateness",
           p.ship_lateness,
           "d",
           kPositive,
           "standard deviation of arrival around the laycan");
  f.number("fixed_cost", p.fixed_cost, "M USD/a", kPositive, "cost a year whatever the tonnage");
  f.number("handling_cost", p.handling_cost, "USD/t", kPositive, "cost per wet tonne");
  f.number(
      "maintenance_dredging", p.maintenance_dredging, "M USD/a", kPositive, "keeping the depth");
  f.number("dues", p.dues, "USD/t", kPositive, "charge per tonne by the port's owner");
  f.text("dues_to", p.dues_to, "who receives the dues");
  f.list("berth", p.berths, "berths that load the product", describe_berth);
  f.list("tide", p.tides, "harmonic constituents", describe_tide);
  f.list("weather", p.weather, "closures", describe_weather);
  describe_harbour(f, p);
}

}  // namespace

void describe_work(Declare& f, Work& w) {
  f.text("name", w.name, "what is built", kMust);
  f.choice("part", w.part, kParts, "where its cost is counted");
  f.number("cost", w.cost, "M USD", kMustPositive, "its cost");
  f.number("start", w.start, "", {0.0, 60.0}, "years after construction starts");
  f.number("duration", w.duration, "a", {0.1, 20.0}, "time to build it");
}

void describe_staff(Declare& f, Staffing& s) {
  f.number(
      "construction", s.construction, "", kPositive, "full-time equivalents while it is built");
  f.number("operation", s.operation, "", kPositive, "full-time equivalents while it runs");
  f.number("wage", s.wage, "USD/a", kPositive, "mean yearly cost of one");
  f.number("from_district", s.from_district, "%", {0.0, 100.0}, "share hired in the district");
  f.number("from_province",
           s.from_province,
           "%",
           {0.0, 100.0},
           "share hired in the province beyond the district");
}

void describe_site(Declare& f, Site& s) {
  f.text("id", s.id, "name used by other entries", kMust);
  f.text("label", s.label, "name shown to people");
  f.choice("kind", s.kind, kSiteKinds, "what it is", kMust);
  f.place("at", s.at, "[longitude, latitude] in degrees, WGS 84", kMust);
  f.text("district", s.district, "district it lies in");
  f.text("province", s.province, "province it lies in");
  f.text("source", s.source, "where its position comes from");
  f.list("work", s.works, "what must be built here", describe_work);
  f.table("staff", s.staff, "people employed here", describe_staff);
  f.table("mine", s.mine, "a mine's own fields", describe_mine);
  f.table("plant", s.plant, "a plant's own fields", describe_plant);
  f.table("port", s.port, "a port's own fields", describe_port);
  f.table("market", s.market, "a market's own fields", [](Declare& g, Market& m) {
    g.number("demurrage",
             m.demurrage,
             "USD/d",
             kPositive,
             "paid for each day a ship waits beyond its laytime");
  });
}

}  // namespace tidewater::project
