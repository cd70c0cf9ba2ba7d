#pragma once
/// Locomotives, wagons and vessels whose figures are public: each number with its source, or marked
/// as derived or assumed. A project names an entry with `catalogue = "..."` and states beside it
/// whatever is to differ; entries of its own need no catalogue.

#include <string>
#include <vector>

#include "tidewater/project/project.hpp"

namespace tidewater::project {

/// Fills every number that is still at its default from the entry named by `catalogue`; nothing
/// when none is named or there is no such entry (verify() says so). Filling twice changes nothing.
void fill_from_catalogue(Locomotive& locomotive);
void fill_from_catalogue(Wagon& wagon);
void fill_from_catalogue(Vessel& vessel);

/// Names of the entries, in order.
struct CatalogueNames {
  std::vector<std::string> locomotives{};
  std::vector<std::string> wagons{};
  std::vector<std::string> vessels{};
};
[[nodiscard]] CatalogueNames catalogue_names();

}  // namespace tidewater::project
