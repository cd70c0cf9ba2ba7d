#!/usr/bin/env python3
"""Appraises Pasni with a few futures on one and on two threads: same bytes; with another seed: other draws. Asks why
lines lie where they do on one and on two threads: same bytes; as text: the same notes of each line.

usage: same_bytes.py PROGRAM REPOSITORY
"""
import json, pathlib, subprocess, sys, tempfile

program, root = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
few = ["--set", "project.futures=16", "--set", "project.replications=1"]


def results(*args):
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([program, "appraise", root / "examples/pasni/pasni.toml", "--out", out, *few, *args], check=True,
                       capture_output=True)
        return (pathlib.Path(out) / "results.json").read_bytes()


def reasons(threads, *form):
    return subprocess.run([program, "route", root / "examples/pasni/pasni.toml", "--option", "port_qasim", "--why",
                           "--alternatives", "1", "--threads", threads, *form], check=True, capture_output=True).stdout


why = reasons("1", "--json")
if why != reasons("2", "--json") or b'"alternatives":[{' not in why.replace(b" ", b"").replace(b"\n", b""):
    sys.exit("why lines lie where they do depends on the number of threads, or was not asked")
notes = [note for option in json.loads(why) for link in option["links"] for note in link["notes"]]
text = reasons("2").decode()
if not any("Grid: " in note for note in notes) or any(text.count(f"\n  note: {note}\n") != notes.count(note) for note in notes):
    sys.exit("the notes of lines are not the same as text and as JSON")
one, two, other = results("--threads", "1"), results("--threads", "2"), results("--seed", "7")
if one != two:
    sys.exit("the bytes depend on the number of threads")
a, b = json.loads(one), json.loads(other)
if a["options"] == b["options"]:
    sys.exit("another seed changed nothing")
outside = []
for x, y in zip(a["options"], b["options"]):
    for k, other_k in zip(x["kpis"], y["kpis"]):
        low, high, value = k["low"], k["high"], other_k["value"]
        if k["id"] in ("npv", "unit_cost", "throughput", "capex") and None not in (low, high, value):
            if not low - 1e-9 <= value <= high + 1e-9:
                outside.append(f"{x['name']} {k['id']}: {value} not in {low} .. {high}")
print("\n".join(outside) or "same bytes on 1 and 2 threads; another seed stays within the printed ranges")
sys.exit(bool(outside))
