#include "sale_terms.hpp"

#include <algorithm>

#include "lookup.hpp"

namespace tidewater::appraisal {

MoneyPerMass freight(project::Project const& p, project::Link const& sea) {
  auto const& v = named(p.vessels, sea.sea->vessel);
  Time const at_sea = (1 + v.return_paid.value) * (sea.sea->distance.value / v.speed.value);
  Money const voyage = v.hire.value * at_sea + v.fuel_price.value * (v.fuel.value * at_sea) +
                       v.port_costs.value + sea.sea->canal_due.value;
  return voyage / v.lot.value;
}

Worth worth(project::Product const& product) {
  Worth w;
  for (auto const& c : product.contents) {
    double const payable =
        std::max(0.0, std::min(c.payable.value * c.grade.value, c.grade.value - c.deduction.value));
    w.gross += c.grade.value * c.price.value;
    w.paid += payable * (c.price.value - c.refining_charge.value);
  }
  w.paid -= product.treatment_charge.value;
  return w;
}

}  // namespace tidewater::appraisal
