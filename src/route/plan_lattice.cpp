#include "plan_lattice.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace tidewater::route {

namespace {

using terrain::PlanePoint;

constexpr double kFar = std::numeric_limits<double>::infinity();
constexpr std::size_t kNone = static_cast<std::size_t>(-1);
constexpr std::size_t kLayersAhead = 8;
constexpr std::array<double, 7> kAside{0, 1, -1, 2, -2, 4, -4};
constexpr double kCornerShare = 0.1;       // of the least radius: price of a corner
constexpr double kOverlapPrice = 20;       // metres of line per metre of overlap behind the stretch
constexpr double kShutPrice = 1000;        // metres of line per metre without a price
constexpr double kTooSharpPrice = 10'000;  // metres of line

PlanePoint operator+(PlanePoint a, PlanePoint b) {
  return {a.x + b.x, a.y + b.y};
}
PlanePoint operator-(PlanePoint a, PlanePoint b) {
  return {a.x - b.x, a.y - b.y};
}
PlanePoint operator*(double s, PlanePoint a) {
  return {s * a.x, s * a.y};
}
PlanePoint left_of(PlanePoint a) {
  return {-a.y, a.x};
}
double norm(PlanePoint a) {
  return std::hypot(a.x, a.y);
}
PlanePoint unit(PlanePoint from, PlanePoint to) {
  double const length = plane_distance(from, to);
  return {(to.x - from.x) / length, (to.y - from.y) / length};
}

struct Layer {
  PlanePoint centre;
  PlanePoint aside;  ///< unit vector across the proposed line
  double along = 0;  ///< m from the first point
  std::optional<PlanVertex> stop{};
};

struct Node {
  PlanVertex vertex;
  std::size_t layer = 0;
};

/// A way to a node by its last straight.
struct Label {
  double cost = 0;
  double tangent = 0;  ///< m of the last straight that the curve at its tail needs
  double length = 0;   ///< of the last straight
  PlanePoint heading;  ///< unit vector along it
  std::size_t tail = kNone;
  std::size_t parent = kNone;  ///< among the labels of the tail
};

/// A curve that turned out to leave the open.
using Triple = std::array<std::size_t, 3>;

class CornerLattice {
 public:
  CornerLattice(Stretch const& stretch, LatticeMesh const& mesh, LatticeGround const& ground)
      : stretch_{stretch},
        mesh_{mesh},
        rules_{ground.rules},
        law_{ground.rules},
        is_open_{ground.is_open},
        price_{ground.price} {
    lay();
    place_nodes();
    if (price_) {
      learn_rate();
    }
  }

  std::optional<std::vector<PlanVertex>> cheapest() {
    constexpr int tries = 6;  // each bans the curves that left the open
    for (int i = 0; i < tries; ++i) {
      search();
      auto const way = best_way();
      if (way.empty()) {
        return std::nullopt;
      }
      if (!bans_closed(way)) {
        std::vector<PlanVertex> out;
        out.reserve(way.size());
        for (std::size_t const node : way) {
          out.push_back(nodes_[node].vertex);
        }
        return out;
      }
    }
    return std::nullopt;
  }

 private:
  void lay() {
    auto const& line = stretch_.line;
    double along = 0;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      PlanePoint const a = line[i].at;
      PlanePoint const into = unit(a, line[i + 1].at);
      double const length = plane_distance(a, line[i + 1].at);
      int const parts = std::max(1, static_cast<int>(std::lround(length / mesh_.step)));
      layers_.reserve(layers_.size() + static_cast<std::size_t>(parts) + 1);
      for (int k = 0; k < parts; ++k) {
        PlanePoint across = left_of(into);
        bool const is_vertex = k == 0 && i > 0;
        if (is_vertex) {
          PlanePoint const both = into + unit(line[i - 1].at, a);
          across = norm(both) > 1e-3 ? (1 / norm(both)) * left_of(both) : across;
        }
        layers_.push_back({a + (length * k / parts) * into, across, along + length * k / parts});
        if (k == 0 && line[i].is_stop()) {
          layers_.back().stop = line[i];
        }
      }
      along += length;
    }
    layers_.push_back({line.back().at, {0, 0}, along});
  }

  /// Price of a metre of the proposed line: what makes metres of money.
  void learn_rate() {
    double money = 0;
    double metres = 0;
    for (std::size_t i = 0; i + 1 < stretch_.line.size(); ++i) {
      double const price = price_(stretch_.line[i].at, stretch_.line[i + 1].at);
      money += std::isfinite(price) ? price : 0;
      metres +=
          std::isfinite(price) ? plane_distance(stretch_.line[i].at, stretch_.line[i + 1].at) : 0;
    }
    rate_ = money > 0 ? money / metres : 1;
  }

  void place_nodes() {
    nodes_.push_back({stretch_.line.front(), 0});
    for (std::size_t l = 1; l + 1 < layers_.size(); ++l) {
      if (layers_[l].stop) {
        place_stop(l);
        continue;
      }
      for (double const aside : kAside) {
        place({.at = layers_[l].centre + (aside * mesh_.aside) * layers_[l].aside}, l);
      }
    }
    nodes_.push_back({stretch_.line.back(), layers_.size() - 1});
  }

  /// At the stop, and around it as far as a curve that passes it may have its vertex.
  void place_stop(std::size_t l) {
    PlanVertex const& stop = *layers_[l].stop;
    place(stop, l);
    PlanePoint const centre = stop.place();
    double const radius = rules_.min_radius;
    for (double const far : {stop.reach / 2, 0.9 * stop.reach, radius / 2, radius}) {
      for (int k = 0; k < 8; ++k) {
        double const angle = k * 0.78539816339744831;
        place({.at = centre + far * PlanePoint{std::cos(angle), std::sin(angle)},
               .reach = stop.reach,
               .stop = centre},
              l);
      }
    }
  }

  void place(PlanVertex const& vertex, std::size_t layer) {
    constexpr double apart = 1;  // m from the ends
    if (is_open_(vertex.at) && plane_distance(vertex.at, stretch_.line.front().at) > apart &&
        plane_distance(vertex.at, stretch_.line.back().at) > apart) {
      nodes_.push_back({vertex, layer});
    }
  }

  void search() {
    labels_.assign(nodes_.size(), {});
    Label first{};
    if (stretch_.before) {
      first.tangent = stretch_.before->tangent;
      first.length = plane_distance(stretch_.before->from, stretch_.line.front().at);
      first.heading = unit(stretch_.before->from, stretch_.line.front().at);
    }
    labels_[0].push_back(first);
    for (std::size_t b = 0; b + 1 < nodes_.size(); ++b) {
      if (labels_[b].empty()) {
        continue;
      }
      std::size_t const last = last_layer_from(nodes_[b].layer);
      for (std::size_t c = b + 1; c < nodes_.size() && nodes_[c].layer <= last; ++c) {
        if (nodes_[c].layer > nodes_[b].layer) {
          extend(b, c);
        }
      }
    }
  }

  /// A straight may skip layers, but no stop.
  [[nodiscard]] std::size_t last_layer_from(std::size_t layer) const {
    std::size_t const most = std::min(layer + kLayersAhead, layers_.size() - 1);
    for (std::size_t l = layer + 1; l < most; ++l) {
      if (layers_[l].stop) {
        return l;
      }
    }
    return most;
  }

  void extend(std::size_t b, std::size_t c) {
    PlanePoint const from = nodes_[b].vertex.at;
    PlanePoint const to = nodes_[c].vertex.at;
    if (plane_distance(from, to) < 1) {
      return;
    }
    Label next{.length = plane_distance(from, to), .heading = unit(from, to), .tail = b};
    double price = -1;         // asked only once a way needs it
    std::vector<Label> fresh;  // by this straight: none worse than another in cost and tangent
    for (std::size_t k = 0; k < labels_[b].size(); ++k) {
      Label const& label = labels_[b][k];
      auto const tangent = curve(label, b, next.heading, c);
      if (!tangent) {
        continue;
      }
      price = price < 0 ? straight_price(b, c) : price;
      next.tangent = *tangent;
      next.cost = label.cost + price;
      next.parent = k;
      bool const is_worse = std::any_of(fresh.begin(), fresh.end(), [&](Label const& other) {
        return other.cost <= next.cost && other.tangent <= next.tangent;
      });
      if (!is_worse) {
        std::erase_if(fresh, [&](Label const& other) {
          return other.cost >= next.cost && other.tangent >= next.tangent;
        });
        fresh.push_back(next);
      }
    }
    if (!fresh.empty() && is_clear(from, to, is_open_)) {
      labels_[c].insert(labels_[c].end(), fresh.begin(), fresh.end());
    }
  }

  /// Tangent of the curve at b from a way there into a new straight; nothing when it does not fit.
  [[nodiscard]] std::optional<double> curve(Label const& label,
                                            std::size_t b,
                                            PlanePoint out,
                                            std::size_t c) const {
    bool const is_start = b == 0 && !stretch_.before;
    if (is_start) {
      return 0.0;
    }
    double const tan_half = half_turn(label.heading, out);
    if (tan_half > kSharpest) {
      return std::nullopt;
    }
    double const tangent = law_.least_tangent(tan_half);
    if (label.tangent + tangent > label.length || !passes(nodes_[b].vertex, label.heading, out)) {
      return std::nullopt;
    }
    Triple const triple{label.tail, b, c};
    if (std::find(banned_.begin(), banned_.end(), triple) != banned_.end()) {
      return std::nullopt;
    }
    return tangent;
  }

  [[nodiscard]] static double half_turn(PlanePoint into, PlanePoint out) {
    double const dot = into.x * out.x + into.y * out.y;
    double const cross = std::abs(into.x * out.y - into.y * out.x);
    return dot >= 0 ? cross / (1 + dot) : (cross == 0 ? 1e9 : (1 - dot) / cross);
  }

  /// Whether the middle of the narrowest curve is open and near enough to the vertex's stop.
  [[nodiscard]] bool passes(PlanVertex const& vertex, PlanePoint into, PlanePoint out) const {
    PlanePoint const towards = out - into;
    double const bent = norm(towards);
    PlanePoint const inward = bent > 0 ? (1 / bent) * towards : PlanePoint{0, 0};
    double const offset = law_.least_offset(half_turn(into, out));
    if (vertex.is_stop() && most_offset(vertex, Bend{.inward = inward}, offset) < 0) {
      return false;
    }
    return is_open_(vertex.at + offset * inward);
  }

  [[nodiscard]] double straight_price(std::size_t b, std::size_t c) const {
    PlanePoint const from = nodes_[b].vertex.at;
    PlanePoint const step = nodes_[c].vertex.at - from;
    Layer const& first = layers_[nodes_[b].layer];
    Layer const& last = layers_[nodes_[c].layer];
    if (price_) {
      double const money = price_(from, nodes_[c].vertex.at);
      return kCornerShare * rules_.min_radius +
             (std::isfinite(money) ? money / rate_ : kShutPrice * norm(step));
    }
    double price = norm(step) + kCornerShare * rules_.min_radius;
    for (std::size_t l = nodes_[b].layer + 1; l <= nodes_[c].layer; ++l) {
      double const share = (layers_[l].along - first.along) / (last.along - first.along);
      double const off = norm(from + share * step - layers_[l].centre) / rules_.min_radius;
      price += (layers_[l].along - layers_[l - 1].along) * off * off;
    }
    return price;
  }

  /// Price of the corner at the end of the stretch: nothing when it fits.
  [[nodiscard]] double closing_price(Label const& label) const {
    if (!stretch_.after) {
      return label.tangent > label.length ? kFar : 0;
    }
    PlanePoint const at = stretch_.line.back().at;
    PlanePoint const out = unit(at, stretch_.after->from);
    double const tan_half = half_turn(label.heading, out);
    double const tangent = law_.least_tangent(std::min(tan_half, kSharpest));
    double const room = plane_distance(at, stretch_.after->from);
    double const overlap = std::max(0.0, label.tangent + tangent - label.length) +
                           std::max(0.0, tangent + stretch_.after->tangent - room);
    bool const is_out = tan_half > kSharpest || !passes(stretch_.line.back(), label.heading, out);
    return kOverlapPrice * overlap + (is_out ? kTooSharpPrice : 0);
  }

  /// Nodes of the cheapest way, first to last; empty when there is none.
  [[nodiscard]] std::vector<std::size_t> best_way() const {
    std::size_t const end = nodes_.size() - 1;
    std::size_t best = kNone;
    double least = kFar;
    for (std::size_t k = 0; k < labels_[end].size(); ++k) {
      double const cost = labels_[end][k].cost + closing_price(labels_[end][k]);
      if (cost < least) {
        least = cost;
        best = k;
      }
    }
    std::vector<std::size_t> way;
    std::size_t node = end;
    while (best != kNone) {
      way.push_back(node);
      Label const& label = labels_[node][best];
      node = label.tail;
      best = label.parent;
    }
    std::reverse(way.begin(), way.end());
    return way;
  }

  /// Only middles of curves were looked at: look at all of each.
  bool bans_closed(std::vector<std::size_t> const& way) {
    bool found = false;
    for (std::size_t i = 0; i + 1 < way.size(); ++i) {
      if (i == 0 && !stretch_.before) {
        continue;
      }
      PlanePoint const before = i == 0 ? stretch_.before->from : nodes_[way[i - 1]].vertex.at;
      Bend const b = bend(before, nodes_[way[i]].vertex.at, nodes_[way[i + 1]].vertex.at);
      if (b.tan_half > kStraight &&
          !is_clear(curve_pieces(law_, nodes_[way[i]].vertex.at, b, law_.least_radius(b.tan_half)),
                    is_open_)) {
        banned_.push_back({i == 0 ? kNone : way[i - 1], way[i], way[i + 1]});
        found = true;
      }
    }
    return found;
  }

  Stretch const& stretch_;
  LatticeMesh mesh_;
  PlanRules rules_;
  CurveLaw law_;
  OpenTest const& is_open_;
  PlanPrice const& price_;
  double rate_ = 1;  ///< money per metre
  std::vector<Layer> layers_;
  std::vector<Node> nodes_;                 ///< in order of their layers
  std::vector<std::vector<Label>> labels_;  ///< at each node
  std::vector<Triple> banned_;
};

}  // namespace

bool is_clear(PlanePoint from, PlanePoint to, OpenTest const& is_open) {
  constexpr double every = 25;  // m
  int const parts = std::max(1, static_cast<int>(std::ceil(plane_distance(from, to) / every)));
  for (int i = 0; i <= parts; ++i) {
    double const share = double(i) / parts;
    if (!is_open({from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)})) {
      return false;
    }
  }
  return true;
}

std::optional<std::vector<PlanVertex>> cheapest_corners(Stretch const& stretch,
                                                        LatticeMesh const& mesh,
                                                        LatticeGround const& ground) {
  return CornerLattice{stretch, mesh, ground}.cheapest();
}

}  // namespace tidewater::route
