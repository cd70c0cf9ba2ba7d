#pragma once
/// One function a command; each returns the exit code.

#include "tidewater/appraisal/design.hpp"
#include "tidewater/appraisal/line_reasons.hpp"

#include "session.hpp"

namespace tidewater::cli {

/// "None, because ..." in words.
[[nodiscard]] std::string no_answer(appraisal::NoDesign const& none);

/// What to ask of new railways.
[[nodiscard]] inline appraisal::LineQuestions line_questions(Request const& request) {
  return {.asks_constraints = request.asks_why, .alternatives = request.alternatives};
}

[[nodiscard]] Exit check(Request const& request);
[[nodiscard]] Exit explain(Request const& request);
[[nodiscard]] Exit fetch_terrain(Request const& request);
[[nodiscard]] Exit route(Request const& request);
[[nodiscard]] Exit train(Request const& request);
[[nodiscard]] Exit simulate(Request const& request);
[[nodiscard]] Exit appraise(Request const& request);
[[nodiscard]] Exit claims(Request const& request);
[[nodiscard]] Exit parties(Request const& request);
[[nodiscard]] Exit finance(Request const& request);

}  // namespace tidewater::cli
