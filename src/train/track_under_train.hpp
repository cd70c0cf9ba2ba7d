#pragma once
/// What the track does to a train of some length standing with its front at a post.

#include <vector>

#include "tidewater/train/running_time.hpp"

namespace tidewater::train {

/// Over one step; forces per kilogram of the train's inertia, m/s2.
struct Track {
  double climb;  ///< mean pull of gravity against the train
  double drag;   ///< mean of curve and path resistance
  double limit;  ///< m/s, lowest limit under any part of the train
};

/// One Track for each pair of neighbours in `ends` (posts of the front, m, increasing, with every
/// section boundary and every boundary + train length among them). Before the first post the line
/// is taken to go on as its first section does.
[[nodiscard]] std::vector<Track> tracks_under_train(Train const& train,
                                                    Line const& line,
                                                    RunOptions const& options,
                                                    std::vector<double> const& ends);

}  // namespace tidewater::train
