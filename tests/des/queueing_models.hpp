#pragma once
/// Queueing and reliability models as processes on resources: each gives a model(Streams) ->
/// Measures.

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tidewater/des/resource.hpp"

namespace queueing {

using Measures = std::map<std::string, double>;
using Model = std::function<Measures(tidewater::Streams const&)>;
using Law = std::function<double(tidewater::Stream&)>;

Law exponential(double mean);
Law erlang(int k, double mean);

/// One station: arrivals, servers, and what may be special about it.
struct Shape {
  double gap = 1;  ///< mean, of exponential gaps unless gap_law is given
  Law gap_law{};
  Law work{};
  std::int64_t servers = 1;
  double horizon = 20'000;
  int batch = 1;
  Law patience{};         ///< none: waits for ever
  std::int64_t room = 0;  ///< customers in the system at most, 0: no limit
};
Model station(Shape const& shape);
/// Erlang arrivals and service of mean 1 at c berths.
Model berth(int arrival_k, int service_k, int c, double utilisation);
/// Two exponential classes of mean service 1, the first more urgent.
Model two_classes(double high, double low, tidewater::des::Preempt preempt);
/// Machines that fail and wait for repairers.
Model repair(int machines, int repairers, double fail, double mend);
/// The three-node open network of row jackson_1.
Measures jackson(tidewater::Streams const& streams);
/// Saturated exponential line of mean 1, blocking after service, with buffers between.
Model tandem(std::vector<int> const& buffers);
/// M/M/1 with a server that fails, idle or busy, and resumes.
Measures breakdown(tidewater::Streams const& streams);
/// Ships before a tidal gate (12.42 h, open 4), and in storms (row storm_0).
Measures tide_gate(tidewater::Streams const& streams);
Measures storms(tidewater::Streams const& streams);

}  // namespace queueing
