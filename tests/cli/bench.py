#!/usr/bin/env python3
"""`simulate --sweep`, `--bottleneck` and `--why` as a person meets them, on a road to a port: figures, JSON, refusals.

usage: bench.py PROGRAM
"""
import json, pathlib, subprocess, sys, tempfile

program = pathlib.Path(sys.argv[1])
work = pathlib.Path(tempfile.mkdtemp())
project = work / "road.toml"
project.write_text('''
[project]
name = "A road to the sea"
first_year = 2030
years = 6
start_year = 2030
currency = "USD"
price_year = 2025
discount_rate = "8 %"
seed = 3
replications = 4
reference_option = "none"

[[site]]
id = "pit"
kind = "mine"
at = [63.3, 26.2]
[site.mine]
stockpile = "30 kt"
[[site.mine.deposit]]
product = "ore"
reserve = "50 Mt"
[[site.mine.deposit.phase]]
output = "0.5 Mt/a"
build = "1 a"

[[site]]
id = "haven"
kind = "port"
at = [63.3, 25.7]
[site.port]
channel_depth = "12 m"
natural_depth = "12 m"
stockyard = "90 kt"
[[site.port.berth]]
name = "quay"
length = "220 m"
depth = "13 m"
loading_rate = "900 t/h"
availability = "93 %"

[[site]]
id = "smelters"
kind = "market"
at = [121.9, 29.9]
[site.market]

[[product]]
id = "ore"
moisture = "8 %"

[[vessel]]
id = "handy"
dwt = "38 kt"
lot = "30 kt"
draught = "10 m"
loa = "180 m"

[[link]]
id = "track"
mode = "road"
from = "pit"
to = "haven"
[link.road]
payload = "40 t"
fleet = 4

[[link]]
id = "sea"
mode = "sea"
from = "haven"
to = "smelters"
[link.sea]
distance = "5000 nmi"
vessel = "handy"

[[option]]
name = "none"
links = []

[[option]]
name = "road"
links = ["track", "sea"]
''')
failures = []


def run(*args):
    return subprocess.run([program, "simulate", project, *args], capture_output=True, text=True)


def holds(name, truth, seen):
    if not truth:
        failures.append(f"{name}: {seen}")


def refused(name, sweep, *words):
    got = run("--sweep", sweep)
    holds(name, got.returncode == 3 and not got.stdout and all(w in got.stderr for w in (*words, "help")),
          f"exit {got.returncode}, wanted 3 and {words}:\n{got.stdout}{got.stderr}")


# What an asset did on a day.
got = run("--why", "haven@2031-06-14", "--json")
holds("why as JSON", got.returncode == 0, got.stderr)
if got.returncode == 0:
    why = json.loads(got.stdout)[0]
    haven = why["assets"][0]
    parts = list(dict.fromkeys(s["part"] for s in haven["stretches"]))
    holds("one port", [a["asset"] for a in why["assets"]] == ["haven"] and why["date"] == "2031-06-14", why)
    holds("its parts", parts[:2] == ["entry", "channel"] and parts[-1] == "berth quay", parts)
    for part in parts:
        own = [s for s in haven["stretches"] if s["part"] == part]
        gaps = [a for a, b in zip(own, own[1:]) if a["until"] != b["from"]]
        holds("from midnight to midnight", own[0]["from"] == "00:00" and own[-1]["until"] == "24:00" and not gaps, own)
table = run("--why", "track@2031-06-14")
holds("why as text", table.returncode == 0 and "of 4 at home" in table.stdout, table.stdout + table.stderr)
for name, asked, words in (("unknown asset", "havn@2031-06-14", ("did you mean 'haven'", "There are: pit, haven, haven berth quay")),
                           ("no date", "haven@tomorrow", ("yyyy-mm-dd",)), ("30 February", "haven@2031-02-30", ("no date",)),
                           ("no day", "haven", ("ASSET@DATE",)), ("after the life", "haven@2036-01-01", ("2030 to 2035",))):
    got = run("--why", asked)
    holds(name, got.returncode == 3 and not got.stdout and all(w in got.stderr for w in words), f"exit {got.returncode}: {got.stderr}")

# Few trucks carry in proportion to their number; the mine's 0.5 Mt/a bound many.
got = run("--sweep", "link.track.road.fleet=2..8:4", "--json")
holds("sweep as JSON", got.returncode == 0, got.stderr)
if got.returncode == 0:
    sweep = json.loads(got.stdout)[0]
    points = sweep["points"]
    shipped = [p["shipped"]["mean"] for p in points]
    holds("values", [p["value"] for p in points] == [2, 4, 6, 8], points)
    holds("parameter", sweep["parameter"] == "/link/track/road/fleet" and sweep["replications"] == 4, sweep)
    holds("twice the trucks", abs(shipped[1] / shipped[0] - 2) < 0.2, shipped)
    holds("intervals", all(p["shipped"]["half_width"] >= 0 for p in points), points)
    holds("the first has no gain", points[0]["more_t_per_a"] is None, points[0])
    for p, s in zip(points[1:], shipped[1:]):
        holds("gain", abs(p["more_t_per_a"]["mean"] - 1e6 * (s - shipped[0])) < 1, p)
    again = run("--sweep", "link.track.road.fleet=2..8:4", "--json", "--threads", "1")
    holds("same bytes on one thread", again.stdout == got.stdout, "differ")
    own = json.loads(run("--json").stdout)[0]["shipped_mt"]
    holds("the project's own value", abs(own / 5 - shipped[1]) < 0.003 * shipped[1], (own / 5, shipped[1]))

table = run("--sweep", "site.haven.port.stockyard=40 kt..120 kt:3")
holds("sweep as a table", table.returncode == 0 and all(w in table.stdout for w in ("kt", "40", "80", "120", "+-")),
      table.stdout + table.stderr)
counted = run("--sweep", "site.haven.port.berth=1..3", "--json")
holds("berths are counted", counted.returncode == 0 and len(json.loads(counted.stdout)[0]["points"]) == 3, counted.stderr)

# Four trucks are too few by construction: no other relief ships more than trucks do.
got = run("--bottleneck", "--json")
holds("bottleneck as JSON", got.returncode == 0, got.stderr)
if got.returncode == 0:
    reliefs = json.loads(got.stdout)[0]["reliefs"]
    holds("trucks are the bottleneck", reliefs[0]["asset"] == "road track" and reliefs[0]["sure"], reliefs[:2])
    gains = [r["gain_t_per_a"]["mean"] for r in reliefs]
    holds("greatest first", gains == sorted(gains, reverse=True), gains)
    holds("other reliefs", all(abs(g) < 0.3 * gains[0] for g in gains[1:]), gains)
table = run("--bottleneck")
holds("bottleneck as a table", table.returncode == 0 and "one more like it" in table.stdout, table.stdout + table.stderr)

refused("no range", "site.haven.port.stockyard", "path=first..last")
refused("no such path", "site.haven.port.stockyrad=40 kt..160 kt", "did you mean", "stockyard")
refused("text", "site.haven.kind=1..2", "no number at this path")
refused("no unit", "site.haven.port.stockyard=40..160", "no unit", "kt")
refused("wrong unit", "site.haven.port.stockyard=40 km..160 km", "kt")
refused("wrong order", "site.haven.port.stockyard=160 kt..40 kt", "not above the first")
refused("out of range", "site.haven.port.channel_depth=10 m..50 m", "50 m", "40 m")
refused("one value", "site.haven.port.stockyard=40 kt..160 kt:1", "from 2 to 100")
refused("no count", "site.haven.port.stockyard=40 kt..160 kt:many", "from 2 to 100")
refused("half a truck", "link.track.road.fleet=1..4:3", "2.5", "whole")
refused("no trucks", "link.track.road.fleet=0..4", "no less than 1")
refused("the ground", "terrain.cell=250 m..500 m", "--set terrain.cell")
refused("a yard too small", "site.haven.port.stockyard=1 kt..90 kt", "stockyard")
one = run("--sweep", "link.track.road.fleet=4..8", "--set", "project.replications=1")
holds("one life", one.returncode == 3 and "replications" in one.stderr, one.stderr)
both = run("--sweep", "link.track.road.fleet=4..8", "--bottleneck")
holds("one of both", both.returncode == 2, both.returncode)
print("\n".join(failures) or "sweeps and rankings say what they should, days are told, 20 wrong questions are refused")
sys.exit(bool(failures))
