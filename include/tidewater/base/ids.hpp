#pragma once
/// Typed indices: a BerthId cannot be used where a MineId is wanted, and a container says which id
/// opens it.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "tidewater/base/contract.hpp"

namespace tidewater {

template <class Tag>
class Id {
 public:
  constexpr Id() = default;  ///< invalid until assigned
  constexpr explicit Id(std::uint32_t index) : index_{index} {}
  [[nodiscard]] constexpr std::uint32_t index() const { return index_; }
  [[nodiscard]] constexpr bool valid() const { return index_ != kInvalid; }
  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  static constexpr std::uint32_t kInvalid = 0xFFFF'FFFF;
  std::uint32_t index_ = kInvalid;
};

/// A vector opened only by its own kind of id.
template <class I, class T>
class IdVector {
 public:
  IdVector() = default;
  explicit IdVector(std::size_t n, T const& fill = T{}) : items_(n, fill) {}
  I push(T item) {
    items_.push_back(std::move(item));
    return I{static_cast<std::uint32_t>(items_.size() - 1)};
  }
  T& operator[](I id) {
    TW_EXPECTS(id.index() < items_.size(), "an id opens the container that gave it");
    return items_[id.index()];
  }
  T const& operator[](I id) const {
    TW_EXPECTS(id.index() < items_.size(), "an id opens the container that gave it");
    return items_[id.index()];
  }
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  auto begin() { return items_.begin(); }
  auto end() { return items_.end(); }
  [[nodiscard]] auto begin() const { return items_.begin(); }
  [[nodiscard]] auto end() const { return items_.end(); }

 private:
  std::vector<T> items_;
};

}  // namespace tidewater

template <class Tag>
struct std::hash<tidewater::Id<Tag>> {
  std::size_t operator()(tidewater::Id<Tag> id) const noexcept {
    return std::hash<std::uint32_t>{}(id.index());
  }
};
