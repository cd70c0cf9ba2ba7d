#pragma once
/// Least cost over the lattice by cell and bin of rail level, with headings dropped or kept.
///
/// A level z stands in bin floor(z / height): a climb of at most m bins' height climbs at most m
/// bins, so no climb is lost or gained but by rounding the climb from sample to sample up to whole
/// bins. With least prices and headings dropped the costs are a lower bound over every line along
/// the lattice's links that holds the ruling grades, at any of the levels kept for a cell
/// (kLevels), with earth as sampled. With headings kept a label is (cell, heading, bin), and no
/// corner is sharper than the least radius allows. They may be kept in some cells only: then the
/// costs bound those with all of them kept from below.
///
/// Exact on its graph: A* by cells (and headings); the levels of one are expanded together, and
/// again when they improve. docs/theory/route.md.

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "level_prices.hpp"
#include "monotone_queue.hpp"

namespace tidewater::route {

/// A level at a cell, to start from or to reach.
struct LevelPlace {
  terrain::Cell cell;
  std::optional<double> level{};  ///< m; any, when absent
  bool operator==(LevelPlace const&) const = default;
};

/// A set of a cell's levels.
class Levels {
 public:
  void add(int level) { word_[at(level)] |= std::uint64_t{1} << (level % 64); }
  [[nodiscard]] bool holds(int level) const { return (word_[at(level)] >> (level % 64) & 1U) != 0; }
  [[nodiscard]] bool is_empty() const { return (word_[0] | word_[1]) == 0; }
  [[nodiscard]] int lowest() const {
    return word_[0] != 0 ? std::countr_zero(word_[0]) : 64 + std::countr_zero(word_[1]);
  }
  [[nodiscard]] int highest() const {
    return word_[1] != 0 ? 127 - std::countl_zero(word_[1]) : 63 - std::countl_zero(word_[0]);
  }
  /// A flag of each level, 0 or 1.
  void add(std::array<std::uint8_t, kLevels> const& flags) {
    for (std::size_t i = 0; i < kLevels; i += 8) {
      std::uint64_t eight = 0;
      for (std::size_t k = 0; k < 8; ++k) {
        eight |= std::uint64_t{flags[i + k]} << (8 * k);
      }
      constexpr std::uint64_t last_bits_to_the_top = 0x0102040810204080;
      word_[i / 64] |= (eight * last_bits_to_the_top >> 56) << (i % 64);
    }
  }
  void remove(Levels const& other) {
    word_[0] &= ~other.word_[0];
    word_[1] &= ~other.word_[1];
  }

 private:
  static std::size_t at(int level) { return static_cast<std::size_t>(level) / 64; }
  std::array<std::uint64_t, 2> word_{};
};

enum class Headings : std::uint8_t { kDropped, kKept };

struct LevelEffort {
  std::size_t expanded = 0;  ///< cells (with headings), as often as they were
  std::size_t settled = 0;   ///< labels expanded
  std::size_t nodes = 0;     ///< cells (with headings) with any level looked at
  std::size_t bytes = 0;     ///< held at most, with the searches that guide it
};

class LevelSearch {
 public:
  struct Options {
    Direction direction = Direction::kAgainstTravel;
    BinPricing pricing = BinPricing::kLeast;
    Headings headings = Headings::kDropped;
    /// Where headings are kept, when they are; everywhere, when absent.
    std::vector<bool> const* headed = nullptr;
    /// What is left from a cell and level to the goal at least, by a search that came from there;
    /// without one, the least whatever the levels.
    LevelSearch const* guide = nullptr;
    /// Cells the search may enter; all, when absent.
    std::vector<bool> const* corridor = nullptr;
    /// Cells where loops and yards lie: links that begin or end there are held to the loop grade.
    std::vector<bool> const* loops = nullptr;
    /// Goes on until ways dearer than the cheapest by this share are known.
    double beyond = 0;
    /// Gives up after so many expansions.
    std::size_t most_expansions = std::numeric_limits<std::size_t>::max();
  };
  LevelSearch(LatticeProblem const& problem, Options options);

  enum class Outcome : std::uint8_t {
    kFound,
    kClosed,    ///< no way is open within the grades
    kNoMemory,  ///< the problem's memory is used up
    kGivenUp,   ///< after the most expansions allowed
  };
  /// From one place until the goal is reached at its least.
  [[nodiscard]] Outcome run(LevelPlace from, LevelPlace goal);

  /// Money from the start to the goal.
  [[nodiscard]] double cost() const { return cost_ * problem_.unit; }
  /// Money no way from the start to the goal costs less than, also where the search was given up.
  [[nodiscard]] double least() const { return std::min<double>(cost_, reached_) * problem_.unit; }
  /// Nodes of the way found with their levels, from the goal back to the start.
  [[nodiscard]] std::vector<LevelPlace> way() const;
  /// Which nodes of a way it turns at sharper than the least radius allows.
  [[nodiscard]] std::vector<std::size_t> sharp_corners(std::vector<LevelPlace> const& way) const;
  /// A cell that this search and the one that came from its goal have both been to.
  struct Meeting {
    std::size_t cell = 0;
    double cost = 0;  ///< money of the cheapest way from end to end through the cell
  };
  /// Of every such cell; headings dropped in both, by the same prices and bins. Exact as far as
  /// both searches went on beyond their cheapest way.
  [[nodiscard]] std::vector<Meeting> meetings(LevelSearch const& other) const;
  /// A cell that has been reached, and the one its cheapest level was reached from, if any.
  struct Branch {
    std::size_t cell = 0;
    std::optional<std::size_t> before{};
  };
  /// Every such cell, after the one before it.
  [[nodiscard]] std::vector<Branch> tree() const;
  [[nodiscard]] LevelEffort const& effort() const { return effort_; }
  /// Bytes of this search and of those that guide it; once it has run, less than it took.
  [[nodiscard]] std::size_t bytes() const;
  /// Cell where the search came nearest the goal, by the least that is left from there.
  [[nodiscard]] std::size_t nearest() const { return nearest_; }

 private:
  struct Node {
    CellGround ground;
    Levels dirty;  ///< improved since they were expanded
    std::uint32_t cell = 0;
    std::uint32_t heading = kHeadings;  ///< it was entered by; kHeadings when dropped
    Units queued = kNoCost;             ///< key it waits under
    std::array<Units, kLevels> total{};
  };
  /// How a level was reached: along a link so many times over. Fits a byte.
  struct Stride {
    std::size_t link = 0;
    int multiple = 1;
    [[nodiscard]] std::uint8_t packed() const {
      return static_cast<std::uint8_t>(link + kHeadings * static_cast<std::size_t>(multiple - 1));
    }
    [[nodiscard]] static Stride unpacked(std::uint8_t byte) {
      return {byte % std::size_t{kHeadings}, 1 + byte / kHeadings};
    }
  };
  static_assert(kHeadings * kMostMultiple <= 256, "a byte holds a stride");
  using Strides = std::array<std::uint8_t, kLevels>;
  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;
  static constexpr std::size_t kChunk = 64;
  struct Chunk {
    std::array<Node, kChunk> node;
    std::array<Strides, kChunk> strides{};
  };

  [[nodiscard]] Node& node(std::uint32_t slot) {
    return chunks_[slot / kChunk]->node[slot % kChunk];
  }
  [[nodiscard]] Node const& node(std::uint32_t slot) const {
    return chunks_[slot / kChunk]->node[slot % kChunk];
  }
  /// Of each level; they mean nothing where none was reached, or the search began.
  [[nodiscard]] Strides& strides(std::uint32_t slot) {
    return chunks_[slot / kChunk]->strides[slot % kChunk];
  }
  [[nodiscard]] Strides const& strides(std::uint32_t slot) const {
    return chunks_[slot / kChunk]->strides[slot % kChunk];
  }
  /// Units at the least, whatever the levels, from a cell to the goal of the first search in the
  /// chain of guides.
  [[nodiscard]] Units floor_left(std::size_t cell) const {
    return options_.guide == nullptr ? floor_[cell] : options_.guide->floor_left(cell);
  }
  /// Units at the least from a cell to this search's own goal, where that is known: each search
  /// of a chain runs against the one that guides it.
  [[nodiscard]] Units floor_to_goal(std::size_t cell) const {
    if (options_.guide == nullptr) {
      return floor_[cell];
    }
    LevelSearch const* const beyond = options_.guide->options_.guide;
    return beyond == nullptr ? 0 : beyond->floor_to_goal(cell);
  }
  [[nodiscard]] LinkGrade grade_between(std::size_t cell, std::size_t other) const {
    bool const is_flat =
        options_.loops != nullptr && ((*options_.loops)[cell] || (*options_.loops)[other]);
    return is_flat ? LinkGrade::kLoop : LinkGrade::kRuling;
  }
  struct Turn {
    bool is_allowed = false;
    Rise lost{};       ///< what its curve takes off the climb of the link after it
    Units corner = 0;  ///< of equal ways the one that turns least
  };
  [[nodiscard]] LinkHold hold(LinkGrade grade, std::size_t in, std::size_t out) const {
    return in == kHeadings ? LinkHold{.grade = grade}
                           : LinkHold{.grade = grade,
                                      .lost = turns_[in][out].lost,
                                      .corner = turns_[in][out].corner};
  }
  [[nodiscard]] Turn turn(std::size_t in, std::size_t out) const;
  [[nodiscard]] int bins_lost(double climb, double lost) const;
  [[nodiscard]] bool keeps_heading(std::size_t cell) const {
    return options_.headings == Headings::kKept &&
           (options_.headed == nullptr || (*options_.headed)[cell]);
  }
  [[nodiscard]] bool may_enter(std::size_t cell) const {
    return problem_.surface.is_open(cell) &&
           (options_.corridor == nullptr || (*options_.corridor)[cell]);
  }
  std::uint32_t slot_at(std::size_t cell, std::size_t heading);
  using Rest = std::array<Units, kLevels>;
  /// Units from each level of a node to the goal at least; worked out once a cell. Read before the
  /// next is asked for.
  Rest const& left(Node const& node);
  Units least_left(Node const& node);
  void score(Node const& node, Rest& out) const;
  void spread_floor(terrain::Cell goal);
  void expand(std::uint32_t slot, Levels const& levels);
  /// Levels that move on together.
  struct Start {
    int bottom = 0;
    int count = 0;
    std::array<Units, kLevels> costs{};
  };
  void fetch_neighbours(std::uint32_t cell) const;
  void expand_link(std::uint32_t slot, Start const& start, std::size_t link);
  void take_offers(std::uint32_t slot, int low, int high, Units const* costs, Stride stride);
  void wait(std::uint32_t slot, Units key);
  /// The levels of a node that stand for a place: one, or all.
  struct Span {
    int first = 0;
    int last = 0;
  };
  [[nodiscard]] Span levels_at(LevelPlace const& place) const;
  Units arrive(std::uint32_t slot, Span wanted, Units best);
  struct Label {
    std::uint32_t slot = 0;
    int level = 0;
  };
  [[nodiscard]] Stride stride_to(Label const& label) const {
    return Stride::unpacked(strides(label.slot)[static_cast<std::size_t>(label.level)]);
  }
  [[nodiscard]] terrain::Cell cell_before(Label const& label) const;
  [[nodiscard]] std::vector<std::uint32_t> slots(std::size_t cell) const;
  [[nodiscard]] std::optional<Label> before(Label const& label) const;
  [[nodiscard]] Levels ready(std::uint32_t slot, Units key);
  /// Counts what the search took and frees what neither its way nor a search it guides will read.
  Outcome finish(Outcome outcome);

  LatticeProblem problem_;
  Options options_;
  LevelPrices prices_;
  double side_;
  std::array<std::array<Turn, kHeadings>, kHeadings> turns_{};
  std::vector<Units> floor_;         ///< from each cell to the goal at the least
  std::vector<std::uint32_t> slot_;  ///< by cell: a node, or where its nodes are in headed_
  std::vector<std::array<std::uint32_t, kHeadings + 1>> headed_;  ///< nodes of a cell by heading
  std::vector<std::uint32_t> rest_at_;                            ///< by cell: where in rest_
  std::vector<Rest> rest_;  ///< what the guide says is left from a cell
  Rest unguided_{};         ///< what is left from the cell last asked for
  std::vector<std::unique_ptr<Chunk>> chunks_;
  std::uint32_t nodes_ = 0;
  std::optional<MonotoneQueue> queue_;
  std::uint32_t start_ = 0;  ///< the node it began at
  Label found_{};            ///< of the goal
  std::size_t nearest_ = 0;
  double cost_ = 0;
  Units reached_ = 0;  ///< every way not expanded costs at least this
  LevelEffort effort_;
};

}  // namespace tidewater::route
