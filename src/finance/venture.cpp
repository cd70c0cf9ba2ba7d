#include "tidewater/finance/venture.hpp"

namespace tidewater::finance {

char const* name_of(StreamKind kind) {
  switch (kind) {
    case StreamKind::kSales:
      return "sales";
    case StreamKind::kOpex:
      return "operating cost";
    case StreamKind::kWages:
      return "wages";
    case StreamKind::kCapex:
      return "capital cost";
    case StreamKind::kRoyalty:
      return "royalty";
    case StreamKind::kTax:
      return "tax";
    case StreamKind::kWithholding:
      return "withholding";
    case StreamKind::kPortDues:
      return "port dues";
    case StreamKind::kTrackAccess:
      return "track access";
    case StreamKind::kLandRent:
      return "land rent";
    case StreamKind::kFund:
      return "fund";
    case StreamKind::kAdvance:
      return "advance";
    case StreamKind::kOtherCharge:
      return "other charge";
    case StreamKind::kDrawdown:
      return "loan drawdown";
    case StreamKind::kInterest:
      return "interest";
    case StreamKind::kPrincipal:
      return "principal";
    case StreamKind::kFee:
      return "loan fee";
    case StreamKind::kEquity:
      return "equity";
    case StreamKind::kDividend:
      return "dividend";
    case StreamKind::kTransfer:
      return "transfer";
  }
  return "";
}

}  // namespace tidewater::finance
