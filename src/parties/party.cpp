#include "tidewater/parties/party.hpp"

#include <algorithm>

namespace tidewater::parties {

namespace {

bool matches(std::string const& wanted, std::string const& found) {
  return wanted.empty() || wanted == found;
}

}  // namespace

Money received(Party const& party, std::span<LedgerReceipt const> ledger) {
  Money total;
  for (auto const& entry : ledger) {
    auto const rule =
        std::find_if(party.receipts.begin(), party.receipts.end(), [&](ReceiptRule const& each) {
          return matches(each.payee, entry.payee) && matches(each.level, entry.level) &&
                 matches(each.district, entry.district);
        });
    if (rule != party.receipts.end()) {
      total += rule->share * entry.present_value;
    }
  }
  return total;
}

}  // namespace tidewater::parties
