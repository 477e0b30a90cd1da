"""From process start to the first page drawn in a browser: for visitors who come at once, later, and again.

    python -m benchmarks.start [RUNS [LATER [KIND ...]]]

Each run starts two servers of each kind, in turns. The first is visited as soon as its port answers; the
other LATER seconds after its start, and then by a second visitor, who reloads. Every browser begins with an
empty cache. "frame" is when the navigation is in sight; "drawn" when the pad, the ideals at their distances
and the rest of the page are. The peers are the same app as a plain script, which has no warm-up, and
Streamlit itself with a script that shows one title. KIND: "app" and the peers that are wanted; by default
all. Prints a table of medians in seconds, then one JSON line.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.serving import ROOT, chromium, serving

Drawn = Callable[[Page], None]  # waits until a page is drawn
RUNS = 2
LATER = 5.0
PEER = "import streamlit as st\nst.title('Hello')\n"


def whole_page(page: Page) -> None:
    page.locator("[data-part=surface]").wait_for()
    page.locator(".readout .spot .ideal").first.wait_for()
    page.locator(".stApp[data-test-script-state=notRunning]").wait_for()


def hello(page: Page) -> None:
    page.get_by_role("heading", name="Hello").wait_for()


def visited(browser: Browser, url: str, drawn: Drawn) -> tuple[Page, float, float]:
    """The page, and the seconds from the click until its frame, and until all of it, is drawn."""
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    clicked = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.get_by_test_id("stPageLink" if drawn is whole_page else "stHeading").first.wait_for()
    frame = time.perf_counter() - clicked
    drawn(page)
    return page, frame, time.perf_counter() - clicked


def measure(browser: Browser, log: Path, script: Path, drawn: Drawn, later: float) -> dict[str, float]:
    found = {}
    with serving(log, script) as server:
        found["port open"] = time.perf_counter() - server.started
        page, frame, all_drawn = visited(browser, server.url, drawn)
        found["start to verdict possible"] = time.perf_counter() - server.started
        found["at once: frame"], found["at once: drawn"] = frame, all_drawn
        page.close()
    with serving(log, script) as server:
        time.sleep(max(0.0, server.started + later - time.perf_counter()))
        page, found["later: frame"], found["later: drawn"] = visited(browser, server.url, drawn)
        page.close()
        page, _, found["next visitor: drawn"] = visited(browser, server.url, drawn)
        page.wait_for_timeout(500)
        clicked = time.perf_counter()
        page.reload(wait_until="commit")
        drawn(page)
        found["reload: drawn"] = time.perf_counter() - clicked
        page.close()
    return found


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    later = float(sys.argv[2]) if len(sys.argv) > 2 else LATER
    load = os.getloadavg()[0]
    results = {name: [] for name in sys.argv[3:] or ("app", "plain script", "one title")}
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        log, peer = Path(folder) / "log", Path(folder) / "peer.py"
        peer.write_text(PEER)
        scripts = {
            "app": (ROOT / "streamlit_app.py", whole_page),
            "plain script": (ROOT / "mnist_dash" / "frame.py", whole_page),
            "one title": (peer, hello),
        }
        if runs > 1:  # brings the files of the libraries into memory
            with serving(log) as server:
                visited(browser, server.url, whole_page)[0].close()
        for _ in range(runs):
            for name, found in results.items():
                found.append(measure(browser, log, *scripts[name], later))
    seconds = {
        name: {key: round(statistics.median(run[key] for run in found), 2) for key in found[0]}
        for name, found in results.items()
    }
    print(
        f"{runs} runs each, later is {later:g} s after the start, medians in seconds; load before: {load:.2f}"
    )
    print(f"{'':28}" + "".join(f"{name:>14}" for name in seconds))
    for key in seconds["app"]:
        print(f"{key:28}" + "".join(f"{column[key]:14.2f}" for column in seconds.values()))
    ratios = {
        f"{peer}: {key}": round(seconds[peer][key] / seconds["app"][key], 2)
        for peer in seconds
        if peer != "app"
        for key in ("start to verdict possible", "later: drawn")
    }
    print(json.dumps({"seconds": seconds, "peer's time to ours": ratios, "load_before": round(load, 2)}))


if __name__ == "__main__":
    main()
