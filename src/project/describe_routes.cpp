#include "tidewater/project/project.hpp"

#include "declare.hpp"

namespace tidewater::project {

namespace {

constexpr std::array<std::string_view, 4> kModes{"rail", "road", "pipeline", "sea"};
constexpr std::array<std::string_view, 3> kStates{"new", "existing", "upgrade"};

void describe_rates(Declare& f, Rates& r) {
  f.number("track", r.track, "M USD/km", kPositive, "rails, sleepers, ballast, laid");
  f.number("signalling", r.signalling, "M USD/km", kPositive, "signalling and telecommunications");
  f.number("drainage", r.drainage, "M USD/km", kPositive, "culverts, fencing, service road");
  f.number("loop", r.loop, "M USD", kPositive, "one passing loop with its turnouts and signals");
  f.number("cut", r.cut, "USD/m3", kPositive, "excavating rock");
  f.number("fill", r.fill, "USD/m3", kPositive, "placing and compacting an embankment");
  f.number("borrow", r.borrow, "USD/m3", kPositive, "fill brought from outside the line");
  f.number("dump", r.dump, "USD/m3", kPositive, "spoil the line cannot use");
  f.number("bridge_base", r.bridge_base, "USD/m", kPositive, "viaduct per metre at no height");
  f.number("bridge_per_height",
           r.bridge_per_height,
           "USD/m2",
           kPositive,
           "more per metre of viaduct and metre of height");
  f.number("tunnel", r.tunnel, "M USD/km", kPositive, "single-track tunnel");
  f.number("bridge_above",
           r.bridge_above,
           "m",
           {1.0, 100.0},
           "embankments higher than this become bridges");
  f.number("tunnel_below",
           r.tunnel_below,
           "m",
           {1.0, 100.0},
           "cuttings deeper than this become tunnels");
  f.number("formation_width", r.formation_width, "m", {3.0, 30.0}, "width of the trackbed");
  f.number("cut_slope", r.cut_slope, "", {0.1, 4.0}, "run over rise of a cutting's sides");
  f.number("fill_slope", r.fill_slope, "", {0.5, 4.0}, "run over rise of an embankment's sides");
  f.number("engineering",
           r.engineering,
           "%",
           {0.0, 100.0},
           "design and supervision, on all of the above");
  f.number("contingency", r.contingency, "%", {0.0, 200.0}, "on all of the above and engineering");
}

void describe_possession(Declare& f, Possession& p) {
  f.text("name", p.name, "what is done");
  f.number("first_day", p.first_day, "", kPositive, "of the first one, days after the opening");
  f.number("hour", p.hour, "", {0.0, 24.0}, "of the day at which it begins");
  f.number("length", p.length, "h", kMustPositive, "how long no train may run");
  f.number("every",
           p.every,
           "d",
           {0.25, 3660.0},
           "from one beginning to the next: 1 d = every night, 7 d = once a week");
  f.number("from", p.from, "km", kPositive, "where the stretch begins, from the link's `from`");
  f.number("to", p.to, "km", kPositive, "where it ends; 0 = at the link's `to`");
}

void describe_crews(Declare& f, Crews& c) {
  f.number("count",
           c.count,
           "",
           {1.0, {}, FieldSpec::Need::kRequired},
           "crews of all its trains, at home where they are unloaded");
  f.number("per_train",
           c.per_train,
           "",
           {1.0, 20.0},
           "crews a train sets out with for a round trip, who relieve each other");
  f.number("duty",
           c.duty,
           "h",
           {1.0, 1000.0},
           "of one crew; those of a train must last an undisturbed round trip");
  f.number("rest", c.rest, "h", kPositive, "of its crews after each round trip");
}

/// The line itself.
void describe_track(Declare& f, Rail& r) {
  f.number("gauge", r.gauge, "mm", {600.0, 1700.0}, "distance between the rails");
  f.number(
      "ruling_loaded", r.ruling_loaded, "%", {0.05, 6.0}, "steepest climb from `from` to `to`");
  f.number("ruling_empty", r.ruling_empty, "%", {0.05, 6.0}, "steepest climb from `to` to `from`");
  f.number("min_radius", r.min_radius, "m", {100.0, 5000.0}, "tightest curve wanted");
  f.number("axle_load", r.axle_load, "t", {5.0, 45.0}, "load on one axle");
  f.number("speed", r.speed, "km/h", {5.0, 200.0}, "line speed");
  f.number("tracks", r.tracks, "", {1.0, 2.0}, "running tracks");
  f.number("loops", r.loops, "", {0.0, 200.0}, "passing loops between the ends");
  f.number("loop_length", r.loop_length, "m", {100.0, 5000.0}, "clear length of a loop");
  f.number(
      "yard_length",
      r.yard_length,
      "m",
      {0.0, 20000.0},
      "of a new line: kept at 0.25 % or less at an end that is no junction, to load and unload");
  f.number(
      "search_gap",
      r.search_gap,
      "%",
      {0.0, 100.0},
      "of a new line's cost: where the lower bound lies further below it, the search goes on from "
      "line to line, with fewer structures and with even grades, in many times the time, unless "
      "the line costs less than any along the search's links, by no more than this; 0 % = wherever "
      "that can help, and neither a structure allowed nor easing one of two even ruling grades "
      "makes the line dearer; 100 % = only where no line is found");
}

void describe_rail(Declare& f, Rail& r) {
  describe_track(f, r);
  f.number("meet_allowance",
           r.meet_allowance,
           "min",
           kPositive,
           "time lost at each meet beyond running time");
  f.number("buffer",
           r.buffer,
           "min",
           kPositive,
           "kept free between trains in the clock-face timetable, against late running");
  f.number(
      "other_trains", r.other_trains, "", kPositive, "trains a day each way already on the line");
  f.names_a(Referent::kConsist, "consist", r.consist, "the train that runs on it", kMust);
  f.number("length",
           r.length,
           "km",
           kPositive,
           "of an existing line, when known better than it is drawn; 0 = as drawn");
  f.number(
      "upgrade_rate", r.upgrade_rate, "M USD/km", kPositive, "cost of upgrading an existing line");
  f.number("upgrade_cost",
           r.upgrade_cost,
           "M USD",
           kPositive,
           "a lump sum for upgrading it, added to the rate");
  f.number("build", r.build, "a", {0.25, 20.0}, "time to build or upgrade it");
  f.number("upkeep",
           r.upkeep,
           "USD/km/a",
           kPositive,
           "maintenance the venture pays per km of line and year");
  f.number("access", r.access, "USD/t/km", kPositive, "track access charge per wet tonne and km");
  f.text("access_to", r.access_to, "who receives the access charge");
  f.number("fleet_margin",
           r.fleet_margin,
           "",
           {1.0, 3.0},
           "consists over what undisturbed running needs");
  f.number(
      "fleet", r.fleet, "", kPositive, "consists in traffic; 0 = as many as the tonnage needs");
  f.list("possession",
         r.possessions,
         "planned closures for maintenance, which the dispatcher knows ahead",
         describe_possession);
  f.table("crews",
          r.crews,
          "crews of the trains that are loaded at its `from`; without it there are always enough",
          describe_crews);
}

void describe_road(Declare& f, Road& r) {
  f.number(
      "detour", r.detour, "", {1.0, 4.0}, "road km per great-circle km, when no length is given");
  f.number("length", r.length, "km", kPositive, "road length; 0 = great circle x detour");
  f.number("payload", r.payload, "t", {1.0, 400.0}, "wet tonnes a truck");
  f.number("speed", r.speed, "km/h", {5.0, 120.0}, "mean speed");
  f.number(
      "fleet_margin", r.fleet_margin, "", {1.0, 3.0}, "trucks over what undisturbed running needs");
  f.number("fleet", r.fleet, "", kPositive, "trucks; 0 = as many as the tonnage needs");
  f.number("at_ends",
           r.at_ends,
           "h",
           kPositive,
           "time of a truck at both ends, loading and unloading together");
  f.number("dispatch_every",
           r.dispatch_every,
           "h",
           {0.1, 168.0},
           "trucks that wait for cargo are sent off full at these intervals");
  f.number("cost", r.cost, "USD/t/km", kPositive, "all-in cost per wet tonne and km");
}

/// A share in percent that must be stated.
constexpr Range kMustShare{1.0, 100.0, FieldSpec::Need::kRequired};

void describe_pipeline(Declare& f, Pipeline& l) {
  f.number(
      "detour", l.detour, "", {1.0, 4.0}, "pipe km per great-circle km, when no length is given");
  f.number("length", l.length, "km", kPositive, "length of pipe; 0 = great circle x detour");
  f.number("solids", l.solids, "t/h", kMustPositive, "dry solids pumped, while it pumps");
  f.number("solids_share", l.solids_share, "%", kMustShare, "dry solids in the slurry's mass");
  f.number("velocity", l.velocity, "m/s", kMustPositive, "of the slurry in the pipe");
  f.number("batch", l.batch, "t", kMustPositive, "dry solids pumped at a time");
  f.number("availability", l.availability, "%", kMustShare, "share of time it can pump");
  f.number("mean_outage", l.mean_outage, "d", kPositive, "mean time until it pumps again");
  f.number("head_loss",
           l.head_loss,
           "‰",
           kMustPositive,
           "head lost to friction, metres of slurry per 1000 m of pipe");
  f.number("lift", l.lift, "m", kAny, "height of `to` over `from`; below zero when it falls");
  f.number("efficiency", l.efficiency, "%", kMustShare, "of pumps and motors together");
  f.number("energy_price", l.energy_price, "USD/kWh", kMustPositive, "of the current it draws");
  f.number("carbon", l.carbon, "kg/kWh", kMustPositive, "CO2 of that current");
  f.number("cost", l.cost, "M USD/km", kPositive, "of building a new one, pumps included");
  f.number("build", l.build, "a", {0.25, 20.0}, "time to build it");
  f.number("upkeep", l.upkeep, "USD/km/a", kPositive, "maintenance per km and year");
  f.number("dewatering",
           l.dewatering,
           "USD/t",
           kPositive,
           "running the filters at the far end, per dry tonne");
}

void describe_link(Declare& f, Link& l) {
  f.text("id", l.id, "name used by other entries", kMust);
  f.choice("mode", l.mode, kModes, "what runs on it", kMust);
  f.names_a(Referent::kSite, "from", l.from, "site where the cargo enters", kMust);
  f.names_a(Referent::kSite, "to", l.to, "site where it leaves", kMust);
  f.places("via", l.via, "points a new line passes, in order");
  f.choice("status", l.status, kStates, "whether it must be built");
  f.places("geometry", l.geometry, "the course of an existing line");
  f.text("district", l.district, "where its wages and purchases mostly fall");
  f.text("note", l.note, "anything a reader should know");
  f.list("work", l.works, "what must be built for it beside the line itself", describe_work);
  f.table("staff", l.staff, "people employed on it", describe_staff);
  f.table("rail", l.rail, "a railway's own fields", describe_rail);
  f.table("road", l.road, "a road haul's own fields", describe_road);
  f.table("pipeline", l.pipeline, "a slurry pipeline's own fields", describe_pipeline);
  f.table("sea", l.sea, "a sea leg's own fields", [](Declare& g, Sea& s) {
    g.number("distance", s.distance, "nmi", kMustPositive, "sailing distance");
    g.names_a(Referent::kVessel, "vessel", s.vessel, "the ship that sails it", kMust);
    g.number("canal_due", s.canal_due, "USD", kPositive, "canal dues a voyage");
  });
}

void describe_hazard(Declare& f, Hazard& h) {
  f.text("id", h.id, "name used by other entries", kMust);
  f.text("name", h.name, "what happens");
  f.text("at", h.at, "the link or site it strikes", kMust);
  f.number("per_length", h.per_length, "1/km/a", kPositive, "events per km of link and year");
  f.number("rate", h.rate, "1/a", kPositive, "events a year, added to those by length");
  f.number("mean_repair", h.mean_repair, "d", kPositive, "mean time until it runs again");
  f.number("loss", h.loss, "t", kPositive, "cargo lost at each event");
  f.text("note", h.note, "anything a reader should know");
}

}  // namespace

void describe_routes(Declare& f, Project& p) {
  f.table("rates", p.rates, "concept-level prices of building railway", describe_rates);
  describe_stock(f, p);
  f.list("link", p.links, "ways between sites", describe_link, "id", &Link::id);
  f.list("hazard", p.hazards, "things that stop the corridor", describe_hazard, "id", &Hazard::id);
}

}  // namespace tidewater::project
