#!/usr/bin/env python3
"""Runs the program on faulty projects and checks exit code, words and that no output is left.

usage: says_no.py PROGRAM REPOSITORY
"""
import pathlib, shutil, struct, subprocess, sys, tempfile

program, root = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
example = (root / "examples/pasni/pasni.toml").read_text()
work = pathlib.Path(tempfile.mkdtemp())
shutil.copy(root / "examples/pasni/relief.tif", work / "relief.tif")
quick = ["--set", "project.futures=0", "--set", "project.replications=1"]
failures = []


def tiff(path, west, north, value):
    """A 40 x 40 GeoTIFF of 32-bit reals, 0.05 degrees a cell, WGS 84, all cells `value`."""
    tags = []
    data = struct.pack("<f", value) * 1600
    extra = b""
    start = 8 + 2 + 13 * 12 + 4
    def place(raw):
        nonlocal extra
        at = start + len(extra)
        extra += raw
        return at
    keys = struct.pack("<16H", 1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326)
    rows = [(256, 3, 1, 40), (257, 3, 1, 40), (258, 3, 1, 32), (259, 3, 1, 1), (262, 3, 1, 1),
            (273, 4, 1, None), (277, 3, 1, 1), (278, 3, 1, 40), (279, 4, 1, len(data)), (339, 3, 1, 3),
            (33550, 12, 3, place(struct.pack("<3d", 0.05, 0.05, 0))),
            (33922, 12, 6, place(struct.pack("<6d", 0, 0, 0, west, north, 0))),
            (34735, 3, 16, place(keys))]
    body = struct.pack("<H", len(rows))
    for tag, kind, count, value_or_offset in rows:
        body += struct.pack("<HHII", tag, kind, count, start + len(extra) if value_or_offset is None else value_or_offset)
    path.write_bytes(b"II*\0" + struct.pack("<I", 8) + body + struct.pack("<I", 0) + extra + data)


def says(name, code, words, text=example, args=(), file=None):
    project = work / "project.toml"
    project.write_text(text)
    out = work / "out"
    run = subprocess.run([program, "appraise", file or project, "--out", out, *quick, *args], capture_output=True, text=True,
                         cwd=work)
    left = sorted(p.name for p in out.glob("**/*")) if out.exists() else []
    for broken, why in ((run.returncode != code, f"exit {run.returncode}, wanted {code}"),
                        (not all(w in run.stderr for w in words), f"stderr lacks one of {words}:\n{run.stderr[:1500]}"),
                        (left, f"left behind: {left}")):
        if broken:
            failures.append(f"{name}: {why}")


says("missing file", 3, ["nowhere.toml"], file="nowhere.toml")
says("wrong unit", 3, ["project.toml:", "Mt"], example.replace('reserve = { value = "45.8 Mt"', 'reserve = { value = "45.8 km"'))
says("unknown site", 3, ["did you mean 'pasni'"], example.replace('to = "pasni"', 'to = "pasny"'))
says("negative reserve", 3, ["reserve", "project.toml:"], example.replace('"45.8 Mt"', '"-45.8 Mt"'))
says("missing raster", 3, ["none.tif"], args=["--set", "terrain.elevation=none.tif"])
tiff(work / "nan.tif", 60, 31, float("nan"))
says("NaN raster", 3, ["nan.tif"], args=["--set", "terrain.elevation=nan.tif"])
tiff(work / "small.tif", 62, 29, 100.0)
says("raster that covers no site", 3, ["cover"], args=["--set", "terrain.elevation=small.tif"])
wall = '''
[[zone]]
name = "a wall across the country"
kind = "forbidden"
polygon = [[60.2, 27.0], [69.9, 27.0], [69.9, 27.1], [60.2, 27.1]]
reason = "drawn for a test"
'''
says("corridor that cannot be built", 4, ["closed by zone", "/link/reko_diq_pasni"], example + wall, ["--option", "pasni_rail"])
shutil.rmtree(work)
print("\n".join(failures) or "8 faulty projects refused as they should be")
sys.exit(bool(failures))
