#pragma once
/// The sixteen steps of the lattice: to the eight neighbours, then the knight's moves, each with
/// the two cells a knight's move runs between.

#include <array>

namespace tidewater::route {

struct Step {
  int dc = 0;
  int dr = 0;
  double length = 1;  ///< in cell sides
  int via1_dc = 0;    ///< cells between, knight's moves only
  int via1_dr = 0;
  int via2_dc = 0;
  int via2_dr = 0;
};

inline constexpr double kSqrt2 = 1.4142135623730951;
inline constexpr double kSqrt5 = 2.2360679774997896;
inline constexpr int kKings = 8;
inline constexpr int kStepCount = 16;

inline constexpr std::array<Step, kStepCount> kSteps{{
    {1, 0, 1, 0, 0, 0, 0},
    {-1, 0, 1, 0, 0, 0, 0},
    {0, 1, 1, 0, 0, 0, 0},
    {0, -1, 1, 0, 0, 0, 0},
    {1, 1, kSqrt2, 0, 0, 0, 0},
    {-1, 1, kSqrt2, 0, 0, 0, 0},
    {1, -1, kSqrt2, 0, 0, 0, 0},
    {-1, -1, kSqrt2, 0, 0, 0, 0},
    {1, 2, kSqrt5, 0, 1, 1, 1},
    {-1, 2, kSqrt5, 0, 1, -1, 1},
    {1, -2, kSqrt5, 0, -1, 1, -1},
    {-1, -2, kSqrt5, 0, -1, -1, -1},
    {2, 1, kSqrt5, 1, 0, 1, 1},
    {-2, 1, kSqrt5, -1, 0, -1, 1},
    {2, -1, kSqrt5, 1, 0, 1, -1},
    {-2, -1, kSqrt5, -1, 0, -1, -1},
}};

/// The longest way round on the sixteen steps against the straight line: 1 / cos of half the angle
/// between (1, 0) and (2, 1).
inline constexpr double kLatticeElongation = 1.0274862;

}  // namespace tidewater::route
