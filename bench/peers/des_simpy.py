#!/usr/bin/python3
"""SimPy on the two models of des_bench.cpp: CPU nanoseconds per event of the hold model and per customer of M/M/1.

usage: des_simpy.py [EVENTS] [CUSTOMERS]     (default 200000 100000; Debian package python3-simpy3)
"""
import random
import sys
import time

try:
    import simpy
except ImportError:
    sys.exit("none: the module simpy is not there (Debian package python3-simpy3; python3-simpy is SimPy 2)")


def holder(env, draws):
    while True:
        yield env.timeout(draws.expovariate(1.0))


def hold_model(pending, events):
    env = simpy.Environment()
    draws = random.Random(1)
    for _ in range(pending):
        env.process(holder(env, draws))
    env.run(until=1)
    begin = time.process_time()
    for _ in range(events):
        env.step()
    return (time.process_time() - begin) / events * 1e9


class TimeWeighted:
    """Integral of a level over time, as the resources of ours keep it."""

    def __init__(self):
        self.level, self.last, self.area = 0, 0.0, 0.0

    def add(self, now, change):
        self.area += self.level * (now - self.last)
        self.last = now
        self.level += change


class Shop:
    def __init__(self, env):
        self.env = env
        self.server = simpy.Resource(env, 1)
        self.in_use, self.queue = TimeWeighted(), TimeWeighted()
        self.waits = self.stays = 0.0
        self.count = 0
        self.gaps, self.services = random.Random(1), random.Random(2)


def customer(shop):
    env = shop.env
    arrived = env.now
    shop.queue.add(arrived, 1)
    with shop.server.request() as request:
        yield request
        shop.queue.add(env.now, -1)
        shop.in_use.add(env.now, 1)
        shop.waits += env.now - arrived
        yield env.timeout(shop.services.expovariate(1.0))
        shop.in_use.add(env.now, -1)
    shop.stays += env.now - arrived
    shop.count += 1


def source(shop, customers):
    for _ in range(customers):
        yield shop.env.timeout(shop.gaps.expovariate(0.9))
        shop.env.process(customer(shop))


def mm1(customers):
    env = simpy.Environment()
    shop = Shop(env)
    env.process(source(shop, customers))
    begin = time.process_time()
    env.run()
    return (time.process_time() - begin) / shop.count * 1e9


def main():
    numbers = [int(a) for a in sys.argv[1:]]
    events = numbers[0] if numbers else 200_000
    customers = numbers[1] if len(numbers) > 1 else 100_000
    print(f"simpy {simpy.__version__}")
    for pending in (1_000, 100_000):
        print(f"hold_model/{pending:<8d} {hold_model(pending, events):8.0f} ns/event")
    print(f"mm1                 {mm1(customers):8.0f} ns/customer")


main()
