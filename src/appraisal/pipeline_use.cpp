/// What a slurry pipeline takes and gives: current and water per tonne, tonnes by year.

#include <algorithm>

#include "tidewater/appraisal/design.hpp"

namespace tidewater::appraisal {

EnergyPerMass pumping_energy(project::Pipeline const& pipe, Length length) {
  Length const head = pipe.head_loss.value * length + pipe.lift.value;
  return std::max(Length{}, head) * train::kGravity /
         (pipe.solids_share.value * pipe.efficiency.value);
}

double water_per_dry(project::Pipeline const& pipe) {
  return (1 - pipe.solids_share.value) / pipe.solids_share.value;
}

std::vector<Mass> piped(corridor::CorridorModel const& model,
                        corridor::Life const& life,
                        std::string const& link) {
  std::vector<Mass> out(static_cast<std::size_t>(model.years));
  auto const hauls = corridor::pipeline_hauls(model);
  for (std::size_t k = 0; k < hauls.size(); ++k) {
    for (std::size_t y = 0; hauls[k]->id == link && y < out.size(); ++y) {
      out[y] += life.pipelines[k][y];
    }
  }
  return out;
}

}  // namespace tidewater::appraisal
