#pragma once
/// The small corridor whose mine is supplied with diesel from the port: 20 kt a year, 900 EUR/t.

#include <string>

#include "small_corridor.hpp"

namespace tidewater::small {

inline project::Inbound diesel() {
  using namespace units;
  project::Inbound flow;
  flow.cargo = "diesel";
  flow.price.value = 900 * usd / t;
  flow.phases.emplace_back();
  flow.phases.back().amount.value = 20 * kt / year;
  return flow;
}

/// By road alone, with as many flows as are given.
inline project::Project supplied(std::vector<project::Inbound> flows) {
  auto p = project_file().project;
  p.header.futures = 0;
  p.sites[0].mine->inbound = std::move(flows);
  std::erase_if(p.options, [](auto const& option) { return option.name == "rail"; });
  std::erase_if(p.claims, [](auto const& claim) { return claim.option == "rail"; });
  return p;
}

inline appraisal::Appraisal appraised_by_road(project::Project const& p) {
  auto answer = appraisal::appraise_project(p, nullptr, {.threads = 2});
  EXPECT_TRUE(answer) << (answer ? "" : words(answer.error()));
  return std::get<appraisal::Appraisal>(std::move(*answer));
}

inline appraisal::Appraisal const& supplied_once() {
  static appraisal::Appraisal const once = appraised_by_road(supplied({diesel()}));
  return once;
}

}  // namespace tidewater::small
