#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tidewater/project/describe.hpp"

namespace tidewater::project {

namespace {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    d[i][0] = i;
  }
  for (std::size_t j = 0; j <= b.size(); ++j) {
    d[0][j] = j;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t const change = a[i - 1] == b[j - 1] ? 0 : 1;
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

std::string nearest(std::string_view word, std::vector<std::string> const& known) {
  constexpr std::size_t kLongestWord = 64;  // bounds the work on hostile input
  if (word.size() > kLongestWord) {
    return {};
  }
  std::string best;
  std::size_t best_distance =
      1 + word.size() / 3;  // beyond a third of its letters it is another word
  for (auto const& candidate : known) {
    if (candidate.size() > kLongestWord) {
      continue;
    }
    auto const d = edit_distance(word, candidate);
    if (d <= best_distance && (best.empty() || d < best_distance)) {
      best = candidate;
      best_distance = d;
    }
  }
  return best;
}

}  // namespace tidewater::project
