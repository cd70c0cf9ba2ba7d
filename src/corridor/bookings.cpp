#include "bookings.hpp"

#include <algorithm>
#include <limits>

#include "tidewater/base/contract.hpp"

namespace tidewater::corridor {

int Bookings::used_at(double t) const {
  int used = 0;
  for (Booking const& booking : booked_) {
    used += booking.from <= t && t < booking.until ? booking.units : 0;
  }
  return used;
}

/// The first end of those that hold something at t.
double Bookings::next_release(double t) const {
  double first = std::numeric_limits<double>::infinity();
  for (Booking const& booking : booked_) {
    if (booking.from <= t && t < booking.until) {
      first = std::min(first, booking.until);
    }
  }
  return first;
}

/// Use rises only where a booking begins, so that the start and the beginnings after it are all
/// there is to look at. Where too few are free, no start helps before one is given back.
double Bookings::first_free(double t, double length, int units) const {
  TW_EXPECTS(units <= capacity_, "nobody asks for more than there are");
  bool moved = true;
  while (moved) {
    moved = used_at(t) + units > capacity_;
    if (moved) {
      t = next_release(t);
      continue;
    }
    for (Booking const& booking : booked_) {
      bool const within = booking.from > t && booking.from < t + length;
      if (within && used_at(booking.from) + units > capacity_) {
        t = next_release(booking.from);
        moved = true;
        break;
      }
    }
  }
  return t;
}

void Bookings::book(Booking const& booking) {
  auto const place =
      std::upper_bound(booked_.begin(), booked_.end(), booking, [](auto const& a, auto const& b) {
        return a.from < b.from;
      });
  booked_.insert(place, booking);
}

void Bookings::forget_past(double now) {
  std::erase_if(booked_, [now](Booking const& booking) { return booking.until <= now; });
}

}  // namespace tidewater::corridor
