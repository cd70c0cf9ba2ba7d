// Any bytes are a project or are refused with words; what is refused can be rendered; what is read
// can be listed and hashed, and reads the same again.

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "tidewater/io/project_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
  using namespace tidewater;  // NOLINT(google-build-using-namespace)
  std::string_view const text{reinterpret_cast<char const*>(bytes), size};
  io::ReadOptions options;
  if (!text.empty() && text[0] == '-') {  // the first line is a setting, the rest the file
    auto const line = text.substr(1, text.find('\n') - 1);
    auto const equals = line.find('=');
    if (equals != std::string_view::npos) {
      options.sets = {{std::string{line.substr(0, equals)}, std::string{line.substr(equals + 1)}}};
    }
  }
  auto const skipped = options.sets.empty() ? 0 : std::min(text.find('\n'), text.size());
  auto const file = text.substr(skipped);
  auto const read = io::read_project(file, "fuzz.toml", options);
  if (!read) {
    if (read.error().empty()) {
      std::abort();
    }
    for (auto const& fault : read.error()) {
      if (fault.what.empty() || fault.code.empty()) {
        std::abort();
      }
    }
    static_cast<void>(io::render(read.error(), file, {"fuzz.toml"}));
    return 0;
  }
  static_cast<void>(io::stated_numbers(read->project));
  if (io::read_project(file, "fuzz.toml", options)->hash != read->hash) {
    std::abort();
  }
  return 0;
}
