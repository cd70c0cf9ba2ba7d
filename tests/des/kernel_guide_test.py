#!/usr/bin/env python3
"""Holds docs/guide/kernel.md to its programs: each block of code is the file it names, each block of output is what the
program prints, and no program is left out.

usage: kernel_guide_test.py ROOT PROGRAMS [--write]     (--write puts files and outputs into the page)
"""
import pathlib, re, subprocess, sys

root, programs = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
page = root / "docs/guide/kernel.md"
text = page.read_text()
files = {p.stem: p for p in sorted((root / "docs/guide/kernel").glob("*.cpp"))}
block = re.compile(r"<!-- ([a-z_]+) -->\n(?:```cpp\n.*?```\n(?:```text\n.*?```\n)?)?", re.S)


def wanted(match):
    name = match.group(1)
    if name not in files:
        sys.exit(f"{page}: there is no program {name}")
    out = subprocess.run([programs / f"kernel_guide_{name}"], capture_output=True, text=True, check=True, timeout=60)
    return f"<!-- {name} -->\n```cpp\n{files[name].read_text()}```\n```text\n{out.stdout}```\n"


shown = [m.group(1) for m in block.finditer(text)]
if sorted(shown) != sorted(files):
    sys.exit(f"{page}: shows {sorted(shown)}, the programs are {sorted(files)}")
right = block.sub(wanted, text)
if "--write" in sys.argv:
    page.write_text(right)
elif right != text:
    differ = next(i for i, (a, b) in enumerate(zip(right.splitlines() + [""], text.splitlines() + [""])) if a != b)
    sys.exit(f"{page}:{differ + 1}: is not what the program says; refresh with {' '.join(sys.argv)} --write")
print(f"{len(shown)} programs stand in the guide as they run")
