#include "option_view.hpp"

#include "tidewater/base/contract.hpp"

#include "words.hpp"

namespace tidewater::report {

Mass OptionView::wet(corridor::ProductId product, Mass dry) const {
  return wet_per_dry(own.products.at(product.index())) * dry;
}

OptionView view_of(appraisal::Appraisal const& all, std::size_t option) {
  OptionView view{.all = all,
                  .result = all.options.at(option),
                  .index = option,
                  .own = appraisal::in_future(all.project, {}, all.project.options.at(option)),
                  .model = {}};
  if (view.result.design) {
    auto model = appraisal::corridor_model(view.own, view.option(), *view.result.design);
    TW_EXPECTS(model.has_value(), "what has been simulated can be modelled again");
    view.model = std::move(*model);
  }
  return view;
}

}  // namespace tidewater::report
