#!/usr/bin/python3
"""skimage.graph.MCP_Geometric on the rasters of route_bench: totals at the far corner and CPU seconds.

usage: route_skimage.py [SIDE ...]     (default 1000 4000)
"""
import sys
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


def main():
    print("side  neighbours  total at far corner  CPU s  ns/cell")
    for side in [int(a) for a in sys.argv[1:]] or [1000, 4000]:
        friction = generated(side)
        begin = time.process_time()
        search = MCP_Geometric(friction, fully_connected=True)
        totals, _ = search.find_costs([(0, 0)])
        cpu = time.process_time() - begin
        print(f"{side:5d} {8:10d}  {totals[-1, -1]:20.6f} {cpu:6.2f} {cpu / side**2 * 1e9:8.0f}")


main()
