#pragma once
/// Lines drawn from ways over one setting, and the best of them.

#include <deque>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

#include "draft.hpp"
#include "lattice_way.hpp"

namespace tidewater::route {

/// Why there is no line: no way on the lattice, a corner no curve fits, a plan no profile holds.
using WhyNone = std::variant<LatticeWay, TightCorner, Draft>;

struct BestLine {
  Draft draft;
  LatticeWay way;  ///< it follows
};

class Drafts {
 public:
  /// `search` is the setting, or the same over dearer ground.
  Drafts(Setting const& setting, Setting const& search, SearchEffort& effort)
      : s_{setting}, search_{search}, effort_{effort} {}

  /// Whether the line comes out as cheap as its way, with its yards.
  bool add(LatticeWay const& way) { return add(way, s_, search_); }
  /// Drawn under stricter rules: a line under these too.
  void add(LatticeWay const& way, AlignmentRules const& stricter);
  /// Changes the best of the lines at random, until one is near its bound.
  void shake(LatticeBound const& lattice);
  /// The first reason why there is no line counts.
  void refuse(WhyNone why);

  [[nodiscard]] bool has_drawn() const { return !drawn_.empty(); }
  [[nodiscard]] bool has_any() const { return best_.has_value(); }
  /// Whether there is a line near its bound.
  [[nodiscard]] bool is_near(LatticeBound const& lattice) const;
  /// Whether raising the lattice's bound can show more: not where the line costs less than that.
  [[nodiscard]] bool is_far_above(LatticeBound const& lattice) const;
  /// After something was added or refused.
  [[nodiscard]] tl::expected<BestLine, WhyNone> best() &&;

 private:
  static constexpr std::size_t kNone = 3;  ///< more yards than a line can lack: there is no line
  struct Drawn {
    LatticeWay way;
    Setting const* under;                           ///< the rules
    std::optional<LevelledLine> line{};             ///< of a draft with a profile
    std::pair<std::size_t, double> rank{kNone, 0};  ///< yards it lacks, money
    bool is_faithful = false;
  };
  bool add(LatticeWay const& way, Setting const& under, Setting const& search);
  void draw(Drawn& drawn, Setting const& search);
  void offer(Draft draft, LatticeWay const& way);

  Setting const& s_;
  Setting const& search_;
  SearchEffort& effort_;
  std::deque<Ruled> stricter_;
  std::vector<Drawn> drawn_;
  std::optional<BestLine> best_;
  std::optional<WhyNone> why_none_;
};

}  // namespace tidewater::route
