#pragma once
/// Small tables of parties for the tests of this room.

#include <string>
#include <utility>
#include <vector>

#include "tidewater/parties/party.hpp"

namespace tidewater::parties {

inline Range point(double value) {
  return {value, value, value};
}

inline Issue issue(std::string id) {
  return {.id = id, .name = id, .low_end = "none", .high_end = "all"};
}

/// A key bargaining party of capability 1/2 without any interest yet.
inline Party party(std::string id) {
  Party out;
  out.id = id;
  out.name = std::move(id);
  out.key = true;
  out.capability = point(0.5);
  return out;
}

/// A party that cares about one issue only.
inline Party single_minded(std::string id, std::string issue, Range wanted) {
  auto out = party(std::move(id));
  out.stances = {{.issue = std::move(issue), .position = wanted, .salience = point(0.6)}};
  return out;
}

/// A package at a point on each issue, in which each of `parties` parties receives nothing in each
/// of `futures` futures.
inline Package package(std::string name,
                       std::vector<std::pair<std::string, double>> const& places,
                       std::size_t parties,
                       std::size_t futures = 1) {
  Package out;
  out.name = std::move(name);
  for (auto const& [id, place] : places) {
    out.positions.push_back({id, point(place)});
  }
  out.receipts.assign(futures, std::vector<PartyReceipts>(parties));
  return out;
}

/// One issue from 0 (no project) to `offer`, and the given parties.
inline Table one_issue(std::vector<Party> parties, double offer) {
  auto const count = parties.size();
  return {.issues = {issue("port")},
          .parties = std::move(parties),
          .no_project = package("no project", {{"port", 0.0}}, count),
          .options = {package("offer", {{"port", offer}}, count)}};
}

}  // namespace tidewater::parties
