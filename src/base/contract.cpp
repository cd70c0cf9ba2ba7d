#include "tidewater/base/contract.hpp"

namespace tidewater {

void contract_broken(char const* condition, char const* words, char const* file, int line) {
  throw ContractBroken(std::string("broken promise: ") + words + " (" + condition + ") at " + file +
                       ":" + std::to_string(line));
}

}  // namespace tidewater
