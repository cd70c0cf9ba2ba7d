#pragma once
/// Lines drawn as letters, and the plain trains that run on them.

#include <string_view>
#include <vector>

#include "tidewater/train/line.hpp"
#include "tidewater/train/rolling_stock.hpp"

namespace tidewater::train::drawn {

/// One letter is one stretch of `letter`: '_' level, '/' up and '\' down by `grade`; 'o' is a
/// level place of a loop.
inline Line line(std::string_view letters,
                 Length letter,
                 double grade,
                 Speed limit = 80.0 * units::kmh) {
  Line line;
  for (char const c : letters) {
    line.sections.push_back({.from = line.end,
                             .grade = c == '/' ? grade : (c == '\\' ? -grade : 0.0),
                             .speed_limit = limit});
    line.end += letter;
  }
  return line;
}

/// Middles of the letters 'o'.
inline std::vector<Length> loops(std::string_view letters, Length letter) {
  std::vector<Length> posts;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (letters[i] == 'o') {
      posts.push_back((static_cast<double>(i) + 0.5) * letter);
    }
  }
  return posts;
}

/// 3 MW, 400 kN, 120 t: a middling diesel; resistance 2 per mille of weight and some drag.
inline Locomotive diesel() {
  return {.name = "diesel",
          .mass = Mass{120e3},
          .adhesive_mass = Mass{120e3},
          .length = Length{20},
          .resistance = {.per_mass = ForcePerMass{0.002 * 9.80665}, .drag = MassPerLength{5.0}},
          .tractive_effort = {{.speed = Speed{}, .force = Force{400e3}}},
          .adhesion = 0.36,
          .power = Power{2.4e6},
          .max_speed = 100.0 * units::kmh};
}

/// 20 t tare, 60 t payload, 12 m.
inline Wagon hopper() {
  return {.name = "hopper",
          .tare = Mass{20e3},
          .payload = Mass{60e3},
          .length = Length{12},
          .resistance = strahl(1.4, 3.9),
          .max_speed_loaded = 80.0 * units::kmh,
          .max_speed_empty = 90.0 * units::kmh};
}

inline Train ore_train(int locomotives = 2, int wagons = 30) {
  Train train;
  train.locomotives = {{.type = diesel(), .count = locomotives}};
  train.wagons = {{.type = hopper(), .count = wagons}};
  return train;
}

}  // namespace tidewater::train::drawn
