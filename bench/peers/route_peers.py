#!/usr/bin/python3
"""CostRaster::search beside skimage.graph.MCP_Geometric and GRASS r.cost on the same rasters: totals at the
far corner, CPU seconds of the search alone (each has the raster in its own form before), and how many times
ours each takes; then the same with the making of our raster counted. Ours and the peers take turns, and the
median of their rounds counts: what fresh memory costs varies from run to run.

usage: route_peers.py [SIDE ...]     1000, 4000 or both, the rasters of route_bench (built by `./tw bench`)
"""
import json
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import numpy
from skimage.graph import MCP_Geometric

OURS = pathlib.Path(__file__).resolve().parents[2] / "build" / "release" / "bench" / "route_bench"
ROUNDS = 3
BAR = 8  # times ours
SIDES = [1000, 4000]


def generated(side):
    """Frictions 1 .. 100 from integers alone, as in route_bench.cpp (arithmetic modulo 2^32)."""
    low = numpy.uint64(0xFFFFFFFF)
    column = numpy.arange(side, dtype=numpy.uint64)[None, :]
    row = numpy.arange(side, dtype=numpy.uint64)[:, None]
    mixed = ((column * numpy.uint64(73856093)) & low) ^ ((row * numpy.uint64(19349663)) & low)
    mixed = (mixed * numpy.uint64(2654435761)) & low
    return 1.0 + ((mixed >> numpy.uint64(16)) % numpy.uint64(100)).astype(float)


def ours(side, neighbours):
    name = {8: "eight_neighbours", 16: "sixteen_neighbours"}[neighbours]
    out = subprocess.run([OURS, f"--benchmark_filter={name}/{side}$", "--benchmark_format=json"],
                         check=True, capture_output=True, text=True)
    found = json.loads(out.stdout)["benchmarks"][0]
    return found["total_at_far_corner"], found["cpu_time"] / 1e3


def making(side):
    out = subprocess.run([OURS, f"--benchmark_filter=cost_raster/{side}$", "--benchmark_format=json",
                          "--benchmark_min_time=0.001"], check=True, capture_output=True, text=True)
    return json.loads(out.stdout)["benchmarks"][0]["cpu_time"] / 1e3


def skimage(friction):
    raster = MCP_Geometric(friction, fully_connected=True)
    raster.find_costs([(0, 0)])  # its memory is first touched here, ours where the raster is made
    begin = time.process_time()
    totals, _ = raster.find_costs([(0, 0)])
    return totals[-1, -1], time.process_time() - begin


class Grass:
    """A location of GRASS that holds the raster."""

    def __init__(self, friction, folder):
        self.side = len(friction)
        self.where = f"{folder}/location"
        friction.astype("<f8").tofile(f"{folder}/friction.bin")
        subprocess.run(["grass", "-c", "XY", "-e", self.where], check=True, capture_output=True)
        self.run("g.region", f"n={self.side}", "s=0", f"e={self.side}", "w=0", "res=1")
        self.run("r.in.bin", "-d", f"input={folder}/friction.bin", "output=friction", f"north={self.side}",
                 "south=0", f"east={self.side}", "west=0", f"rows={self.side}", f"cols={self.side}")
        self.start = self.cpu_of("g.region", "-p")  # what starting GRASS itself takes

    def run(self, *command):
        out = subprocess.run(["grass", f"{self.where}/PERMANENT", "--exec", *command],
                             check=True, capture_output=True, text=True)
        return out.stdout

    def cpu_of(self, *command):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.run(*command)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def cost(self, flags):
        cpu = self.cpu_of("r.cost", *flags, "input=friction", "output=total",
                          f"start_coordinates=0.5,{self.side - 0.5}", "memory=4000", "--overwrite") - self.start
        at = self.run("r.what", "map=total", f"coordinates={self.side - 0.5},0.5")
        return float(at.strip().split("|")[3]), cpu


def compare(side):
    friction = generated(side)
    with tempfile.TemporaryDirectory() as folder:
        work = {("ours", 8): lambda: ours(side, 8), ("skimage", 8): lambda: skimage(friction)}
        if shutil.which("grass"):
            grass = Grass(friction, folder)
            work |= {("r.cost", 8): lambda: grass.cost([]),
                     ("ours", 16): lambda: ours(side, 16), ("r.cost -k", 16): lambda: grass.cost(["-k"])}
        else:
            print("r.cost: GRASS is not installed (grass-core)")
        rounds = []
        made = []
        for _ in range(ROUNDS):
            made.append(making(side))
            rounds.append({key: search() for key, search in work.items()})
    cpu = {key: statistics.median(r[key][1] for r in rounds) for key in work}
    for (who, neighbours), seconds in cpu.items():
        total = rounds[0][who, neighbours][0]
        assert abs(total / rounds[0]["ours", neighbours][0] - 1) < 1e-12, f"{who} has another total: {total}"
        alone = cpu["ours", neighbours]
        all_in = alone + statistics.median(made)
        held = f"{all_in:7.3f} with the making" if who == "ours" else (
            f"{seconds / alone:7.1f} {'held' if seconds / alone >= BAR else 'MISSED'}, {seconds / all_in:4.1f} with the making")
        print(f"{who:9s} {side:5d} {neighbours:10d}  {total:20.6f} {seconds:7.3f} {held}")


def main():
    sides = [int(a) for a in sys.argv[1:]] or SIDES
    if not OURS.exists() or not set(sides) <= set(SIDES):
        sys.exit(f"give sides of {SIDES}, after `./tw bench` has built {OURS.name}")
    print(f"search     side neighbours  total at far corner   CPU s  times ours, bar {BAR}")
    for side in sides:
        compare(side)


main()
