#include "tidewater/project/catalogue.hpp"
#include "tidewater/project/project.hpp"

#include "declare.hpp"

namespace tidewater::project {

namespace {

constexpr std::array<std::string_view, 4> kTractions{"diesel", "electric", "battery", "hybrid"};
// The names stand here for the guide and the editor; a test keeps them those of the catalogue.
constexpr char const* kLocomotiveEntries =
    "entry of the catalogue that gives what is not stated: ac4400cw, wabtec_tier4, wdg4g, wag9h, "
    "iore";
constexpr char const* kWagonEntries =
    "entry of the catalogue that gives what is not stated: boxn, boxnha, boxnhs, gondola_130t, "
    "lkab_f050";
constexpr char const* kVesselEntries =
    "entry of the catalogue that gives what is not stated: handysize, handymax, supramax, panamax, "
    "kamsarmax, capesize, newcastlemax, valemax";

void describe_supply(Declare& f, Locomotive& l) {
  f.choice("traction", l.traction, kTractions, "where its energy comes from");
  f.number("efficiency",
           l.efficiency,
           "%",
           {1.0, 100.0},
           "work at the wheel per energy of fuel, current or battery");
  f.curve("efficiency_by_load",
          l.efficiency_by_load,
          "%",
          "%",
          "the same by share of full power; empty = one efficiency at all loads");
  f.number("catenary",
           l.catenary,
           "%",
           {1.0, 100.0},
           "of the substation's energy, what reaches an electric locomotive");
  f.number("regeneration",
           l.regeneration,
           "%",
           kShareInPercent,
           "of dynamic braking, what an electric one gives back to the supply");
  f.number("carbon", l.carbon, "kg/kWh", kPositive, "CO2 of fuel or supply");
  f.number("idling", l.idling, "kW", kPositive, "fuel or current drawn besides traction");
  f.number("power_rise", l.power_rise, "s", kPositive, "from no power to full; 0 = at once");
  f.number("storage", l.storage, "kWh", kPositive, "usable energy on board, battery or hybrid");
  f.number("storage_power", l.storage_power, "MW", kPositive, "at which braking fills it");
  f.number("storage_boost",
           l.storage_boost,
           "MW",
           kPositive,
           "at the wheel, what a hybrid's store adds to its engine's power while it holds any; 0 = "
           "it only spares the engine. Spared fuel is told, not priced: costs are traction work "
           "times energy_price");
}

void describe_locomotive(Declare& f, Locomotive& l) {
  f.text("id", l.id, "name used by other entries", kMust);
  f.text("catalogue", l.catalogue, kLocomotiveEntries);
  fill_from_catalogue(l);
  f.number("mass", l.mass, "t", {10.0, 400.0}, "mass, all on driven axles");
  f.number("length", l.length, "m", {5.0, 50.0}, "over couplers");
  f.number("axles", l.axles, "", {2.0, 12.0}, "number of axles");
  f.curve("effort", l.effort, "km/h", "kN", "tractive effort by speed; empty = power over speed");
  f.curve("resistance",
          l.resistance,
          "km/h",
          "kN",
          "running resistance by speed, measured; empty = Davis's formula");
  f.number("power", l.power, "MW", {0.1, 20.0}, "at the wheel");
  f.number("max_speed", l.max_speed, "km/h", {20.0, 300.0}, "fastest it may run");
  f.number("adhesion", l.adhesion, "", {0.05, 0.5}, "usable adhesion");
  f.number("dynamic_brake", l.dynamic_brake, "MW", kPositive, "power its dynamic brake absorbs");
  f.number("brake_grip",
           l.brake_grip,
           "%",
           {5.0, 100.0},
           "of the grip adhesion allows, what the dynamic brake uses at most");
  describe_supply(f, l);
  f.number("price", l.price, "M USD", kPositive, "price of one");
}

void describe_wagon(Declare& f, Wagon& w) {
  f.text("id", w.id, "name used by other entries", kMust);
  f.text("catalogue", w.catalogue, kWagonEntries);
  fill_from_catalogue(w);
  f.number("tare", w.tare, "t", {5.0, 100.0}, "empty mass");
  f.number("payload", w.payload, "t", {5.0, 200.0}, "wet tonnes carried");
  f.number("length", w.length, "m", {5.0, 40.0}, "over couplers");
  f.number("axles", w.axles, "", {2.0, 8.0}, "number of axles");
  f.curve("resistance_loaded",
          w.resistance_loaded,
          "km/h",
          "N",
          "running resistance of a loaded one by speed; empty = modified Davis formula");
  f.curve("resistance_empty",
          w.resistance_empty,
          "km/h",
          "N",
          "the same of an empty one; stated together or not at all");
  f.number("brake_ratio",
           w.brake_ratio,
           "%",
           {1.0, 20.0},
           "full-service brake force over loaded weight");
  f.number(
      "brake_heat", w.brake_heat, "kW", kPositive, "braking power its wheels can shed for long");
  f.number(
      "drawbar", w.drawbar, "kN", kPositive, "pull its couplings may carry; 0 = not looked at");
  f.number("price", w.price, "M USD", kPositive, "price of one");
}

void describe_locomotives(Declare& g, VehicleGroup& more) {
  g.names_a(Referent::kLocomotive, "class", more.of, "a locomotive class", kMust);
  g.number("count", more.count, "", {1.0, 12.0}, "how many of it");
}

void describe_wagons(Declare& g, VehicleGroup& more) {
  g.names_a(Referent::kWagon, "class", more.of, "a wagon class", kMust);
  g.number("count", more.count, "", {1.0, 300.0}, "how many of it");
}

void describe_consist(Declare& g, Consist& c) {
  g.text("id", c.id, "name used by other entries", kMust);
  g.names_a(Referent::kLocomotive, "locomotive", c.locomotive, "its locomotive class", kMust);
  g.names_a(Referent::kWagon, "wagon", c.wagon, "its wagon class", kMust);
  g.number("wagons", c.wagons, "", {1.0, 300.0}, "number of wagons");
  g.number("locomotives",
           c.locomotives,
           "",
           {0.0, 12.0},
           "number of locomotives; 0 = as many as the ruling grade needs");
  g.list("more_locomotives",
         c.more_locomotives,
         "locomotives of other classes that lead every train besides those of `locomotive`",
         describe_locomotives);
  g.list("more_wagons",
         c.more_wagons,
         "wagons of other classes in every train, behind those of `wagon`",
         describe_wagons);
  g.number("remote",
           c.remote,
           "%",
           kShareInPercent,
           "of the wagons, what stands ahead of the second half of the locomotives; 0 = all lead, "
           "100 % = "
           "the second half pushes");
  g.number("coast_to",
           c.coast_to,
           "%",
           {20.0, 100.0},
           "of a speed limit, what its trains coast down to before they brake; 100 % = they never "
           "coast");
  g.number("running_cost", c.running_cost, "USD/km", kPositive, "crew and upkeep per train-km");
  g.number(
      "failures", c.failures, "1/d", kPositive, "that stop it on the line, per time under way");
  g.number("mean_repair", c.mean_repair, "h", kPositive, "mean time until it moves again");
  g.number("at_loading", c.at_loading, "h", kPositive, "time at the loading place besides loading");
  g.number("at_unloading",
           c.at_unloading,
           "h",
           kPositive,
           "time at the unloading place besides unloading");
  g.number("energy_price", c.energy_price, "USD/kWh", kPositive, "fuel per kWh at the wheel");
}

void describe_vessel(Declare& f, Vessel& v) {
  f.text("id", v.id, "name used by other entries", kMust);
  f.text("catalogue", v.catalogue, kVesselEntries);
  fill_from_catalogue(v);
  f.text("class", v.class_name, "trade's name of its size");
  f.number("dwt", v.dwt, "kt", kPositive, "deadweight");
  f.number("lot", v.lot, "kt", kPositive, "cargo of one call, wet");
  f.number("draught", v.draught, "m", kPositive, "loaded");
  f.number("ballast_draught",
           v.ballast_draught,
           "%",
           {10.0, 100.0},
           "in ballast, of the loaded draught");
  f.number("loa", v.loa, "m", kPositive, "length over all");
  f.number("tugs", v.tugs, "", kPositive, "at each move, where the port counts its tugs");
  f.number("speed", v.speed, "kn", {3.0, 30.0}, "at sea");
  f.number("hire", v.hire, "USD/d", kPositive, "time charter");
  f.number("fuel", v.fuel, "t/d", kPositive, "burnt at sea");
  f.number("fuel_price", v.fuel_price, "USD/t", kPositive, "of bunker fuel");
  f.number("return_paid",
           v.return_paid,
           "%",
           kShareInPercent,
           "share of the way back in ballast that the cargo pays for");
  f.number("port_costs", v.port_costs, "USD", kPositive, "a voyage, both ends");
}

}  // namespace

void describe_stock(Declare& f, Project& p) {
  f.list("locomotive",
         p.locomotives,
         "locomotive classes",
         describe_locomotive,
         "id",
         &Locomotive::id);
  f.list("wagon", p.wagons, "wagon classes", describe_wagon, "id", &Wagon::id);
  f.list("consist", p.consists, "trains that stay together", describe_consist, "id", &Consist::id);
  f.list("vessel", p.vessels, "ships", describe_vessel, "id", &Vessel::id);
}

}  // namespace tidewater::project
