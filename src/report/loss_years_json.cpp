/// The loss ledger of the life shown, year by year: what a chart needs.

#include <algorithm>
#include <map>
#include <utility>

#include "entry.hpp"
#include "parts.hpp"

namespace tidewater::report {

namespace {

using corridor::Loss;
using corridor::LossCause;
using corridor::ProductId;
using io::Json;
using units::kt;

/// What a chart can tell apart.
std::string_view group(LossCause cause) {
  switch (cause) {
    case LossCause::kOutage:
    case LossCause::kMadeGood:
    case LossCause::kMineHazard:
    case LossCause::kReserveUsedUp:
      return "mine";
    case LossCause::kNotOpen:
      return "not-open";
    case LossCause::kNoVehicle:
    case LossCause::kCrew:
    case LossCause::kDispatch:
    case LossCause::kLoadOut:
      return "vehicles";
    case LossCause::kLineBusy:
    case LossCause::kLineShut:
    case LossCause::kPipelineDown:
    case LossCause::kPipelineRate:
      return "line";
    case LossCause::kPlantDown:
    case LossCause::kPlantRate:
    case LossCause::kPlantLacks:
    case LossCause::kWorked:
      return "plants";
    case LossCause::kUnloading:
    case LossCause::kPlaceStruck:
      return "unloading";
    case LossCause::kShipLoading:
    case LossCause::kBerthTaken:
    case LossCause::kBerthBroken:
      return "berths";
    case LossCause::kWeather:
    case LossCause::kTide:
    case LossCause::kChannel:
    case LossCause::kTug:
      return "sea";
    case LossCause::kShipUnderWay:
    case LossCause::kLotIncomplete:
    case LossCause::kSalesCurve:
    case LossCause::kNoContract:
      return "sales";
    case LossCause::kLost:
      return "taken";
    case LossCause::kStock:
    case LossCause::kInPlant:
    case LossCause::kOnTheWay:
    case LossCause::kAwaitsShip:
    case LossCause::kUnsold:
    case LossCause::kPartLot:
    case LossCause::kAboard:
      return "stock";
  }
  return "";
}

using Column = std::vector<double>;

/// Adds the wet tonnes of a column of dry ones, kt.
template <class DryOf>
void add(OptionView const& view, ProductId product, Column& sum, DryOf const& dry_of) {
  for (std::size_t y = 0; y < sum.size(); ++y) {
    sum[y] += view.wet(product, dry_of(y)).in(kt);
  }
}

}  // namespace

Json loss_years_json(OptionView const& view) {
  auto const& life = view.result.median.life;
  auto const years = static_cast<std::size_t>(view.own.header.years);
  Column plan(years);
  Column shipped(years);
  // What a plant works is left out: what is lost of it is lost of what the plant makes.
  auto const is_worked = [&](ProductId id) {
    auto const& plants = view.model->plants;
    return std::any_of(plants.begin(), plants.end(), [id](corridor::Plant const& plant) {
      return corridor::works(plant, id);
    });
  };
  for (std::uint32_t p = 0; p < life.losses.plan.size(); ++p) {
    ProductId const id{p};
    if (is_worked(id)) {
      continue;
    }
    add(view, id, plan, [&](std::size_t y) { return life.losses.plan[id][y]; });
    add(view, id, shipped, [&](std::size_t y) { return life.products[id][y].shipped; });
  }
  std::map<std::pair<LossCause, std::string>, Column> entries;
  for (Loss const& loss : life.losses.entries) {
    if (is_worked(loss.product)) {
      continue;
    }
    Column& sum = entries.try_emplace({loss.cause, loss.where}, years).first->second;
    add(view, loss.product, sum, [&](std::size_t y) { return loss.years[y]; });
  }
  Json list = Json::array();
  for (auto const& [key, column] : entries) {
    list.push_back(std::move(Entry{}
                                 .text("cause", std::string{name(key.first)})
                                 .text("group", std::string{group(key.first)})
                                 .text("where", key.second)
                                 .put("years_kt", io::json_column(column)))
                       .whole_object());
  }
  return std::move(Entry{}
                       .whole("first_year", view.own.header.first_year)
                       .put("plan_kt", io::json_column(plan))
                       .put("shipped_kt", io::json_column(shipped))
                       .put("entries", std::move(list)))
      .whole_object();
}

}  // namespace tidewater::report
