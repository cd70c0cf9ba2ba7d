#pragma once
/// The tonnes of a life in double entry: whatever moves is booked out of one place and into another
/// with the same double, so that plan - shipped is the sum of all entries but for the rounding of
/// sums. Levels of stocks are never read for it. Dry tonnes; years by index.

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <unordered_map>
#include <vector>

#include "tidewater/corridor/losses.hpp"

#include "fluid_stock.hpp"
#include "spells.hpp"

namespace tidewater::corridor {

class Ledger {
 public:
  using Account = std::uint32_t;
  static constexpr Account kNone = std::numeric_limits<Account>::max();
  // What a line's code has room for, places of a kind and parts of a place alike.
  static constexpr std::uint32_t kMostProducts = 1U << 12;
  static constexpr std::uint32_t kMostPlaces = (1U << 14) - 1;

  struct Line {
    ProductId product{};
    LossCause cause = LossCause::kStock;
    std::uint32_t mine = kNoMine;
    Place place{};
    auto operator<=>(Line const&) const = default;
  };
  static constexpr std::uint32_t kNoMine = std::numeric_limits<std::uint32_t>::max();

  explicit Ledger(LifeCalendar const& calendar) : calendar_{&calendar} {}

  /// The account of a line; every call with the same line gives the same one.
  [[nodiscard]] Account open(Line const& line);
  /// Moves `amount` from one account to the other at `now`, which never decreases. kNone stands for
  /// what the ledger does not hold: the mine's making and the ship's sailing.
  void move(Account from, Account to, double amount, double now);
  void book(Account account, std::size_t year, double amount) { sheets_[account][year] += amount; }
  /// What has come into an account up to the end of a year less what has left it.
  [[nodiscard]] double balance(Account account, std::size_t year) const;

  /// Every account with its line, in order of lines.
  [[nodiscard]] std::map<Line, Account> const& accounts() const { return accounts_; }
  [[nodiscard]] Line const& line_of(Account account) const;
  [[nodiscard]] std::vector<double> const& sheet(Account account) const { return sheets_[account]; }

 private:
  LifeCalendar const* calendar_;
  std::map<Line, Account> accounts_;
  std::unordered_map<std::uint64_t, Account> by_code_;  ///< looked up only, never gone through
  std::vector<std::vector<double>> sheets_;
  std::size_t year_ = 0;
};

/// Why a stockpile was full, stretch by stretch, until the stock itself says how much was not made.
class PileWatch {
 public:
  struct Share {
    Ledger::Account account;
    double weight;
    bool operator==(Share const&) const = default;
  };
  /// Until when the reasons are known.
  [[nodiscard]] double known_until() const { return known_until_; }
  void skip_to(double now) { known_until_ = now; }
  /// From known_until() to `until` the tonnes not made are shared among these; weights sum to 1.
  void add(double until, std::span<Share const> shares);
  [[nodiscard]] bool empty() const { return stretches_.empty(); }
  /// Books what was not made in a stretch: to the reasons by the time they cover of it, or to the
  /// last where they cover none, which is a matter of rounding. What is booked sums to the amount.
  void book(Ledger& ledger, FluidStock::Full const& full) const;
  /// visit(from, until, shares) for every part of a full stretch whose reasons are known.
  template <class Visit>
  void each_part(FluidStock::Full const& full, Visit const& visit) const {
    for (Stretch const& stretch : stretches_) {
      double const from = std::max(stretch.from, full.from);
      double const until = std::min(stretch.until, full.until);
      if (until > from) {
        visit(from, until, std::span{shares_}.subspan(stretch.first, stretch.count));
      }
    }
  }
  /// Nothing before this moment will be asked for.
  void forget_before(double moment);

 private:
  struct Stretch {
    double from;
    double until;
    std::size_t first;
    std::size_t count;
  };
  double known_until_ = 0;
  std::vector<Stretch> stretches_;
  std::vector<Share> shares_;
};

}  // namespace tidewater::corridor
