#include "session.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

#include "tidewater/io/files.hpp"
#include "tidewater/io/relief.hpp"

namespace tidewater::cli {

namespace {

io::Colour colour() {
  return isatty(STDERR_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr ? io::Colour::kAlways
                                                                          : io::Colour::kNever;
}

/// "a.b=c" cut at the first "=".
Result<std::vector<std::pair<std::string, std::string>>> settings(Request const& request) {
  std::vector<std::pair<std::string, std::string>> out;
  Diagnostics faults;
  for (auto const& set : request.sets) {
    auto const cut = set.find('=');
    if (cut == std::string::npos || cut == 0) {
      faults.push_back({Severity::kError,
                        "--set",
                        fmt::format("'{}' is not path=value", set),
                        "write e.g. --set project.seed=7",
                        "TW0002",
                        {}});
    } else {
      out.emplace_back(set.substr(0, cut), set.substr(cut + 1));
    }
  }
  if (request.seed) {
    out.emplace_back("project.seed", std::to_string(*request.seed));
  }
  if (!faults.empty()) {
    return reject(std::move(faults));
  }
  return out;
}

/// A railway's ends, via points and course.
void add_places(project::Project const& p,
                project::Link const& link,
                std::vector<terrain::LonLat>& out) {
  auto const add = [&](project::Place at) { out.push_back({at.lon, at.lat}); };
  for (auto const& site : p.sites) {
    if (site.id == link.from || site.id == link.to) {
      add(site.at);
    }
  }
  std::for_each(link.via.begin(), link.via.end(), add);
  std::for_each(link.geometry.begin(), link.geometry.end(), add);
}

/// Places the ground must cover: those of all railways in any option.
std::vector<terrain::LonLat> railway_places(project::Project const& p) {
  std::vector<terrain::LonLat> out;
  for (auto const& option : p.options) {
    for (auto const& link : p.links) {
      bool const used =
          std::find(option.links.begin(), option.links.end(), link.id) != option.links.end();
      if (used && link.mode == project::Link::Mode::kRail) {
        add_places(p, link, out);
      }
    }
  }
  return out;
}

}  // namespace

void print(Diagnostics const& diagnostics, std::string const& text, std::string const& file) {
  fmt::print(stderr, "{}", io::render(diagnostics, text, {.file_name = file, .colour = colour()}));
}

int threads(Request const& request) {
  return request.threads > 0 ? request.threads
                             : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

Result<Session> open(Request const& request) {
  auto const sets = settings(request);
  if (!sets) {
    print(sets.error(), "", request.file);
    return reject(sets.error());
  }
  auto text = io::read_text_file(request.file, io::ReadLimits{}.bytes);
  if (!text) {
    print(text.error(), "", request.file);
    return reject(std::move(text.error()));
  }
  auto file = io::read_project(*text, request.file, {.sets = *sets});
  if (!file) {
    print(file.error(), *text, request.file);
    return reject(std::move(file.error()));
  }
  print(file->warnings, *text, request.file);
  auto const name = std::filesystem::path{request.file}.stem().string();
  return Session{std::move(*file), std::move(*text), name};
}

Result<std::optional<terrain::GeoRaster>> relief(Request const& request, Session& session) {
  auto const& p = session.file.project;
  auto const places = railway_places(p);
  if (p.terrain.elevation.empty() || places.empty()) {
    return std::optional<terrain::GeoRaster>{};
  }
  // A path given on the command line is meant from where the command was given.
  auto path = io::beside(request.file, p.terrain.elevation);
  if (!std::filesystem::exists(path) && std::filesystem::exists(p.terrain.elevation)) {
    path = p.terrain.elevation;
  }
  auto read = io::read_relief({.path = path,
                               .wanted = io::box_around(places, p.terrain.margin.value),
                               .required = io::box_around(places, Length{}),
                               .where = "/terrain/elevation"});
  if (!read) {
    print(io::with_places(read.error(), session.file), session.text, request.file);
    return reject(std::move(read.error()));
  }
  print(io::with_places(read->warnings, session.file), session.text, request.file);
  return std::optional{std::move(read->raster)};
}

}  // namespace tidewater::cli
