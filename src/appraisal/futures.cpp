#include <algorithm>
#include <map>

#include "tidewater/appraisal/appraise.hpp"
#include "tidewater/base/contract.hpp"
#include "tidewater/futures/distribution.hpp"
#include "tidewater/project/describe.hpp"

namespace tidewater::appraisal {

namespace {

using project::Project;
using project::Spread;
using project::SpreadKind;

/// Judgements belong to the parties room, which samples them across all futures.
bool is_judgement(std::string_view path) {
  return path.starts_with("/party/") ||
         (path.starts_with("/option/") && path.find("/stance/") != std::string_view::npos);
}

std::string override_path(project::Option const& option, project::Override const& change) {
  return "/option/" + option.name + "/overrides" + change.path;
}

futures::Distribution law(Spread const& spread) {
  auto const& n = spread.numbers;
  switch (spread.kind) {
    case SpreadKind::kUniform:
      return futures::Uniform{n.at(0), n.at(1)};
    case SpreadKind::kTriangular:
      return futures::Triangular{n.at(0), n.at(1), n.at(2)};
    case SpreadKind::kPert:
      return futures::Pert{n.at(0), n.at(1), n.at(2)};
    case SpreadKind::kNormal:
      return futures::Normal{n.at(0), n.at(1)};
    case SpreadKind::kLognormal:
      return futures::Lognormal{n.at(0), n.at(1)};
    case SpreadKind::kPercentiles:
      return futures::Percentiles{{{0.05, n.at(0)}, {0.5, n.at(1)}, {0.95, n.at(2)}}};
    case SpreadKind::kDiscrete: {
      futures::Discrete discrete;
      for (double const value : n) {
        discrete.values.push_back({value, 1});
      }
      return discrete;
    }
  }
  return futures::Fixed{n.at(0)};
}

/// Every uncertain number with its path, options' overrides last.
struct Uncertain {
  std::string path;
  Spread spread;
  double* value;
};

std::vector<Uncertain> uncertain(Project& p) {
  std::vector<Uncertain> out;
  for (auto& n : project::numbers(p)) {
    if (n.ref.origin->spread && !is_judgement(n.path)) {
      out.push_back({std::move(n.path), *n.ref.origin->spread, n.ref.value});
    }
  }
  for (auto& option : p.options) {
    for (auto& change : option.overrides) {
      if (change.origin.spread) {
        out.push_back({override_path(option, change), *change.origin.spread, &change.value});
      }
    }
  }
  return out;
}

}  // namespace

std::vector<std::string> uncertain_paths(Project const& p) {
  Project copy = p;
  std::vector<std::string> paths;
  for (auto& u : uncertain(copy)) {
    paths.push_back(std::move(u.path));
  }
  return paths;
}

Result<Future> sampled_future(Project const& p, std::uint32_t id) {
  Project copy = p;
  auto const inputs = uncertain(copy);
  std::vector<std::string> names;
  names.reserve(inputs.size());
  for (auto const& u : inputs) {
    names.push_back(u.path);
  }
  futures::DesignOptions const options{.kind = futures::DesignKind::kSobolByName,
                                       .seed = static_cast<std::uint64_t>(p.header.seed)};
  auto const draws = futures::Design::make(options, std::move(names));
  if (!draws) {
    return reject(draws.error());
  }
  Future future{id, {}};
  for (std::size_t k = 0; k < inputs.size(); ++k) {
    future.values.push_back(futures::quantile(law(inputs[k].spread), draws->at(k, id)));
  }
  return future;
}

Project in_future(Project const& p, Future const& future, project::Option const& option) {
  Project copy = p;
  if (!future.values.empty()) {
    auto const inputs = uncertain(copy);
    TW_EXPECTS(inputs.size() == future.values.size(), "a future belongs to its project");
    for (std::size_t k = 0; k < inputs.size(); ++k) {
      *inputs[k].value = future.values[k];
    }
  }
  auto const mine = std::find_if(copy.options.begin(), copy.options.end(), [&](auto const& o) {
    return o.name == option.name;
  });
  TW_EXPECTS(mine != copy.options.end(), "an option belongs to its project");
  if (!mine->overrides.empty()) {
    std::map<std::string, double*> at;
    for (auto const& n : project::numbers(copy)) {
      at[n.path] = n.ref.value;
    }
    for (auto const& change : mine->overrides) {
      auto const found = at.find(change.path);
      TW_EXPECTS(found != at.end(), "the reader only lets overrides of known numbers through");
      *found->second = change.value;
    }
  }
  return copy;
}

}  // namespace tidewater::appraisal
