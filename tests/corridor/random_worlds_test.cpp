/// Laws over many drawn corridors: no tonne lost, nothing stands still without a reason, the same
/// outcome on one and two threads. TIDEWATER_RANDOM_WORLDS says how many, in shards that can run
/// side by side: few in the fast set, ten thousand in the slow one.

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tidewater/base/contract.hpp"
#include "tidewater/corridor/simulate.hpp"

#include "life_digest.hpp"
#include "random_corridor.hpp"

using namespace tidewater;
using namespace tidewater::corridor;

namespace {

constexpr std::uint32_t kWorlds = TIDEWATER_RANDOM_WORLDS;
constexpr std::uint32_t kShard = std::min(kWorlds, 1000U);
static_assert(kWorlds % kShard == 0, "no world is left out");
constexpr std::uint64_t kSeed = 9;

/// At the end of the life.
Mass level_of(Life const& life, StockSeries::Where where, std::string const& place, ProductId id) {
  for (StockSeries const& series : life.stocks) {
    if (series.where == where && series.place == place && series.product == id) {
      return series.level.back();
    }
  }
  ADD_FAILURE() << "no stock at " << place;
  return {};
}

/// Why the product of a route may have stood still in the last year; empty when there is no reason
/// for it, so that something is stuck.
class Standstill {
 public:
  Standstill(CorridorModel const& model, Life const& life) : model_{model}, life_{life} {}

  /// No load left the mine or plant.
  [[nodiscard]] std::string unloaded(Route const& route) const {
    if (idle(route.hauls.front())) {
      return "nobody fetches it";
    }
    auto const* made = std::get_if<PlantOutput>(&route.from);
    bool const little = made != nullptr ? left(StockSeries::Where::kHub,
                                               model_.hubs[model_.plants[made->plant].hub].id,
                                               made->product,
                                               route.hauls.front())
                                        : left(StockSeries::Where::kMine,
                                               model_.mines[std::get<MineId>(route.from)].id,
                                               product_of(model_, route),
                                               route.hauls.front());
    if (little) {
      return made != nullptr ? "less than a load lies at the plant"
                             : "less than a load lies at the mine";
    }
    if (auto const* plant = std::get_if<PlantId>(&route.to); plant != nullptr) {
      return stands(*plant);
    }
    return !route.hubs.empty() && idle(route.hauls.back()) ? "nobody fetches it from the hub" : "";
  }
  /// No load came to the port.
  [[nodiscard]] std::string undelivered(Route const& route) const {
    if (idle(route.hauls.back())) {
      return "nobody carries it to the port";
    }
    if (route.hubs.empty()) {
      return unloaded(route);
    }
    Hub const& hub = model_.hubs[route.hubs.front()];
    ProductId const product = product_of(model_, route);
    return left(StockSeries::Where::kHub, hub.id, product, route.hauls.back())
               ? "less than a load lies at the hub"
               : "";
  }
  /// A plant worked nothing.
  [[nodiscard]] std::string stands(PlantId id) const {
    Plant const& plant = model_.plants[id];
    std::string const& hub = model_.hubs[plant.hub].id;
    auto const lacks = [&](ProductId product, double share) {
      return level_of(life_, StockSeries::Where::kHub, hub, product) < share * plant.batch;
    };
    if (lacks(plant.input, 1) ||
        std::any_of(plant.further.begin(), plant.further.end(), [&](RecipePart const& part) {
          return lacks(part.product, part.share);
        })) {
      return "the plant lacks an input";
    }
    for (Route const& route : model_.routes) {
      auto const* made = std::get_if<PlantOutput>(&route.from);
      if (made != nullptr && made->plant == id && idle(route.hauls.front())) {
        return "nobody fetches what the plant makes";
      }
    }
    return "";
  }
  /// No ship sailed. A ship is called for a lot, or for what the yard can hold of it.
  [[nodiscard]] std::string unshipped(ShippingContract const& sales) const {
    Mass lying{};
    auto const& years = life_.products[sales.product];
    for (std::size_t y = 0; y < years.size(); ++y) {
      lying +=
          (y + 1 < years.size() ? years[y].delivered : Mass{}) - years[y].shipped - years[y].lost;
    }
    Mass lots{};  // where two ports sell it, each may hold less than a lot
    for (ShippingContract const& other : model_.contracts) {
      Mass const yard = model_.ports[other.port].stockyards[other.product.index()].capacity;
      lots += other.product == sales.product
                  ? dry(std::min(other.ship.lot, 0.9 * yard), other.product)
                  : Mass{};
    }
    return lying < lots ? "less than a lot had come together" : "";
  }

 private:
  [[nodiscard]] Mass dry(Mass wet, ProductId product) const {
    return (1 - model_.products[product].moisture) * wet;
  }
  [[nodiscard]] bool idle(Haul const& haul) const {
    if (auto const* road = std::get_if<RoadHaul>(&haul)) {
      return road->trucks == 0;
    }
    auto const* rail = std::get_if<RailHaul>(&haul);
    return rail != nullptr && model_.fleets[rail->fleet].consists == 0;
  }
  /// Less than a load is left there.
  [[nodiscard]] bool left(StockSeries::Where where,
                          std::string const& place,
                          ProductId product,
                          Haul const& haul) const {
    return level_of(life_, where, place, product) < dry(load_of(haul), product);
  }
  [[nodiscard]] Mass load_of(Haul const& haul) const {
    if (auto const* road = std::get_if<RoadHaul>(&haul)) {
      return road->payload;
    }
    if (auto const* pipe = std::get_if<PipelineHaul>(&haul)) {
      return pipe->batch;
    }
    return model_.fleets[std::get<RailHaul>(haul).fleet].payload;
  }

  CorridorModel const& model_;
  Life const& life_;
};

/// How often each reason was met over all worlds.
using Reasons = std::map<std::string, int>;

void expect_that_all_goes_on(CorridorModel const& model, Life const& life, Reasons& reasons) {
  Standstill const why{model, life};
  auto const stands = [&reasons](std::string const& what, std::string const& reason) {
    EXPECT_NE(reason, "") << what << " in the last year without a reason";
    ++reasons[what + ": " + reason];
  };
  for (Route const& route : model.routes) {
    ProductYear const& last = life.products[product_of(model, route)].back();
    if (!(last.loaded > Mass{})) {
      stands("nothing was loaded", why.unloaded(route));
    }
    if (auto const* plant = std::get_if<PlantId>(&route.to); plant != nullptr) {
      if (!(life.plants[*plant].back().worked > Mass{})) {
        stands("nothing was worked", why.stands(*plant));
      }
    }
    if (!(last.delivered > Mass{})) {
      stands("nothing was delivered", why.undelivered(route));
    }
  }
  for (ShippingContract const& sales : model.contracts) {
    bool const sailed = life.products[sales.product].back().shipped > Mass{};
    sailed ? void(++reasons["shipped"]) : stands("nothing was shipped", why.unshipped(sales));
  }
}

void expect_that_nothing_is_lost(CorridorModel const& model, Life const& life) {
  for (std::uint32_t p = 0; p < model.products.size(); ++p) {
    Balance const& balance = life.balance[ProductId{p}];
    double const whole = (balance.mined + balance.made).base();
    EXPECT_NEAR(balance.gap().base(), 0, 1e-6 * whole + 1.0);
    EXPECT_GE(balance.in_transit.base(), -1e-6 * whole);
  }
  for (std::uint32_t i = 0; i < model.plants.size(); ++i) {  // the recipe, to the tonne
    Plant const& plant = model.plants[PlantId{i}];
    double const worked = life.balance[plant.input].worked.base();
    for (RecipePart const& part : plant.outputs) {
      double const made = life.balance[part.product].made.base();
      EXPECT_NEAR(made, part.share * worked, 1e-9 * worked + 1.0);
    }
  }
}

/// By the number of a shard.
class RandomWorlds : public testing::TestWithParam<std::uint32_t> {};

}  // namespace

TEST_P(RandomWorlds, LoseNoTonneNeverStandStillWithoutAReasonAndAreTheSameOnTwoThreads) {
  Reasons reasons;
  std::size_t events = 0;
  std::uint32_t const first = GetParam() * kShard;
  for (std::uint32_t number = first; number < first + kShard; ++number) {
    SCOPED_TRACE("world " + std::to_string(number));
    CorridorModel const model = worlds::RandomCorridor{number}.draw();
    auto const found = faults(model);
    ASSERT_TRUE(found.empty()) << found.front().where << ": " << found.front().what;
    try {
      auto const on = [&](int threads) {
        return experiment(model, {.seed = kSeed, .replications = 2, .threads = threads});
      };
      Lives const one = on(1);
      Lives const two = on(2);
      for (std::size_t i = 0; i < one.lives.size(); ++i) {
        EXPECT_EQ(digest(one.lives[i]), digest(two.lives[i]));
        expect_that_nothing_is_lost(model, one.lives[i]);
        expect_that_all_goes_on(model, one.lives[i], reasons);
        events += one.lives[i].events;
      }
    } catch (ContractBroken const& broken) {
      ADD_FAILURE() << broken.what();
    }
  }
  std::printf("worlds from %u on: %u, two lives each, %zu events\n", first, kShard, events);
  for (auto const& [reason, count] : reasons) {
    std::printf("%7d %s\n", count, reason.c_str());
  }
  EXPECT_GT(reasons["shipped"], static_cast<int>(kShard));  // most worlds are alive
}

INSTANTIATE_TEST_SUITE_P(Shard,
                         RandomWorlds,
                         testing::Range(0U, kWorlds / kShard),
                         [](testing::TestParamInfo<std::uint32_t> const& shard) {
                           std::uint32_t const first = shard.param * kShard;
                           return "From" + std::to_string(first) + "To" +
                                  std::to_string(first + kShard - 1);
                         });
