#pragma once
/// Names to things: the project file's references have been verified, so these always find.

#include <algorithm>
#include <string>
#include <vector>

#include "tidewater/base/contract.hpp"
#include "tidewater/project/project.hpp"
#include "tidewater/terrain/lon_lat.hpp"

namespace tidewater::appraisal {

template <class T>
T const& named(std::vector<T> const& items, std::string const& id) {
  auto const found =
      std::find_if(items.begin(), items.end(), [&](T const& item) { return item.id == id; });
  TW_EXPECTS(found != items.end(), "verify() lets only known names through");
  return *found;
}

inline terrain::LonLat lon_lat(project::Place place) {
  return {place.lon, place.lat};
}

inline std::string const& label(project::Site const& site) {
  return site.label.empty() ? site.id : site.label;
}

/// How long the line of a link takes to build; none for one that exists and for roads and the sea.
inline Time build_time(project::Link const& link) {
  if (link.status == project::Link::State::kExisting) {
    return {};
  }
  if (link.mode == project::Link::Mode::kPipeline) {
    return link.pipeline->build.value;
  }
  return link.rail ? link.rail->build.value : Time{};
}

/// Dry mass to wet mass of a product.
inline double wet_per_dry(project::Product const& product) {
  return 1 / (1 - product.moisture.value);
}

}  // namespace tidewater::appraisal
