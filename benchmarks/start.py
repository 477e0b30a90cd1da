"""From process start to the first page fully drawn in a browser, and the memory it takes.

    python -m benchmarks.start

Each run starts a server; the browser, already running but with an empty cache, opens the page as soon as
the port answers. Drawn is: the pad, the bars with the ideals' pictures, and the last text of the page. The
named peer is Streamlit itself with a script that shows one title, in turn with the app. Memory is the
resident set of the server with one session, after a digit was drawn. Prints a table, then one JSON line.
"""

import json
import os
import statistics
import tempfile
import time
from pathlib import Path

from tests.serving import chromium, serving
from tests.strokes import THREE, draw

RUNS = 5


def megabytes(pid, field):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) / 1024
    raise LookupError(field)


def visit(browser, server):
    """Seconds from process start to a healthy port, and the page, on its way."""
    port = time.perf_counter() - server.started
    page = browser.new_context(viewport={"width": 1366, "height": 900}).new_page()
    page.goto(server.url)
    return port, page


def main():
    results = {"app": [], "streamlit with one title": []}
    memory = []
    load = os.getloadavg()[0]
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        log, peer = Path(folder) / "log", Path(folder) / "peer.py"
        peer.write_text("import streamlit as st\nst.title('Hello')\n")
        for run in range(RUNS + 1):  # the first is the warm-up
            with serving(log) as server:
                port, page = visit(browser, server)
                page.locator("[data-part=surface]").wait_for()
                page.locator(".readout .bar .ideal").first.wait_for()
                page.get_by_text("Two maps appear here").wait_for()
                drawn = time.perf_counter() - server.started
                draw(page, THREE)
                page.locator(".maps .picture").first.wait_for()
                page.wait_for_timeout(1_000)
                used = [megabytes(server.pid, field) for field in ("VmRSS", "VmHWM")]
                page.context.close()
            with serving(log, peer) as server:
                peer_port, page = visit(browser, server)
                page.get_by_role("heading", name="Hello").wait_for()
                peer_drawn = time.perf_counter() - server.started
                page.context.close()
            if run:
                results["app"].append((port, drawn))
                results["streamlit with one title"].append((peer_port, peer_drawn))
                memory.append(used)
    summary = {
        name: {
            key: round(statistics.median(run[i] for run in runs), 2)
            for i, key in enumerate(("port_s", "drawn_s"))
        }
        for name, runs in results.items()
    }
    summary["app"]["memory_mb"], summary["app"]["peak_mb"] = (
        round(statistics.median(column)) for column in zip(*memory, strict=True)
    )
    print(f"{RUNS} runs each, medians; load before: {load:.2f}")
    for name, figures in summary.items():
        print(f"{name:26}" + "   ".join(f"{key} {figure}" for key, figure in figures.items()))
    summary["ratio_drawn"] = round(
        summary["app"]["drawn_s"] / summary["streamlit with one title"]["drawn_s"], 2
    )
    summary["load_before"] = round(load, 2)
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
