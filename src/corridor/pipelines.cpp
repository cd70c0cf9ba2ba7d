/// Slurry pipelines: pumped batch by batch, several on their way at once. Room at the far end is
/// claimed before a batch is pumped, since slurry must not stand in the pipe.

#include <algorithm>

#include "world.hpp"

namespace tidewater::corridor {

namespace {

des::Process arrive(World& world, PipelineState const& pipe, double amount) {
  Carriage const& carriage = pipe.carriage;
  Destination const& to = carriage.to;
  co_await world.env.hold_or_throw(pipe.transit);
  static_cast<void>(co_await to.yard->cargo.put(amount));
  world.totals[*carriage.product].on_wheels -= amount;
  world.move(carriage.account, to.yard->account, amount);
  world.life.pipelines[pipe.index][world.year()] += tonnes(amount);
  if (to.ends) {
    world.life.products[*carriage.product][world.year()].delivered += tonnes(amount);
  }
  if (to.port != nullptr) {
    review(world, *to.port);
  }
}

void book_departure(World& world, PipelineState const& pipe, double amount) {
  Carriage const& carriage = pipe.carriage;
  world.move(carriage.from.account, carriage.account, amount);
  world.totals[*carriage.product].on_wheels += amount;
  if (carriage.from.begins) {
    world.life.products[*carriage.product][world.year()].loaded += tonnes(amount);
    tell_loaded(carriage.contract, amount);
  }
}

void turn_to(World& world, PipelineState& pipe, Pumping pumping) {
  note(world, pipe.link);
  keep_pumping(world, pipe, world.now());
  pipe.pumping = pumping;
  pipe.since = world.now();
}

}  // namespace

des::Process run_pipeline(World& world, PipelineState& pipe) {
  Origin const& from = pipe.carriage.from;
  Yard& sink = *pipe.carriage.to.yard;
  co_await world.env.hold_or_throw(std::max(0.0, world.opening - world.now()));
  while (true) {
    turn_to(world, pipe, Pumping::kAwaitingCargo);
    if (from.heap != nullptr) {
      from.heap->advance(world.now());
      double const ready = from.heap->when(pipe.batch);
      if (ready >= world.calendar.end()) {
        co_return;
      }
      co_await world.env.hold_or_throw(std::max(0.0, ready - world.now()));
    } else {
      static_cast<void>(co_await from.yard->cargo.at_least(pipe.batch));
    }
    turn_to(world, pipe, Pumping::kAwaitingRoom);
    co_await claim_room(world, pipe.carriage.to, pipe.batch);
    turn_to(world, pipe, Pumping::kPumping);
    double amount = pipe.batch;
    if (from.heap != nullptr) {  // a hazard may have taken from the heap meanwhile
      amount = from.heap->take(world.now(), pipe.batch);
      sink.clear(pipe.batch - amount);
    } else {
      static_cast<void>(co_await from.yard->cargo.get(amount));
      from.yard->clear(amount);
    }
    book_departure(world, pipe, amount);
    double const pumped = pipe.down.work_end(world.now(), pipe.batch_time);
    co_await world.env.hold_or_throw(pumped - world.now());
    pipe.busy += pipe.batch_time;
    world.env.spawn(arrive(world, pipe, amount), "slurry");
  }
}

}  // namespace tidewater::corridor
