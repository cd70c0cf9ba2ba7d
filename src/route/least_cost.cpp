#include "tidewater/route/least_cost.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "bucket_queue.hpp"
#include "steps.hpp"

namespace tidewater::route {

namespace {

constexpr double kFar = std::numeric_limits<double>::infinity();
constexpr std::uint8_t kSettled = 0x80;  // beside the step in CostSurface::from while searching
constexpr std::uint8_t kSource = 0x7F;

struct Frictions {
  double least = kFar;  ///< above zero
  double most = 0;
  bool has_zero = false;
  bool has_negative = false;
};

Frictions range_of(std::span<double const> friction) {
  Frictions r;
  for (double const f : friction) {
    if (!std::isfinite(f)) {
      continue;
    }
    r.has_negative = r.has_negative || f < 0;
    r.has_zero = r.has_zero || f == 0;
    r.most = std::max(r.most, f);
    if (f > 0) {
      r.least = std::min(r.least, f);
    }
  }
  return r;
}

/// Steps as offsets into the row-by-row arrays.
struct Offset {
  std::ptrdiff_t to = 0;
  std::ptrdiff_t via1 = 0;
  std::ptrdiff_t via2 = 0;
  double share = 0;  ///< of the sum of the frictions met: length / number of cells
};

std::array<Offset, kStepCount> offsets(int columns) {
  std::array<Offset, kStepCount> out;
  for (std::size_t k = 0; k < kStepCount; ++k) {
    Step const& s = kSteps[k];
    auto const flat = [columns](int dc, int dr) {
      return static_cast<std::ptrdiff_t>(dr) * columns + dc;
    };
    out[k] = {flat(s.dc, s.dr),
              flat(s.via1_dc, s.via1_dr),
              flat(s.via2_dc, s.via2_dr),
              s.length / (k < kKings ? 2 : 4)};
  }
  return out;
}

/// One search; kCount steps, unrolled by the compiler.
template <std::size_t kCount>
class Search {
 public:
  Search(FrictionRaster const& raster, CostSurface& out, BucketQueue& queue)
      : columns_{raster.columns},
        rows_{raster.rows},
        friction_{raster.friction.data()},
        total_{out.total.data()},
        from_{out.from.data()},
        queue_{queue},
        offsets_{offsets(raster.columns)} {}

  /// Expands a cell unless that was done since it last improved; says whether it was expanded.
  bool settle(std::uint32_t cell) {
    if ((from_[cell] & kSettled) != 0) {
      return false;
    }
    from_[cell] |= kSettled;
    int const row = static_cast<int>(cell / static_cast<std::uint32_t>(columns_));
    int const column = static_cast<int>(cell % static_cast<std::uint32_t>(columns_));
    constexpr int reach = kCount > kKings ? 2 : 1;
    bool const is_inner =
        column >= reach && row >= reach && column < columns_ - reach && row < rows_ - reach;
    double const base = total_[cell];
    double const here = friction_[cell];
    if (is_inner) {
      for (std::size_t k = 0; k < kCount; ++k) {
        relax(cell, k, base, here);
      }
    } else {
      for (std::size_t k = 0; k < kCount; ++k) {
        int const c = column + kSteps[k].dc;
        int const r = row + kSteps[k].dr;
        if (c >= 0 && r >= 0 && c < columns_ && r < rows_) {
          relax(cell, k, base, here);
        }
      }
    }
    return true;
  }

 private:
  void relax(std::uint32_t cell, std::size_t k, double base, double here) {
    Offset const& o = offsets_[k];
    std::ptrdiff_t const at = static_cast<std::ptrdiff_t>(cell);
    std::ptrdiff_t const to = at + o.to;
    double sum = here + friction_[to];
    if (k >= kKings) {
      sum += friction_[at + o.via1] + friction_[at + o.via2];
    }
    double const total = base + sum * o.share;
    if (total < total_[to]) {  // false when any friction on the way is not finite
      total_[to] = total;
      from_[to] = static_cast<std::uint8_t>(k);
      queue_.push(total, static_cast<std::uint32_t>(to));
    }
  }

  int columns_;
  int rows_;
  double const* friction_;
  double* total_;
  std::uint8_t* from_;
  BucketQueue& queue_;
  std::array<Offset, kStepCount> offsets_;
};

template <std::size_t kCount>
void run(FrictionRaster const& raster, CostSurface& out, BucketQueue& queue) {
  Search<kCount> search{raster, out, queue};
  queue.drain([&](std::uint32_t cell) {
    out.settled += search.settle(cell) ? 1 : 0;
    return true;
  });
}

Diagnostics faults_of(FrictionRaster const& raster,
                      std::span<std::size_t const> sources,
                      Frictions const& range) {
  Diagnostics faults;
  auto const fault = [&](std::string what, std::string remedy) {
    faults.push_back({Severity::kError, "least_cost", std::move(what), std::move(remedy)});
  };
  std::size_t const cells = raster.friction.size();
  if (raster.columns <= 0 || raster.rows <= 0 ||
      static_cast<std::size_t>(raster.columns) * static_cast<std::size_t>(raster.rows) != cells ||
      cells >= std::numeric_limits<std::uint32_t>::max()) {
    fault(
        fmt::format(
            "{} columns and {} rows do not hold {} frictions", raster.columns, raster.rows, cells),
        "give one friction per cell, and fewer than 2^32 of them");
    return faults;
  }
  if (range.has_negative) {
    fault("a friction is negative", "give frictions of zero or more");
  }
  for (std::size_t const s : sources) {
    if (s >= cells || !std::isfinite(raster.friction[s])) {
      fault(fmt::format("source cell {} lies off the raster or has no passage", s),
            "give a cell with a finite friction");
    }
  }
  return faults;
}

}  // namespace

Result<CostSurface> least_cost(FrictionRaster const& raster,
                               std::span<std::size_t const> sources,
                               Neighbours neighbours) {
  Frictions const range = range_of(raster.friction);
  if (Diagnostics faults = faults_of(raster, sources, range); !faults.empty()) {
    return reject(std::move(faults));
  }
  // The cheapest step joins two cells of the least friction, or one of them to a free one.
  double const smallest = std::isfinite(range.least) ? range.least * (range.has_zero ? 0.5 : 1) : 1;
  BucketQueue queue{smallest, range.most * kSqrt5};
  CostSurface out{.total = std::vector<double>(raster.friction.size(), kFar),
                  .from = std::vector<std::uint8_t>(raster.friction.size(), kSource)};
  for (std::size_t const s : sources) {
    out.total[s] = 0;
    queue.push(0, static_cast<std::uint32_t>(s));
  }
  if (neighbours == Neighbours::kEight) {
    run<kKings>(raster, out, queue);
  } else {
    run<kStepCount>(raster, out, queue);
  }
  for (auto& step : out.from) {
    step = static_cast<std::uint8_t>(step & ~kSettled);
    step = step == kSource ? 255 : step;
  }
  return out;
}

std::vector<std::size_t> path_to(CostSurface const& surface, int columns, std::size_t target) {
  std::vector<std::size_t> path;
  if (target >= surface.total.size() || !std::isfinite(surface.total[target])) {
    return path;
  }
  std::size_t cell = target;
  path.push_back(cell);
  while (surface.from[cell] != 255) {
    Step const& s = kSteps[surface.from[cell]];
    cell = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(cell) -
                                    static_cast<std::ptrdiff_t>(s.dr) * columns - s.dc);
    path.push_back(cell);
  }
  std::reverse(path.begin(), path.end());
  return path;
}

}  // namespace tidewater::route
