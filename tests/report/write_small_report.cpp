// Writes the three outputs of the small corridor into a folder: what the browser test opens.

#include <cstdio>

#include "tidewater/report/outputs.hpp"

#include "small_corridor.hpp"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: write_small_report FOLDER\n", stderr);
    return 2;
  }
  auto const file = tidewater::small::project_file();
  auto const written = tidewater::report::write_outputs(
      argv[1], "small", tidewater::small::appraisal_once(), {"0.0-test", file.hash});
  if (!written) {
    std::fputs(tidewater::small::words(written.error()).c_str(), stderr);
    return 1;
  }
  for (auto const& path : *written) {
    std::puts(path.c_str());
  }
  return 0;
}
