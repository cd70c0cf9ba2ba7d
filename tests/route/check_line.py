#!/usr/bin/env python3
"""Checks the new railways of a GeoPackage against the rules written beside them, from their geometry alone.

usage: check_line.py FILE.gpkg [--faults N]

Knows nothing of the program: SQLite and its own geodesics (Vincenty's inverse on WGS 84). Layer `alignment` gives
vertices and rules, layer `stations` what is claimed of them. Lines that are not new are counted and skipped.

What is checked, and how far rounding and sampling may take it:
  chainage    km between stations against the measured run (chords, in curves the arcs over them): 0.2 % a stretch, the
              projection's scale; 0.02 % of the whole line
  spacing     stations 50 to 150 m apart, at vertices of the line, first and last at its ends
  drawing     chords over 26 m meet without an angle (1e-4 radians), and run into curves with no more of one than the
              first chord of the least radius makes (10 %)
  radius      circle through any three successive vertices: no less than the rule by more than 0.5 % (the projection's
              scale; three points of a spiral lie on a wider circle than its tightest)
  said-radius the radius said of a stretch is no wider than the narrowest circle in it, by more than 0.5 %
  grade       rise over measured run, both ways, no more than ruling grade less compensation / narrowest circle: 2e-5
  yard        rise over measured run, both ways, in the yards at the ends, no more than the grade of yards: 2e-5
  said-grade  the grade said, against the geometry: 2e-5
  vertical    change of grade from stretch to stretch no faster than the vertical radius allows: 2 % and 2e-5
  level       rail levels said against heights of the line: 1 mm; heights between stations lie straight between: 1 cm
  kind        at grade within 0.5 m of the ground; cut, fill, bridge, tunnel on their side of it and within limits: 2 mm

Not checked: ground heights against the relief, zones, cost. Exit 0: all hold; 1: faults; 2: nothing to check.
"""
import argparse, math, sqlite3, struct, sys
from collections import Counter

A, F = 6378137.0, 1 / 298.257223563  # WGS 84
B = A * (1 - F)
CHORD = 26.0  # m, longest in a curve
GRADE = 2e-5
RADIUS = 0.005
FAR = math.inf


def geodesic(p, q):
    """Metres between (lon, lat) pairs in degrees; Vincenty 1975, to 0.1 mm."""
    if p[:2] == q[:2]:
        return 0.0
    lon = math.radians(q[0] - p[0])
    u1, u2 = (math.atan((1 - F) * math.tan(math.radians(x[1]))) for x in (p, q))
    s1, c1, s2, c2 = math.sin(u1), math.cos(u1), math.sin(u2), math.cos(u2)
    lam = lon
    for _ in range(100):
        sl, cl = math.sin(lam), math.cos(lam)
        ss = math.hypot(c2 * sl, c1 * s2 - s1 * c2 * cl)
        cs = s1 * s2 + c1 * c2 * cl
        sigma = math.atan2(ss, cs)
        sa = c1 * c2 * sl / ss
        ca2 = 1 - sa * sa
        cm = cs - 2 * s1 * s2 / ca2 if ca2 else 0.0
        c = F / 16 * ca2 * (4 + F * (4 - 3 * ca2))
        old, lam = lam, lon + (1 - c) * F * sa * (sigma + c * ss * (cm + c * cs * (2 * cm * cm - 1)))
        if abs(lam - old) < 1e-14:
            break
    k = ca2 * (A * A - B * B) / (B * B)
    a = 1 + k / 16384 * (4096 + k * (-768 + k * (320 - 175 * k)))
    b = k / 1024 * (256 + k * (-128 + k * (74 - 47 * k)))
    return B * a * (sigma - b * ss * (cm + b / 4 * (cs * (2 * cm * cm - 1) -
                                                    b / 6 * cm * (4 * ss * ss - 3) * (4 * cm * cm - 3))))


def local(p, q):
    """Metres east and north of q seen from p, the meridians' convergence taken at the middle."""
    mid = math.radians((p[1] + q[1]) / 2)
    e2 = F * (2 - F)
    w = 1 - e2 * math.sin(mid) ** 2
    return (A / math.sqrt(w) * math.cos(mid) * math.radians(q[0] - p[0]),
            A * (1 - e2) / w ** 1.5 * math.radians(q[1] - p[1]))


def vertices(blob):
    """The (lon, lat, height) of a GeoPackage LineString Z."""
    if blob[:2] != b"GP":
        raise ValueError("no GeoPackage geometry")
    at = 8 + {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[blob[3] >> 1 & 7]
    order = "<" if blob[at] else ">"
    kind, count = struct.unpack_from(order + "II", blob, at + 1)
    if kind not in (1002, 0x80000002):
        raise ValueError(f"geometry of type {kind}: a LineString Z is needed")
    flat = struct.unpack_from(f"{order}{3 * count}d", blob, at + 9)
    return [flat[3 * i:3 * i + 3] for i in range(count)]


class Line:
    """One railway: its drawing measured, its stations found on it, its faults gathered."""

    def __init__(self, name, rules, points, stations):
        self.name, self.rules, self.points, self.stations = name, rules, points, stations
        self.faults = []
        self.figures = {}
        n = len(points)
        steps = [local(points[i], points[i + 1]) for i in range(n - 1)]
        self.chords = [geodesic(points[i], points[i + 1]) for i in range(n - 1)]
        self.turns, self.radii = [0.0] * n, [FAR] * n
        for i in range(1, n - 1):
            (ax, ay), (bx, by) = steps[i - 1], steps[i]
            self.turns[i] = abs(math.atan2(ax * by - ay * bx, ax * bx + ay * by))
            # Circle through three points: the base over twice the sine of the angle it subtends.
            sine = abs(ax * by - ay * bx) / (math.hypot(ax, ay) * math.hypot(bx, by))
            self.radii[i] = math.hypot(ax + bx, ay + by) / (2 * sine) if sine > 1e-12 else FAR
            if self.turns[i] > math.pi / 2:  # a turn back: the circle is smaller than its base says
                self.radii[i] = min(self.radii[i], min(self.chords[i - 1], self.chords[i]) / 2)
        self.runs = [self.arc(i) for i in range(n - 1)]

    def arc(self, i):
        """Length of the curve over a chord: both end circles' mean curvature, where it is a curve's chord."""
        c = self.chords[i]
        if c > CHORD:
            return c
        curvature = (1 / self.radii[i] + 1 / self.radii[i + 1]) / 2
        return c * (1 + (c * curvature) ** 2 / 24)

    def fault(self, kind, km, words):
        self.faults.append((kind, km, words))

    def check(self):
        places = self.find_stations()
        if places is None:
            return
        self.check_drawing(places)
        self.check_stretches(places)
        self.check_kinds()

    def find_stations(self):
        """Index of the vertex at each station."""
        found, i = [], 0
        for s in self.stations:
            while i < len(self.points) and geodesic(self.points[i], s["place"]) > 1e-3:
                i += 1
            if i == len(self.points):
                self.fault("spacing", s["km"], "no vertex of the line at this station, in its order")
                return None
            found.append(i)
        if found[0] != 0 or found[-1] != len(self.points) - 1:
            self.fault("spacing", 0, "stations do not reach from end to end")
        for s, i in zip(self.stations, found):
            if abs(s["rail_m"] - self.points[i][2]) > 1e-3:
                self.fault("level", s["km"], f"rail at {s['rail_m']:.3f} m, line at {self.points[i][2]:.3f} m")
        return found

    def km_of_vertices(self, places):
        km = []
        for k in range(len(places) - 1):
            here, there = self.stations[k]["km"], self.stations[k + 1]["km"]
            span = range(places[k], places[k + 1])
            total, run = sum(self.runs[i] for i in span) or 1.0, 0.0
            for i in span:
                km.append(here + (there - here) * run / total)
                run += self.runs[i]
        return km + [self.stations[-1]["km"]]

    def check_drawing(self, places):
        km = self.km_of_vertices(places)
        least = self.rules["min_radius_m"]
        for i in range(1, len(self.points) - 1):
            before, after = self.chords[i - 1], self.chords[i]
            # Next to a straight chord one in a curve turns by half its own angle; two straight ones do not turn.
            curve = sum(c for c in (before, after) if c <= CHORD)
            is_join = max(before, after) > CHORD
            if is_join and self.turns[i] > 1e-4 + 1.1 * curve / 2 / least:
                self.fault("drawing", km[i], f"turn of {math.degrees(self.turns[i]):.2f} degrees between chords of "
                           f"{before:.0f} and {after:.0f} m")
            if self.radii[i] < least * (1 - RADIUS):
                self.fault("radius", km[i], f"radius {self.radii[i]:.1f} m, rule {least:.0f} m")
        self.figures["least radius m"] = min(self.radii)

    def check_stretches(self, places):
        r = self.rules
        up, down, grade_before, run_before = -FAR, -FAR, None, 0
        total, worst = 0.0, 0.0
        for k in range(len(places) - 1):
            here, there = self.stations[k], self.stations[k + 1]
            span = range(places[k], places[k + 1])
            run = sum(self.runs[i] for i in span)
            total += run
            said = 1000 * (there["km"] - here["km"])
            worst = max(worst, abs(said / run - 1))
            if abs(said / run - 1) > 2e-3:
                self.fault("chainage", here["km"], f"{said:.3f} m said, {run:.3f} m measured")
            if not 50 <= said <= 150:
                self.fault("spacing", here["km"], f"next station after {said:.1f} m")
            self.check_levels(k, places, run)
            # Circles wholly within the stretch: those at its ends reach into its neighbours.
            inner = min((self.radii[i] for i in range(places[k] + 1, places[k + 1])), default=FAR)
            claimed = here["radius_m"] if here["radius_m"] is not None else FAR
            if inner < 1e5 and claimed > inner * (1 + RADIUS):
                self.fault("said-radius", here["km"], f"radius {claimed:.1f} m said, {inner:.1f} m measured")
            tight = min(claimed, inner)
            grade = (there["rail_m"] - here["rail_m"]) / run
            given_up = r["compensation_m"] / tight
            up, down = max(up, grade + given_up), max(down, -grade + given_up)
            for way, climb, ruling in (("loaded", grade, r["ruling_loaded"]), ("empty", -grade, r["ruling_empty"])):
                if climb > ruling - given_up + GRADE:
                    self.fault("grade", here["km"], f"{100 * climb:.3f} % {way}, rule {100 * ruling:.2f} % less "
                               f"{100 * given_up:.3f} % for a radius of {tight:.0f} m")
            in_yard = (1000 * (there["km"] - self.stations[0]["km"]) <= r["from_yard_m"] + 0.1 or
                       1000 * (self.stations[-1]["km"] - here["km"]) <= r["to_yard_m"] + 0.1)
            if in_yard and abs(grade) > r["yard_grade"] + GRADE:
                self.fault("yard", here["km"], f"{100 * grade:.3f} % in a yard, rule {100 * r['yard_grade']:.2f} %")
            if abs(grade - here["grade"]) > GRADE:
                self.fault("said-grade", here["km"], f"{100 * here['grade']:.4f} % said, {100 * grade:.4f} % measured")
            if grade_before is not None and r["vertical_radius_m"]:
                allowed = (run + run_before) / 2 / r["vertical_radius_m"] * 1.02 + GRADE
                if abs(grade - grade_before) > allowed:
                    self.fault("vertical", here["km"], f"grade changes by {100 * abs(grade - grade_before):.3f} %, "
                               f"allowed {100 * allowed:.3f} %")
            grade_before, run_before = grade, run
        said = 1000 * (self.stations[-1]["km"] - self.stations[0]["km"])
        if abs(said / total - 1) > 2e-4:
            self.fault("chainage", 0, f"{said:.1f} m said in all, {total:.1f} m measured")
        self.figures.update({"km": total / 1000, "worst stretch off": worst, "whole off": abs(said / total - 1),
                             "steepest loaded %": 100 * up, "steepest empty %": 100 * down})

    def check_levels(self, k, places, run):
        low, high = self.stations[k]["rail_m"], self.stations[k + 1]["rail_m"]
        along = 0.0
        for i in range(places[k], places[k + 1]):
            if abs(self.points[i][2] - (low + (high - low) * along / run)) > 0.01:
                self.fault("level", self.stations[k]["km"], "heights bend between stations")
                return
            along += self.runs[i]

    def check_kinds(self):
        r, rounding = self.rules, 2e-3
        limits = {"at-grade": (-0.5, 0.5), "cut": (-r["max_cut_m"], -0.5), "fill": (0.5, r["max_fill_m"]),
                  "bridge": (0.5, r["max_bridge_m"]), "tunnel": (-FAR, -r["tunnel_cover_m"])}
        for here, there in zip(self.stations, self.stations[1:]):
            offset = (here["rail_m"] - here["ground_m"] + there["rail_m"] - there["ground_m"]) / 2
            low, high = limits.get(here["structure"], (FAR, -FAR))
            if not low - rounding <= offset <= high + rounding:
                self.fault("kind", here["km"], f"{here['structure']} with rail {offset:+.2f} m from the ground")
            for column, depth in (("cut_m", -1), ("fill_m", 1)):
                if abs(here[column] - max(0.0, depth * (here["rail_m"] - here["ground_m"]))) > 1e-6:
                    self.fault("kind", here["km"], f"{column} is not the distance of rail and ground")


def rows(db, table):
    cursor = db.execute(f'select * from "{table}"')
    names = [c[0] for c in cursor.description]
    return [dict(zip(names, row)) for row in cursor]


def read(path):
    """(lines to check, lines skipped)"""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    stations = {}
    for row in rows(db, "stations"):
        blob = row["geom"]
        at = 8 + {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[blob[3] >> 1 & 7]
        row["place"] = struct.unpack_from(("<" if blob[at] else ">") + "2d", blob, at + 5)
        stations.setdefault((row["option"], row["link"]), []).append(row)
    lines, skipped = [], 0
    for row in rows(db, "alignment"):
        if row["status"] != "new" or row["ruling_loaded"] is None:
            skipped += 1
            continue
        of_line = sorted(stations.get((row["option"], row["link"]), []), key=lambda s: s["km"])
        lines.append(Line(f"{row['option']} / {row['link']}", row, vertices(row["geom"]), of_line))
    return lines, skipped


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--faults", type=int, default=5, help="print this many of each kind of fault")
    args = parser.parse_args()
    try:
        lines, skipped = read(args.file)
    except (sqlite3.Error, KeyError, ValueError, struct.error) as why:
        print(f"{args.file}: cannot be read as a GeoPackage of railways: {why}")
        return 2
    bad = 0
    for line in lines:
        if len(line.stations) < 2:
            line.fault("spacing", 0, "fewer than two stations")
        else:
            line.check()
        print(f"{line.name}: " + ", ".join(f"{k} {v:.6g}" for k, v in line.figures.items()))
        counts = Counter(kind for kind, _, _ in line.faults)
        shown = Counter()
        for kind, km, words in line.faults:
            shown[kind] += 1
            if shown[kind] <= args.faults:
                print(f"  {kind} at km {km:.3f}: {words}")
        if counts:
            print("  faults: " + ", ".join(f"{n} {kind}" for kind, n in sorted(counts.items())))
        bad += bool(counts)
    print(f"{len(lines)} new railways checked, {bad} with faults; {skipped} given lines skipped")
    return 2 if not lines else int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
