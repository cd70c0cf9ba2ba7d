// Any text is a finite quantity that prints and reads back, or is refused with words.

#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "tidewater/io/units_text.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
  using namespace tidewater;  // NOLINT(google-build-using-namespace)
  std::string_view const text{reinterpret_cast<char const*>(bytes), size};
  io::Currencies const money{"EUR", 2025, {{"AUD2013", 0.9}, {"USD", 0.92}}};
  auto const read = io::parse_quantity(text, money);
  if (!read) {
    if (read.error().size() != 1 || read.error()[0].what.empty() ||
        read.error()[0].remedy.empty()) {
      std::abort();
    }
    return 0;
  }
  if (!std::isfinite(read->value)) {
    std::abort();
  }
  auto const number = read->value / read->unit.value;
  if (!std::isfinite(number) || std::abs(number) > 1e290 ||
      (number != 0 && std::abs(number) < 1e-290)) {
    return 0;
  }
  auto const again = io::parse_quantity(io::format_in(read->value, read->unit_text, money), money);
  if (!again || std::abs(again->value - read->value) > 1e-8 * std::abs(read->value)) {
    std::abort();
  }
  return 0;
}
