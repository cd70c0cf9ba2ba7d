/// Rules of what plants work and make.

#include "verify_plant.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

namespace tidewater::project {

namespace {

using Metals = std::map<std::string, double>;  ///< t for each tonne of a plant's main input

class Recipe {
 public:
  Recipe(Project const& project, std::string at, Diagnostics& faults)
      : p_{project}, at_{std::move(at)}, faults_{faults} {}

  void examine(Plant const& plant) {
    require(!plant.outputs.empty(),
            at_,
            "a plant has no [[site.plant.output]]",
            "add what it makes with its share of the main input");
    Metals in;
    Metals out;
    named_.insert(plant.input);
    add(in, plant.input, 1);
    parts(plant.further, "further", in);
    parts(plant.outputs, "output", out);
    for (auto const& [metal, leaves] : out) {
      double const comes = in[metal];
      require(!(comes > 0) || leaves <= comes * (1 + 1e-9),
              at_ + "/output",
              fmt::format("{:.4g} t of {} leave for each tonne of input, which holds {:.4g}",
                          leaves,
                          metal,
                          comes),
              "lower the share or the grade: recovery is at most 100 %");
    }
    room_for_a_batch(plant);
  }

 private:
  void require(bool holds, std::string where, std::string what, std::string remedy) {
    if (!holds) {
      faults_.push_back(
          {Severity::kError, std::move(where), std::move(what), std::move(remedy), "TW0326", {}});
    }
  }

  /// A batch waits until all of its inputs lie there, and what it makes lies there in one. What
  /// else must fit beside it is told when the corridor is put together.
  void room_for_a_batch(Plant const& plant) {
    Mass const batch = batch_of(plant);
    auto const fits = [&](std::string const& id, double share) {
      auto const product = std::find_if(
          p_.products.begin(), p_.products.end(), [&](Product const& one) { return one.id == id; });
      if (product == p_.products.end()) {
        return;
      }
      Mass const wet = share * batch / (1 - product->moisture.value);
      require(wet <= plant.stockyard.value * (1 + 1e-9),
              at_ + "/stockyard",
              fmt::format("a stockyard of {:.0f} t cannot hold the {:.0f} t of {} of one batch",
                          plant.stockyard.value.in(units::t),
                          wet.in(units::t),
                          id),
              "give it more room, or the plant a smaller batch");
    };
    fits(plant.input, 1);
    for (auto const* const list : {&plant.further, &plant.outputs}) {
      for (auto const& part : *list) {
        fits(part.product, part.share.value);
      }
    }
  }

  void add(Metals& metals, std::string const& id, double share) const {
    for (auto const& product : p_.products) {
      for (auto const& content : product.contents) {
        metals[content.metal] += product.id == id ? share * content.grade.value : 0;
      }
    }
  }

  void parts(std::vector<PlantPart> const& all, char const* list, Metals& metals) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      require(named_.insert(all[i].product).second,
              fmt::format("{}/{}/{}/product", at_, list, i),
              fmt::format("the recipe names '{}' twice", all[i].product),
              "name each product once, as input or as output");
      add(metals, all[i].product, all[i].share.value);
    }
  }

  Project const& p_;
  std::string at_;
  Diagnostics& faults_;
  std::set<std::string> named_;
};

}  // namespace

Diagnostics plant_faults(Project const& project) {
  Diagnostics faults;
  for (auto const& site : project.sites) {
    if (site.plant) {
      Recipe{project, "/site/" + site.id + "/plant", faults}.examine(*site.plant);
    }
  }
  return faults;
}

}  // namespace tidewater::project
