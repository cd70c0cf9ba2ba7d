#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Opens a report in a real headless Chromium and fails on anything a reader would call broken.

  open_report.py REPORT.html [--screenshots DIR] [--pdf FILE] [--widths 1440,390] [--chromium PATH] [--dark]
                 [--no-options] [--empty]

Fails (exit 1) on a console error or warning, an exception, a request to anywhere, a missing or blank panel, sideways
overflow, cut text, overlapping labels or figures that are no numbers, for every option at every width and on paper.
Exit 77 when there is no Chromium (CTest: SKIP_RETURN_CODE 77). A report without any option is a fault unless
`--no-options` says so; `--empty` expects the bundle without results.
"""
import argparse
import base64
import pathlib
import sys

from chromium_pipe import BrowserError, Chromium, find_chromium

PANELS = ("summary comparison map profile costs runs timetable strings berths stocks bottlenecks losses cash ledger parties claims inputs "
          "limits footer").split()
SHARED = "summary comparison claims inputs limits footer".split()
CHECKS = pathlib.Path(__file__).with_name("page_checks.js").read_text(encoding="utf-8")
TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60))))"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", type=pathlib.Path)
    parser.add_argument("--screenshots", type=pathlib.Path)
    parser.add_argument("--pdf", type=pathlib.Path)
    parser.add_argument("--widths", default="1440,390")
    parser.add_argument("--chromium")
    parser.add_argument("--empty", action="store_true")
    parser.add_argument("--no-options", action="store_true")
    parser.add_argument("--dark", action="store_true")
    return parser.parse_args()


def set_width(browser, width, height=900):
    browser.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
    browser.evaluate(TWO_FRAMES)


def choose(browser, option):
    """Shows one option, as a reader would with the drop-down list."""
    browser.evaluate(f"""(() => {{
      const list = document.querySelector('select[data-option-select]');
      list.value = {option!r};
      list.dispatchEvent(new Event('change', {{bubbles: true}}));
    }})()""")
    browser.evaluate(TWO_FRAMES)


def options_of(browser):
    return browser.evaluate("[...document.querySelectorAll('select[data-option-select] option')].map((o) => o.value)") or []


def missing_panels(browser, args, options):
    wanted = ["summary"] if args.empty else SHARED if args.no_options else PANELS
    found = browser.evaluate("[...document.querySelectorAll('[data-panel]')].map((p) => p.dataset.panel)")
    return [f"panel '{panel}' is missing" for panel in wanted if panel not in found]


def exercise(browser):
    """Opens every table, moves every slider, presses every button, drags map and profile: none may raise."""
    browser.evaluate("""(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
      for (const slider of document.querySelectorAll('input[type=range]')) {
        slider.value = (Number(slider.min) + Number(slider.max)) / 2;
        slider.dispatchEvent(new Event('input', {bubbles: true}));
      }
      for (const button of document.querySelectorAll('th button, .zoom button')) button.click();
      for (const radio of document.querySelectorAll('.choice input[type=radio]')) radio.click();
    })()""")
    browser.evaluate("document.querySelector('.zoom button')?.click()")
    for part in ("map", "profile"):
        drag(browser, part)
    found = browser.evaluate(CHECKS)
    # Back to how the page opens: first choice of each group, whole map, closed tables.
    browser.evaluate("""(() => {
      for (const details of document.querySelectorAll('details')) details.open = false;
      for (const group of document.querySelectorAll('.choice')) group.querySelector('input[type=radio]')?.click();
      for (const button of document.querySelectorAll('.zoom button:last-child')) button.click();
    })()""")
    browser.evaluate(TWO_FRAMES)
    return found


def drag(browser, panel):
    """A real mouse over the first drawing of a panel: move, press, move, release."""
    centre = browser.evaluate(f"""(() => {{
      const drawing = document.querySelector('[data-panel={panel}] .chart svg');
      drawing?.scrollIntoView({{block: 'center'}});
      const box = drawing?.getBoundingClientRect();
      return box ? [box.left + box.width / 2, box.top + box.height / 2] : null;
    }})()""")
    if centre is None:
        return
    for kind, step, buttons in (("mouseMoved", 0, 0), ("mousePressed", 0, 1), ("mouseMoved", 30, 1), ("mouseReleased", 30, 0)):
        browser.call("Input.dispatchMouseEvent", type=kind, x=centre[0] + step, y=centre[1], buttons=buttons,
                     button="none" if kind == "mouseMoved" else "left", clickCount=0 if kind == "mouseMoved" else 1)
    browser.evaluate(TWO_FRAMES)


def photograph(browser, folder, stem):
    folder.mkdir(parents=True, exist_ok=True)
    boxes = browser.evaluate("""[...document.querySelectorAll('[data-panel]')].map((p) => {
      const b = p.getBoundingClientRect();
      return [p.dataset.panel, 0, b.top + scrollY, document.documentElement.clientWidth, b.height];
    })""")
    for panel, x, y, width, height in boxes:
        clip = {"x": x, "y": y, "width": width, "height": min(height, 5000), "scale": 1}
        picture = browser.call("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        (folder / f"{stem}-{panel}.png").write_bytes(base64.b64decode(picture["data"]))


def event_faults(events):
    """Console output, exceptions and requests, as faults."""
    for event in events:
        kind, params = event["method"], event["params"]
        if kind == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            yield f"exception: {details.get('exception', {}).get('description') or details.get('text')}"
        elif kind == "Runtime.consoleAPICalled" and params["type"] in ("error", "warning", "assert"):
            yield f"console {params['type']}: {[a.get('value', a.get('description')) for a in params['args']]}"
        elif kind == "Log.entryAdded" and params["entry"]["level"] in ("error", "warning"):
            yield f"log {params['entry']['level']}: {params['entry']['text']}"
        elif kind == "Network.requestWillBeSent":
            url = params["request"]["url"]
            if not url.startswith(("data:", "file:", "about:")):
                yield f"request to {url}"


def check_screen(browser, args, faults):
    for width in (int(w) for w in args.widths.split(",")):
        set_width(browser, width)
        options = options_of(browser)
        faults += [f"{width} px: {text}" for text in missing_panels(browser, args, options)]
        for option in options or [None]:
            if option is not None:
                choose(browser, option)
            place = f"{width} px, {option or 'no option'}"
            faults += [f"{place}: {text}" for text in browser.evaluate(CHECKS)]
            if args.screenshots:
                photograph(browser, args.screenshots, f"{width}-{option or 'none'}")
            faults += [f"{place}, tables open: {text}" for text in exercise(browser)]


def check_paper(browser, args, faults):
    """The print layout: first as a page 690 px wide (A4 less margins), then as a PDF."""
    set_width(browser, 690)
    browser.call("Emulation.setEmulatedMedia", media="print")
    browser.evaluate(TWO_FRAMES)
    faults += [f"paper: {text}" for text in browser.evaluate(CHECKS)]
    browser.call("Emulation.setEmulatedMedia", media="")
    browser.evaluate(TWO_FRAMES)
    pdf = base64.b64decode(browser.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])
    if len(pdf) < 10_000 and not args.empty:
        faults.append(f"paper: the PDF has only {len(pdf)} bytes")
    if args.pdf:
        args.pdf.write_bytes(pdf)


def main():
    args = arguments()
    path = find_chromium(args.chromium)
    if path is None:
        print("SKIPPED: no Chromium found (apt install chromium, or set CHROMIUM)", file=sys.stderr)
        return 77
    faults = []
    try:
        with Chromium(path, seconds=240) as browser:
            scheme = "dark" if args.dark else "light"
            browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
            browser.call("Emulation.setScrollbarsHidden", hidden=True)
            set_width(browser, 1440)
            browser.call("Page.navigate", url=args.report.resolve().as_uri())
            if not browser.wait_until("document.documentElement?.dataset.ready"):
                faults.append("the page never became ready")
            check_screen(browser, args, faults)
            if not args.dark:
                check_paper(browser, args, faults)
            faults = list(event_faults(browser.events)) + faults
    except BrowserError as error:
        faults += [*event_faults(browser.events), f"browser: {error}"]
    for text in faults:
        print(f"FAULT {text}")
    print(f"{args.report.name}: {'opened, no fault' if not faults else f'{len(faults)} faults'}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
