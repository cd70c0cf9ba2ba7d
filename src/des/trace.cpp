#include "tidewater/des/trace.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "tidewater/des/process.hpp"

namespace tidewater::des {

void Trace::record(TraceRow const& row) {
  if (limit_ == 0 || rows_.size() < limit_) {
    rows_.push_back(row);
  } else {
    TraceRow& oldest = rows_[written_ % limit_];
    if (oldest.kind == trace_kind::kSpawned) {
      before_[oldest.entity] = static_cast<std::size_t>(oldest.a);
    }
    oldest = row;
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

std::vector<TraceRow> Trace::last(std::size_t count) const {
  std::size_t const there = std::min(count, rows_.size());
  std::vector<TraceRow> found;
  found.reserve(there);
  for (std::size_t i = there; i > 0; --i) {
    found.push_back(rows_[(written_ - i) % rows_.size()]);
  }
  return found;
}

std::uint32_t Trace::number_of(std::string_view name) {
  if (auto const known = numbers_.find(name); known != numbers_.end()) {
    return known->second;
  }
  auto const number = static_cast<std::uint32_t>(names_.size());
  names_.emplace_back(name);
  numbers_.emplace(name, number);
  return number;
}

std::string Trace::kind_name(std::uint32_t kind) const {
  static constexpr std::array<char const*, 9> kKernel{"spawned",
                                                      "ended",
                                                      "interrupted",
                                                      "preempted",
                                                      "killed",
                                                      "granted",
                                                      "released",
                                                      "began",
                                                      "finished"};
  if (kind < kKernel.size()) {
    return kKernel[kind];
  }
  auto const named = kinds_.find(kind);
  return named != kinds_.end() ? named->second : fmt::format("kind {}", kind);
}

std::size_t Trace::name_before(std::uint32_t entity) const {
  auto const known = before_.find(entity);
  return known != before_.end() ? known->second : names_.size();
}

Span::Span(Env& env, std::string_view name)
    : env_{&env}, entity_{env.current().index}, name_{name} {
  env.trace_named(entity_, trace_kind::kBegan, name_);
}

Span::~Span() {
  env_->trace_named(entity_, trace_kind::kFinished, name_);
}

}  // namespace tidewater::des
