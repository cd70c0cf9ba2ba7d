#include "tidewater/report/losses.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace tidewater::report {

namespace {

using corridor::CorridorModel;
using corridor::Lives;
using corridor::Loss;
using corridor::Losses;
using corridor::ProductId;
using units::kt;

/// Entries below this share of the plan are summed in the table.
constexpr double kWorthALine = 1e-3;

Mass shipped_of(Lives const& lives, ProductId product) {
  Mass total{};
  for (auto const& life : lives.lives) {
    total += life.balance[product].shipped;
  }
  return total / static_cast<double>(lives.lives.size());
}

std::string mine_of(CorridorModel const& model, Loss const& loss) {
  return loss.mine ? model.mines[*loss.mine].id : "";
}

std::vector<Loss const*> largest_first(Losses const& losses, ProductId product) {
  std::vector<Loss const*> own;
  for (Loss const& loss : losses.entries) {
    if (loss.product == product) {
      own.push_back(&loss);
    }
  }
  std::stable_sort(own.begin(), own.end(), [](Loss const* a, Loss const* b) {
    return std::abs(a->total().base()) > std::abs(b->total().base());
  });
  return own;
}

std::string row(std::string const& what, std::string const& where, Mass mass, Mass plan) {
  double const share = plan > Mass{} ? 100 * (mass / plan) : 0;
  return fmt::format("    {:<44}{:<44}{:>12.1f}{:>8.1f} %\n", what, where, mass.in(kt), share);
}

std::string product_table(CorridorModel const& model,
                          Lives const& lives,
                          Losses const& losses,
                          ProductId product) {
  Mass const plan = planned(losses, product);
  std::string text = row("plan", model.products[product].id, plan, plan);
  Mass small{};
  for (Loss const* loss : largest_first(losses, product)) {
    Mass const mass = loss->total();
    if (std::abs(mass.base()) < kWorthALine * plan.base()) {
      small += mass;
      continue;
    }
    std::string const mine = mine_of(model, *loss);
    bool const elsewhere = !mine.empty() && loss->where != "mine " + mine;
    text += row(std::string{name(loss->cause)},
                elsewhere ? loss->where + ", for " + mine : loss->where,
                -mass,
                plan);
  }
  text += small != Mass{} ? row("smaller entries", "", -small, plan) : "";
  return text + row("shipped", "", shipped_of(lives, product), plan);
}

}  // namespace

io::Json losses_json(CorridorModel const& model, Lives const& lives) {
  Losses const losses = mean_losses(lives);
  io::Json products = io::Json::array();
  for (std::uint32_t p = 0; p < model.products.size(); ++p) {
    ProductId const product{p};
    products.push_back({{"product", model.products[product].id},
                        {"plan_kt", io::json_number(planned(losses, product).in(kt))},
                        {"shipped_kt", io::json_number(shipped_of(lives, product).in(kt))}});
  }
  io::Json entries = io::Json::array();
  for (Loss const& loss : losses.entries) {
    std::vector<double> years;
    for (Mass const mass : loss.years) {
      years.push_back(mass.in(kt));
    }
    std::string const mine = mine_of(model, loss);
    entries.push_back({{"product", model.products[loss.product].id},
                       {"cause", std::string{name(loss.cause)}},
                       {"mine", mine.empty() ? io::Json{nullptr} : io::Json(mine)},
                       {"where", loss.where},
                       {"kt", io::json_number(loss.total().in(kt))},
                       {"years_kt", io::json_column(years)}});
  }
  return {{"products", std::move(products)}, {"entries", std::move(entries)}};
}

std::string losses_table(CorridorModel const& model, Lives const& lives) {
  Losses const losses = mean_losses(lives);
  std::string text = "  from the mine plan to the tonnes shipped, kt dry in a life, mean\n";
  for (std::uint32_t p = 0; p < model.products.size(); ++p) {
    if (planned(losses, ProductId{p}) > Mass{}) {
      text += product_table(model, lives, losses, ProductId{p});
    }
  }
  return text;
}

}  // namespace tidewater::report
