#!/usr/bin/python3
"""skimage.graph.MCP_Geometric and GRASS r.cost on the rasters of route_bench: totals at the far corner
and CPU seconds of the search alone (the raster is in memory, or in GRASS's own format, before).

usage: route_peers.py [SIDE ...]     (default 1000 4000)
"""
import resource
import shutil
import subprocess
import sys
import tempfile
import time

import numpy
from skimage.graph import MCP_Geometric


def generated(side):
    """Frictions 1 .. 100 from integers alone, as in route_bench.cpp (arithmetic modulo 2^32)."""
    low = numpy.uint64(0xFFFFFFFF)
    column = numpy.arange(side, dtype=numpy.uint64)[None, :]
    row = numpy.arange(side, dtype=numpy.uint64)[:, None]
    mixed = ((column * numpy.uint64(73856093)) & low) ^ ((row * numpy.uint64(19349663)) & low)
    mixed = (mixed * numpy.uint64(2654435761)) & low
    return 1.0 + ((mixed >> numpy.uint64(16)) % numpy.uint64(100)).astype(float)


def line(peer, side, neighbours, total, cpu):
    print(f"{peer:8s} {side:5d} {neighbours:10d}  {total:20.6f} {cpu:6.2f} {cpu / side**2 * 1e9:8.0f}")


def skimage(friction):
    begin = time.process_time()
    totals, _ = MCP_Geometric(friction, fully_connected=True).find_costs([(0, 0)])
    line("skimage", len(friction), 8, totals[-1, -1], time.process_time() - begin)


def grass(friction):
    side = len(friction)
    with tempfile.TemporaryDirectory() as folder:
        friction.astype("<f8").tofile(f"{folder}/friction.bin")
        where = f"{folder}/location"
        subprocess.run(["grass", "-c", "XY", "-e", where], check=True, capture_output=True)

        def run(*command):
            out = subprocess.run(["grass", f"{where}/PERMANENT", "--exec", *command],
                                 check=True, capture_output=True, text=True)
            return out.stdout

        run("g.region", f"n={side}", "s=0", f"e={side}", "w=0", "res=1")
        run("r.in.bin", "-d", f"input={folder}/friction.bin", "output=friction", f"north={side}", "south=0",
            f"east={side}", "west=0", f"rows={side}", f"cols={side}")
        corner = f"{side - 0.5},0.5"

        def cpu_of(*command):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            run(*command)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

        start = cpu_of("g.region", "-p")  # what starting GRASS itself takes
        for neighbours, flags in ((8, []), (16, ["-k"])):
            cpu = cpu_of("r.cost", *flags, "input=friction", "output=total", f"start_coordinates=0.5,{side - 0.5}",
                         "memory=4000", "--overwrite") - start
            total = float(run("r.what", "map=total", f"coordinates={corner}").strip().split("|")[3])
            line("r.cost", side, neighbours, total, cpu)


def main():
    print("peer      side neighbours  total at far corner  CPU s  ns/cell")
    for side in [int(a) for a in sys.argv[1:]] or [1000, 4000]:
        friction = generated(side)
        skimage(friction)
        if shutil.which("grass"):
            grass(friction)
        else:
            print("r.cost: GRASS is not installed (grass-core)")


main()
