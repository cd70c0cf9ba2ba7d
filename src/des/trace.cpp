#include "tidewater/des/env.hpp"

namespace tidewater::des {

void Trace::record(TraceRow const& row) {
  if (limit_ == 0 || rows_.size() < limit_) {
    rows_.push_back(row);
  } else {
    rows_[written_ % limit_] = row;
  }
  ++written_;
}

std::vector<TraceRow> Trace::rows() const {
  if (limit_ == 0 || written_ <= limit_) {
    return rows_;
  }
  auto const oldest = static_cast<std::ptrdiff_t>(written_ % limit_);
  std::vector<TraceRow> ordered(rows_.begin() + oldest, rows_.end());
  ordered.insert(ordered.end(), rows_.begin(), rows_.begin() + oldest);
  return ordered;
}

}  // namespace tidewater::des
