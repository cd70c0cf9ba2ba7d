#pragma once
/// The vertical profile with given structures as a linear programme that is drawn tighter where its
/// last answer was too cheap.
///
/// Columns: shift of the level at each station from a profile near by; for each stretch of earth
/// cut, fill, borrow and waste; haul to and fro between neighbours. Rows: rise of each stretch,
/// bend at each station, heights of structures, tangents of the volumes, balance of material.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tidewater/solver/linear_program.hpp"

#include "profile.hpp"
#include "section.hpp"

namespace tidewater::route {

class ProfileProgramme {
 public:
  /// kPriced: a structure may stand where its rules forbid it, for a price that only a bend that
  /// has no other room will pay. Its answer shows where structures must change; its cost bounds
  /// nothing.
  enum class HeightRules : std::uint8_t { kHeld, kPriced };

  /// `kinds` tell earth, bridges and tunnels apart; `near` is any profile, one level a station.
  ProfileProgramme(ProfileProblem const& problem,
                   SectionPrices const& prices,
                   std::vector<StructureKind> const& kinds,
                   std::vector<double> const& near,
                   HeightRules height_rules = HeightRules::kHeld);

  struct Answer {
    std::vector<double> rail;   ///< m; empty when no profile holds
    std::vector<double> worth;  ///< money per m3 of material, one per stretch
    double cost = 0;            ///< money: no profile with these structures costs less
    std::size_t stuck_at = 0;   ///< station, when none holds
    std::string breaks{};       ///< which rule does not hold there, in words
  };
  [[nodiscard]] Answer solve();

  /// Adds a tangent wherever the answer's volume falls short of the true one by more than
  /// `tolerance` m3, and the heights it breaks; returns how many rows that took.
  int tighten(Answer const& answer, double tolerance);

  [[nodiscard]] int columns() const;
  [[nodiscard]] int rows() const;
  [[nodiscard]] std::size_t pivots() const { return pivots_; }

 private:
  // Stretches are called by the number i of the station they begin at.
  enum class Rule : std::uint8_t { kGrade, kBend, kHeight, kVolume, kBalance };
  struct RowOrigin {
    Rule rule;
    std::size_t stretch;
  };
  enum class Side : std::uint8_t { kCut, kFill };
  struct EarthColumns {
    int cut = -1;  ///< none
    int fill = -1;
    int borrow = -1;
    int waste = -1;
  };
  struct Tangent {
    solver::RowBounds bounds;
    std::array<solver::Term, 3> terms;
  };
  struct Heights {
    double low;
    double high;
  };

  void add_levels(solver::LinearProgram& lp);
  void add_grades(solver::LinearProgram& lp);
  void add_bends(solver::LinearProgram& lp);
  void add_height(solver::LinearProgram& lp, std::size_t i);
  void add_earth(solver::LinearProgram& lp, std::size_t i);
  void add_balance(solver::LinearProgram& lp);
  [[nodiscard]] double length(std::size_t i) const;
  [[nodiscard]] double offset(std::size_t i, std::vector<double> const& rail) const;
  [[nodiscard]] double area(Side side, double depth) const;
  [[nodiscard]] Heights heights(std::size_t i) const;
  [[nodiscard]] solver::RowBounds height_bounds(std::size_t i) const;
  [[nodiscard]] Tangent tangent(std::size_t i, Side side, double depth) const;
  [[nodiscard]] bool is_short(std::size_t i, Side side, double depth, double tolerance) const;
  void describe_conflict(solver::Solution const& solution, Answer& answer) const;

  ProfileProblem const& problem_;
  SectionPrices const& prices_;
  std::vector<StructureKind> kinds_;
  std::vector<double> near_;
  HeightRules height_rules_;
  std::vector<EarthColumns> earth_;
  std::vector<bool> has_height_;
  std::vector<int> balance_;  ///< rows
  std::vector<RowOrigin> origins_;
  double unit_ = 1;                       ///< money per m3 that counts as one, in any currency
  double fixed_ = 0;                      ///< money of structures at the heights of near_
  std::vector<solver::Session> session_;  ///< one
  std::vector<double> values_;            ///< last answer, one per column
  std::size_t pivots_ = 0;
};

}  // namespace tidewater::route
