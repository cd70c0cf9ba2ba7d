#include "raster_cleaning.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace tidewater::terrain {

namespace {

std::size_t index(GeoRaster const& r, int column, int row) {
  return static_cast<std::size_t>(row) * static_cast<std::size_t>(r.columns) +
         static_cast<std::size_t>(column);
}

/// Calls visit(index) for the up to eight neighbours of cell `i`.
template <class Visit>
void for_neighbours(GeoRaster const& r, std::size_t i, Visit visit) {
  int const column = static_cast<int>(i % static_cast<std::size_t>(r.columns));
  int const row = static_cast<int>(i / static_cast<std::size_t>(r.columns));
  for (int y = std::max(0, row - 1); y <= std::min(r.rows - 1, row + 1); ++y) {
    for (int x = std::max(0, column - 1); x <= std::min(r.columns - 1, column + 1); ++x) {
      if (x != column || y != row) {
        visit(index(r, x, y));
      }
    }
  }
}

/// Grows `front` over the cells `joins` accepts, marking them in `mark`; returns all of them.
template <class Joins>
std::vector<std::size_t> grown(GeoRaster const& r,
                               std::vector<std::size_t> front,
                               std::vector<std::uint8_t>& mark,
                               Joins joins) {
  for (std::size_t head = 0; head < front.size(); ++head) {
    for_neighbours(r, front[head], [&](std::size_t n) {
      if (mark[n] == 0 && joins(n)) {
        mark[n] = 1;
        front.push_back(n);
      }
    });
  }
  return front;
}

double mean_of_known(GeoRaster const& r, std::size_t i) {
  double sum = 0;
  int known = 0;
  for_neighbours(r, i, [&](std::size_t n) {
    if (std::isfinite(r.heights[n])) {
      sum += static_cast<double>(r.heights[n]);
      ++known;
    }
  });
  return known > 0 ? sum / known : std::nan("");
}

void fill_hole(GeoRaster& r, std::vector<std::size_t> const& hole) {
  std::vector<std::size_t> open = hole;
  while (!open.empty()) {  // each round closes the ring next to known ground
    std::vector<std::pair<std::size_t, float>> ring;
    for (std::size_t const i : open) {
      double const mean = mean_of_known(r, i);
      if (std::isfinite(mean)) {
        ring.emplace_back(i, static_cast<float>(mean));
      }
    }
    for (auto const& [i, h] : ring) {
      r.heights[i] = h;
    }
    std::erase_if(open, [&](std::size_t i) { return std::isfinite(r.heights[i]); });
  }
  constexpr int sweeps = 40;  // a hole of 400 cells is about 20 wide: smooth to a few per cent
  for (int sweep = 0; sweep < sweeps; ++sweep) {
    for (std::size_t const i : hole) {
      r.heights[i] = static_cast<float>(mean_of_known(r, i));
    }
  }
}

}  // namespace

HoleCount fill_holes(GeoRaster& raster, int largest) {
  HoleCount count;
  std::vector<std::uint8_t> seen(raster.heights.size(), 0);
  std::vector<std::vector<std::size_t>> small;
  for (std::size_t i = 0; i < raster.heights.size(); ++i) {
    if (seen[i] != 0 || std::isfinite(raster.heights[i])) {
      continue;
    }
    seen[i] = 1;
    auto hole =
        grown(raster, {i}, seen, [&](std::size_t n) { return !std::isfinite(raster.heights[n]); });
    bool const fits = hole.size() <= static_cast<std::size_t>(std::max(0, largest)) &&
                      hole.size() < raster.heights.size();
    (fits ? count.filled : count.left) += hole.size();
    if (fits) {
      small.push_back(std::move(hole));
    }
  }
  for (auto const& hole : small) {
    fill_hole(raster, hole);
  }
  return count;
}

std::vector<std::uint8_t> sea_mask(GeoRaster const& raster) {
  std::vector<std::uint8_t> sea(raster.heights.size(), 0);
  auto const is_low = [&](std::size_t i) { return raster.heights[i] <= 0; };  // false for voids
  std::vector<std::size_t> shore;
  auto const start = [&](int column, int row) {
    std::size_t const i = index(raster, column, row);
    if (is_low(i) && sea[i] == 0) {
      sea[i] = 1;
      shore.push_back(i);
    }
  };
  for (int column = 0; column < raster.columns; ++column) {
    start(column, 0);
    start(column, raster.rows - 1);
  }
  for (int row = 0; row < raster.rows; ++row) {
    start(0, row);
    start(raster.columns - 1, row);
  }
  grown(raster, std::move(shore), sea, is_low);
  return sea;
}

}  // namespace tidewater::terrain
