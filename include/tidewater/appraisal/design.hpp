#pragma once
/// What one option consists of once it has been drawn: lines over the ground, trains that can climb
/// them, loops, fleets, the date it opens. Made once per option at the median future; the futures
/// then re-price and re-run it.

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tidewater/base/result.hpp"
#include "tidewater/base/units.hpp"
#include "tidewater/corridor/life.hpp"
#include "tidewater/corridor/model.hpp"
#include "tidewater/project/project.hpp"
#include "tidewater/route/alignment.hpp"
#include "tidewater/route/reasons.hpp"
#include "tidewater/terrain/geo_raster.hpp"
#include "tidewater/terrain/zones.hpp"
#include "tidewater/train/capacity.hpp"
#include "tidewater/train/consist.hpp"
#include "tidewater/train/running_time.hpp"
#include "tidewater/train/timetable.hpp"

namespace tidewater::appraisal {

/// The way of one product from a mine or a plant to a market, or to the plant that works it.
struct Way {
  std::string from;                    ///< site: a mine or a plant
  std::optional<std::size_t> deposit;  ///< of the mine
  std::string product;
  std::string plant{};   ///< site where it is worked; then it has neither port nor market
  std::string port{};    ///< site
  std::string market{};  ///< site
  std::vector<std::size_t> links{};  ///< indices into Project::links, in order, a sea leg last
};

/// Every way of the option's mines, and of the plants they feed, over its links: the one of fewest
/// links to a plant that works the product, or where there is none to a market. Faults name a
/// product without one, a port that is missing on the way, two sources of one product.
[[nodiscard]] Result<std::vector<Way>> ways(project::Project const& project,
                                            project::Option const& option);
/// Most dry tonnes a year of a way, all phases of its mine; behind a plant, what it can make of
/// that.
[[nodiscard]] MassRate peak_dry(project::Project const& project,
                                std::vector<Way> const& ways,
                                Way const& way);

/// A train over one link, there and back.
struct LinkRun {
  train::PairTimes times;  ///< at both ends and at each loop: up = loaded, down = empty
  train::Run loaded;       ///< with points enough to draw it
  train::Run empty;        ///< likewise, its posts counted from the far end
};

/// Loops stand where they serve the train with the greatest flow over the link best; `capacity` and
/// `run` are that train's. Other trains over it keep their own runs in TrainDesign.
struct RailDesign {
  route::Alignment alignment;
  train::Line line;           ///< in the loaded direction
  std::vector<Length> loops;  ///< middles, from the loaded end
  train::LineCapacity capacity;
  LinkRun run;
};

/// Why a new railway lies where it does, and which other lines there are.
struct LineReasons {
  std::vector<route::DearKilometre> dearest;       ///< five
  std::vector<route::ConstraintCost> constraints;  ///< where asked for
  route::Alternatives alternatives;                ///< where asked for
};

struct LinkDesign {
  std::size_t link = 0;  ///< index into Project::links
  Length length{};
  Length great_circle{};
  std::optional<RailDesign> rail;
  std::vector<std::string> notes;
  LineReasons reasons{};  ///< empty for links that are not drawn by the search
};

/// The consist of one chain of railway links that it runs through end to end.
struct TrainDesign {
  std::string consist;             ///< id
  std::vector<std::size_t> links;  ///< indices into Project::links, mine first
  train::SizedConsist sized;
  int consists = 0;           ///< in traffic
  std::vector<LinkRun> runs;  ///< one a link
};

/// The trucks that carry one way's product over a road link: of the link's fleet, the part that its
/// tonnes keep busy.
struct TruckDesign {
  std::size_t link = 0;
  std::size_t way = 0;  ///< index into Design::ways
  int trucks = 1;
};

/// Which way a train's loaded run goes over a link.
enum class Heading { kAlong, kAgainst };  ///< from its `from` to its `to`, or back

/// How one flow of a mine's inbound cargo comes: by trains or trucks of its own, empty back.
struct InboundDesign {
  std::string mine;                    ///< site
  std::size_t flow = 0;                ///< of the mine's
  std::string port;                    ///< site
  std::vector<std::size_t> links;      ///< indices into Project::links, the port's first
  std::optional<TrainDesign> train{};  ///< its runs loaded towards the mine; none: trucks
  int trucks = 0;
};
[[nodiscard]] project::Inbound const& flow_of(project::Project const& project,
                                              InboundDesign const& inbound);
/// Which way its train runs loaded over its `at`-th link.
[[nodiscard]] Heading heading_of(project::Project const& project,
                                 InboundDesign const& inbound,
                                 std::size_t at);

struct Design {
  std::string option;
  std::vector<Way> ways;
  std::vector<LinkDesign> links;  ///< in the order of the option's links
  std::vector<TrainDesign> trains;
  std::vector<TruckDesign> trucks;
  std::vector<InboundDesign> inbound;
  std::vector<std::string> notes;

  [[nodiscard]] LinkDesign const& of_link(std::size_t link) const;
};

/// The honest "none": an option that cannot be built or run as described.
struct NoDesign {
  std::string option;
  std::string where;       ///< path of the link
  std::string reason;      ///< what stands in the way
  std::string place;       ///< where on the ground, in words
  std::string relaxation;  ///< the smallest change found that would open a way
};

using DesignAnswer = std::variant<Design, NoDesign>;

/// The ground all options are drawn on: one grid around the sites of all new railways, so that two
/// options meet the same hills. None when no option builds a railway.
[[nodiscard]] Result<std::optional<terrain::Terrain>> ground(project::Project const& project,
                                                             terrain::GeoRaster const* relief);

/// Lines already drawn, by link: options that share a railway draw it once.
using DrawnLines = std::map<std::string, std::variant<route::Alignment, NoDesign>>;

/// Draws every railway that options without overrides use, each once, on `threads` threads.
[[nodiscard]] Result<DrawnLines> draw_lines(project::Project const& project,
                                            terrain::Terrain const* ground,
                                            int threads);

/// Draws one option. `ground` may be null only when no new railway is in it; a line is taken from
/// `drawn` when the option has no overrides that could change it.
///   fails   links, trains or ports that contradict each other, all at once
[[nodiscard]] Result<DesignAnswer> design(project::Project const& project,
                                          project::Option const& option,
                                          terrain::Terrain const* ground,
                                          DrawnLines const& drawn = {});

/// What building or upgrading a drawn link costs, line by line, at the prices of `project`; empty
/// for roads, the sea, and railways and pipelines that exist.
[[nodiscard]] std::vector<route::CostLine> link_costs(project::Project const& project,
                                                      LinkDesign const& link);

/// Current a slurry pipeline draws per dry tonne: gravity times the head of slurry it is pumped
/// against (head loss x length + lift) over the solids' share of its mass and the efficiency; none
/// where it runs down by itself. docs/theory/corridor.md, "A pipeline's current and water".
[[nodiscard]] EnergyPerMass pumping_energy(project::Pipeline const& pipe, Length length);
/// Water that comes with a dry tonne, tonne for tonne.
[[nodiscard]] double water_per_dry(project::Pipeline const& pipe);
/// Dry tonnes that a link's pipeline delivered in each year of a life.
[[nodiscard]] std::vector<Mass> piped(corridor::CorridorModel const& model,
                                      corridor::Life const& life,
                                      std::string const& link);

/// When construction starts and when the corridor opens, as project time: the start year and the
/// longest of the builds.
struct Programme {
  Time start{};
  Time opening{};
};
[[nodiscard]] Programme programme(project::Project const& project, project::Option const& option);

/// Cost per tonne against the size of a train over the railways it runs through: running cost and
/// energy as the project states them, locomotives and wagons at their price over 25 years (assumed)
/// at the discount rate, loading and unloading at the rates of its mine and port.
[[nodiscard]] Result<std::variant<train::SizeAdvice, train::NoConsist>> size_advice(
    project::Project const& project, Design const& design, TrainDesign const& train);

/// What sizing the train and running it over its `at`-th link took for granted, in words.
[[nodiscard]] std::vector<std::string> train_notes(TrainDesign const& train, std::size_t at);

/// Densest clock-face timetable of a single-track link's own trains: empty trains wait at meets, a
/// meet allowance between opposing trains, section after section as the run has them. None on
/// double track, where nothing meets.
[[nodiscard]] std::variant<train::ClockFace, train::NoTimetable> clock_face_on(
    project::Link const& link, RailDesign const& rail);
/// What that timetable is made of: sections of the run between loops, and the rules.
[[nodiscard]] std::vector<train::SectionTimes> sections_of(RailDesign const& rail);
[[nodiscard]] train::SectionRules section_rules(project::Link const& link);

}  // namespace tidewater::appraisal
