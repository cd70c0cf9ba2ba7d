#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Breaks a good report in one way at a time and demands that the checks of open_report.py see it.

  broken_pages.py REPORT.html        the report must hold at least one option with a map and a cash flow
"""
import pathlib
import sys

from chromium_pipe import Chromium, find_chromium
from open_report import CHECKS, TWO_FRAMES, event_faults, set_width

# What is done to the page, and what must be said of it.
SABOTAGE = [
    ("document.querySelector('[data-panel=cash] [data-body]').replaceChildren()", "cash: blank"),
    ("document.querySelector('[data-panel=ledger]').style.display = 'none'", "ledger: the panel has no size"),
    ("[...document.querySelectorAll('[data-map-label]')].forEach((t) => { t.setAttribute('x', 200); t.setAttribute('y', 200); })",
     "map: labels overlap"),
    ("document.querySelector('.chart text').setAttribute('x', -400)", "text cut at the edge"),
    ("document.querySelector('[data-panel=profile] .chart svg').replaceChildren()", "a chart without marks"),
    ("document.querySelector('main').append(Object.assign(document.createElement('div'), {style: 'width: 3000px', textContent: 'wide'}))",
     "px wide in a window of"),
    ("document.querySelector('.lede').textContent = 'a cost of NaN M USD'", "the text reads"),
    ("document.querySelector('[data-panel=comparison] td').innerHTML = '<p style=\"white-space: nowrap\">' + 'long '.repeat(90) + '</p>'",
     "spilling"),
    ("document.querySelector('.chart path').setAttribute('data-from', 'undefined')", "undefined"),
    ("console.error('broken')", "console error"),
    ("void setTimeout(() => { throw new Error('late') }, 0)", "exception"),
    ("void (new Image().src = 'https://example.invalid/pixel.png')", "example.invalid"),
]


def main():
    path = find_chromium()
    if path is None:
        print("SKIPPED: no Chromium found", file=sys.stderr)
        return 77
    url = pathlib.Path(sys.argv[1]).resolve().as_uri()
    failures = 0
    with Chromium(path) as browser:
        set_width(browser, 1440)
        for script, wanted in SABOTAGE:
            browser.call("Page.navigate", url="about:blank")
            browser.call("Page.navigate", url=url)
            browser.wait_until("document.documentElement?.dataset.ready")
            browser.evaluate(TWO_FRAMES)
            browser.events.clear()
            browser.evaluate(script)
            browser.evaluate(TWO_FRAMES)
            found = browser.evaluate(CHECKS) + list(event_faults(browser.events))
            seen = any(wanted in text for text in found)
            failures += not seen
            print(f"{'seen  ' if seen else 'MISSED'} {wanted}: {found[:1]}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
