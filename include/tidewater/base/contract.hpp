#pragma once
/// Contract checks: they speak of our own bugs, never of user input. TW_EXPECTS is always on;
/// TW_DEBUG costs nothing in a release build.

#include <stdexcept>
#include <string>

namespace tidewater {

/// A broken promise between two pieces of our own code.
class ContractBroken : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] void contract_broken(char const* condition,
                                  char const* words,
                                  char const* file,
                                  int line);

}  // namespace tidewater

#define TW_EXPECTS(condition, words) \
  (static_cast<bool>(condition)      \
       ? static_cast<void>(0)        \
       : ::tidewater::contract_broken(#condition, words, __FILE__, __LINE__))

#ifdef NDEBUG
#define TW_DEBUG(condition, words) static_cast<void>(0)
#else
#define TW_DEBUG(condition, words) TW_EXPECTS(condition, words)
#endif
