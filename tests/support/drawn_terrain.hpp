#pragma once
/// Relief drawn in letters: '~' sea (-20 m), '?' void, '.' or '0' level 0 above the base, digits
/// and then a..z for higher steps. Lines are rows from the north; surrounding blank lines are
/// dropped.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "tidewater/base/random.hpp"
#include "tidewater/terrain/grid.hpp"

namespace tidewater::drawn {

struct Scale {
  double step = 10;  ///< metres of height per digit
  double base = 10;  ///< metres of height at '.' or '0'
};

inline std::vector<std::string> rows(std::string const& picture) {
  std::vector<std::string> out;
  std::istringstream in{picture};
  for (std::string line; std::getline(in, line);) {
    auto const first = line.find_first_not_of(' ');
    if (first != std::string::npos) {
      out.push_back(line.substr(first, line.find_last_not_of(' ') - first + 1));
    }
  }
  return out;
}

inline float height(char c, Scale scale) {
  if (c == '~') {
    return -20;
  }
  if (c == '?') {
    return std::numeric_limits<float>::quiet_NaN();
  }
  int const level = c >= 'a' && c <= 'z' ? c - 'a' + 10 : (c >= '0' && c <= '9' ? c - '0' : 0);
  return static_cast<float>(scale.base + level * scale.step);
}

/// Digits of any height.
inline std::string random_letters(std::uint64_t seed, int rows, int columns) {
  Stream draws = Streams{.seed = seed, .replication = 0}.named("worlds", "height");
  std::string picture;
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      picture += static_cast<char>('0' + static_cast<int>(10 * draws.uniform()));
    }
    picture += '\n';
  }
  return picture;
}

/// Cells of 0.01 degrees from 63 E 26 N down and right.
inline terrain::GeoRaster raster(std::string const& picture, Scale scale = {}) {
  auto const lines = rows(picture);
  terrain::GeoRaster r{.north_west = {63, 26},
                       .cell_width = 0.01,
                       .cell_height = 0.01,
                       .columns = static_cast<int>(lines.front().size()),
                       .rows = static_cast<int>(lines.size()),
                       .heights = {},
                       .source = "drawn"};
  for (auto const& line : lines) {
    for (char const c : line) {
      r.heights.push_back(height(c, scale));
    }
  }
  return r;
}

/// A grid of square cells with each letter `repeat` x `repeat` cells, no resampling between.
inline terrain::Grid grid(std::string const& picture,
                          Length cell,
                          Scale scale = {},
                          int repeat = 1) {
  auto const lines = rows(picture);
  terrain::GridFrame frame{.projection = {63, 26, 26},
                           .north_west = {},
                           .cell = cell,
                           .columns = static_cast<int>(lines.front().size()) * repeat,
                           .rows = static_cast<int>(lines.size()) * repeat};
  std::vector<float> heights;
  std::vector<terrain::Ground> ground;
  for (int row = 0; row < frame.rows; ++row) {
    for (int column = 0; column < frame.columns; ++column) {
      char const c =
          lines[static_cast<std::size_t>(row / repeat)][static_cast<std::size_t>(column / repeat)];
      heights.push_back(height(c, scale));
      ground.push_back(c == '~'   ? terrain::Ground::kSea
                       : c == '?' ? terrain::Ground::kVoid
                                  : terrain::Ground::kLand);
    }
  }
  return {frame, std::move(heights), std::move(ground), {}};
}

/// Hills and hollows: each letter is the height in the middle of `repeat` x `repeat` cells, with
/// cosines between. No sea, no voids.
inline terrain::Grid rolling(std::string const& picture, Length cell, Scale scale, int repeat) {
  auto const lines = rows(picture);
  auto const last_row = static_cast<int>(lines.size()) - 1;
  auto const last_column = static_cast<int>(lines.front().size()) - 1;
  terrain::GridFrame frame{.projection = {63, 26, 26},
                           .north_west = {},
                           .cell = cell,
                           .columns = (last_column + 1) * repeat,
                           .rows = (last_row + 1) * repeat};
  auto const letter = [&](int row, int column) {
    auto const& line = lines[static_cast<std::size_t>(std::clamp(row, 0, last_row))];
    return height(line[static_cast<std::size_t>(std::clamp(column, 0, last_column))], scale);
  };
  struct Between {
    int first;
    double share;  ///< of the way from it to the next
  };
  auto const between = [repeat](int cell_number) {
    double const place = (cell_number + 0.5) / repeat - 0.5;
    double const first = std::floor(place);
    return Between{static_cast<int>(first),
                   0.5 - 0.5 * std::cos(std::acos(-1.0) * (place - first))};
  };
  std::vector<float> heights;
  for (int row = 0; row < frame.rows; ++row) {
    for (int column = 0; column < frame.columns; ++column) {
      auto const [r, down] = between(row);
      auto const [c, right] = between(column);
      double const north = std::lerp(letter(r, c), letter(r, c + 1), right);
      double const south = std::lerp(letter(r + 1, c), letter(r + 1, c + 1), right);
      heights.push_back(static_cast<float>(std::lerp(north, south, down)));
    }
  }
  std::vector<terrain::Ground> ground(heights.size(), terrain::Ground::kLand);
  return {frame, std::move(heights), std::move(ground), {}};
}

/// The four corners of a block of cells, as a polygon just within their outer edges.
inline std::vector<terrain::LonLat> box(terrain::GridFrame const& frame,
                                        terrain::Cell first,
                                        terrain::Cell last) {
  double const e = 0.49;
  return {frame.lon_lat({first.column - e, first.row - e}),
          frame.lon_lat({last.column + e, first.row - e}),
          frame.lon_lat({last.column + e, last.row + e}),
          frame.lon_lat({first.column - e, last.row + e})};
}

}  // namespace tidewater::drawn
