#!/usr/bin/env python3
"""Does check_line.py see what it says it sees? A sound line is drawn by hand and spoilt in each way it names.

usage: check_line_test.py
"""
import math, pathlib, sqlite3, struct, sys, tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import check_line as c

RULES = dict(ruling_loaded=0.01, ruling_empty=0.015, min_radius_m=400.0, transition_m=50.0, compensation_m=0.7,
             vertical_radius_m=10000.0, max_fill_m=15.0, max_cut_m=22.0, max_bridge_m=120.0, tunnel_cover_m=10.0,
             from_yard_m=0.0, to_yard_m=0.0, yard_grade=0.0025)
SOUND, RADIUS = 0, 500.0


def placed(x, y):
    """Longitude and latitude of metres east and north of 63 E 26 N, by small steps of the ellipsoid's own radii."""
    e2 = c.F * (2 - c.F)
    lat = math.radians(26)
    for _ in range(20):  # meridian arc
        w = 1 - e2 * math.sin((lat + math.radians(26)) / 2) ** 2
        lat = math.radians(26) + y / (c.A * (1 - e2) / w ** 1.5)
    w = 1 - e2 * math.sin(lat) ** 2
    return 63 + math.degrees(x / (c.A / math.sqrt(w) * math.cos(lat))), math.degrees(lat)


def drawn(radius=RADIUS):
    """Straight 2 km north, a right angle of `radius`, straight 2 km east: (x, y, along, in curve)."""
    arc = radius * math.pi / 2
    def at(s):
        if s <= 2000:
            return 0.0, s
        if s <= 2000 + arc:
            a = (s - 2000) / radius
            return radius * (1 - math.cos(a)), 2000 + radius * math.sin(a)
        return radius + s - 2000 - arc, 2000 + radius
    length = 4000 + arc
    parts = round(length / 100)
    posts = [length * k / parts for k in range(parts + 1)]
    return at, posts, arc


def line(radius=RADIUS, said=None, grade=0.008):
    """Vertices with height, and stations, of a sound line; the ground lies 3 m below the rail."""
    at, posts, arc = drawn(radius)
    points, stations = [], []
    for k, s in enumerate(posts):
        end = posts[min(k + 1, len(posts) - 1)]
        is_curved = s < 2000 + arc and end > 2000
        level = 100 + grade * s
        stations.append(dict(km=s / 1000, place=placed(*at(s)), rail_m=level, ground_m=level - 3, cut_m=0.0, fill_m=3.0,
                             grade=grade, radius_m=(said or radius) if is_curved else None, structure="fill"))
        cuts = math.ceil((end - s) / 25) if is_curved else 1
        for i in range(cuts if k + 1 < len(posts) else 1):
            q = s + (end - s) * i / cuts
            points.append([*placed(*at(q)), 100 + grade * q])
    return points, stations


def blob(kind, *numbers):
    counts = [len(numbers) // 3] if kind == 1002 else []
    return struct.pack("<2sBBi", b"GP", 0, 1, 4326) + struct.pack("<BI", 1, kind) + \
        struct.pack(f"<{len(counts)}I{len(numbers)}d", *counts, *numbers)


def kinds(points, stations, rules=RULES):
    """The kinds of faults found in this line, by way of a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/line.gpkg"
        db = sqlite3.connect(path)
        columns = list(rules)
        db.execute(f"create table alignment (geom, option, link, status, {', '.join(columns)})")
        db.execute(f"insert into alignment values (?, 'a', 'b', 'new', {', '.join('?' * len(columns))})",
                   [blob(1002, *[v for p in points for v in p]), *rules.values()])
        fields = [k for k in stations[0] if k != "place"]
        db.execute(f"create table stations (geom, option, link, {', '.join(fields)})")
        for s in stations:
            db.execute(f"insert into stations values (?, 'a', 'b', {', '.join('?' * len(fields))})",
                       [blob(1, *s["place"]), *[s[k] for k in fields]])
        db.commit()
        db.close()
        found, skipped = c.read(path)
        assert len(found) == 1 and skipped == 0
        found[0].check()
        return {kind for kind, _, _ in found[0].faults}, found[0]


def expect(name, wanted, got):
    if got != wanted:
        sys.exit(f"{name}: faults {sorted(got)} found, {sorted(wanted)} expected")


def spoilt(change, **how):
    points, stations = line(**how)
    change(points, stations)
    return kinds(points, stations)[0]


def raised(stations, points, k, by):
    at = next(i for i, p in enumerate(points) if tuple(p[:2]) == stations[k]["place"])
    points[at][2] += by
    stations[k]["rail_m"] += by


def set_station(k, **values):
    return lambda points, stations: stations[k].update(values)


def main():
    # Vincenty's inverse against published lengths: a degree of latitude at the equator and of longitude there.
    assert abs(c.geodesic((0, 0), (0, 1)) - 110574.3886) < 1e-3
    assert abs(c.geodesic((0, 0), (1, 0)) - 111319.4908) < 1e-3

    found, sound = kinds(*line())
    expect("a sound line", set(), found)
    assert abs(sound.figures["least radius m"] - RADIUS) < 0.5, sound.figures
    assert abs(sound.figures["km"] - (4 + RADIUS * math.pi / 2000)) < 1e-5, sound.figures

    expect("a curve of 390 m", {"radius"}, kinds(*line(radius=390))[0] - {"grade"})
    expect("390 m said to be 450 m", {"radius", "said-radius"}, kinds(*line(radius=390, said=450))[0] - {"grade"})
    expect("500 m said to be 600 m", {"said-radius"}, kinds(*line(said=600))[0])
    expect("0.9 % on 500 m with 0.14 % given up", {"grade"}, kinds(*line(grade=0.009))[0])
    expect("1.4 % the other way", {"grade"}, kinds(*line(grade=-0.014))[0])
    expect("1.3 % the other way", set(), kinds(*line(grade=-0.013))[0])
    expect("0.8 % in a yard", {"yard"}, kinds(*line(), rules=RULES | {"from_yard_m": 1000.0})[0])
    expect("0.8 % in the other yard", {"yard"}, kinds(*line(), rules=RULES | {"to_yard_m": 1000.0})[0])
    expect("0.8 % where a yard of no length is", set(), kinds(*line(), rules=RULES | {"yard_grade": 0.0})[0])
    expect("0.2 % in both", set(), kinds(*line(grade=0.002), rules=RULES | {"from_yard_m": 1e3, "to_yard_m": 1e3})[0])
    expect("a step of 0.6 m", {"grade", "said-grade", "vertical", "level", "kind"},
           spoilt(lambda p, s: raised(s, p, 30, 0.6)) | {"level", "kind"})
    expect("a level said wrongly", {"level", "said-grade", "kind"},
           spoilt(set_station(5, rail_m=104.1)) - {"grade", "vertical"} | {"said-grade"})
    expect("a bridge in a cutting", {"kind"}, spoilt(set_station(5, structure="cut")))
    expect("a tunnel in the air", {"kind"}, spoilt(set_station(5, structure="tunnel")))
    expect("a station left out", {"chainage", "spacing"}, spoilt(lambda p, s: s.pop(7)) | {"chainage"})
    expect("a station off the line", {"spacing"}, spoilt(set_station(7, place=placed(0.5, 700))))
    assert "chainage" in spoilt(set_station(7, km=0.7065))

    def kink(points, stations):  # a straight turned by half a degree from one station on
        at = next(i for i, p in enumerate(points) if tuple(p[:2]) == stations[9]["place"])
        for i in range(at):
            points[i][0] += 1e-6 * (at - i)
        for k in range(9):
            stations[k]["place"] = tuple(points[k][:2])
    expect("a corner without a curve", {"drawing"}, spoilt(kink))

    def sparse(points, stations):  # the curve by its stations alone
        places = {s["place"] for s in stations}
        points[:] = [p for p in points if tuple(p[:2]) in places]
    assert "drawing" in spoilt(sparse)
    print("check_line.py finds what it names, and nothing in a sound line")


if __name__ == "__main__":
    main()
