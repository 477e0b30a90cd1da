"""The live pad in a real browser: how long from a pointer move to the verdict that includes it.

    python -m benchmarks.live [RUNS] [SECONDS]

Scribbles steadily with real mouse moves, RUNS times with the app's settings and as often, in turns, with
Streamlit's own defaults for the two that matter (the peer). The time is measured for every move: until the
answer to the first state that includes it is in the DOM, so it contains the wait for the pad's turn. Blank
frames are animation frames, after the first answer, without a picture or a number.
Prints a table, then one JSON line.
"""

import json
import math
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.serving import chromium, serving
from tests.strokes import on_pad

RUNS, SECONDS, MOVES_A_SECOND = 2, 5, 60
DEFAULTS = {"STREAMLIT_RUNNER_POST_SCRIPT_GC": "true", "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "auto"}

WATCH = """() => {
  const pick = (selector) => {
    for (const host of document.querySelectorAll("*")) {
      const found = host.shadowRoot?.querySelector(selector);
      if (found) return found;
    }
  };
  const pad = pick("[data-part=surface]"), readout = pick(".readout");
  const seen = (window.seen = { moves: [], sent: {}, answered: {}, frames: 0, blank: 0 });
  const now = () => performance.now();
  window.addEventListener("pointermove", () => seen.moves.push(now()), true);
  new MutationObserver(() => (seen.sent[pad.dataset.sent] ??= now()))
    .observe(pad, { attributeFilter: ["data-sent"] });
  new MutationObserver(() => (seen.answered[readout.dataset.answers] ??= now()))
    .observe(readout, { attributeFilter: ["data-answers"] });
  const frame = () => {
    if (Object.keys(seen.answered).length) {
      seen.frames++;
      const shown = pick(".readout");
      if (!shown?.querySelector(".picture") || !shown.querySelector(".number")?.textContent) seen.blank++;
    }
    requestAnimationFrame(frame);
  };
  frame();
}"""


def scribble(page, seconds):
    """A slow spiral in one stroke, at the pace of a hand; the caller lifts the pen."""
    steps = seconds * MOVES_A_SECOND
    corners = []
    for i in range(steps):
        angle, radius = i / MOVES_A_SECOND * 2.2, 0.12 + 0.26 * i / steps
        corners.append((0.5 + radius * math.cos(angle), 0.5 + radius * math.sin(angle)))
    path = on_pad(page, corners)
    page.mouse.move(*path[0])
    page.mouse.down()
    start = time.perf_counter()
    for i, corner in enumerate(path):
        time.sleep(max(0, start + i / MOVES_A_SECOND - time.perf_counter()))
        page.mouse.move(*corner)


def percentile(values, share):
    return sorted(values)[min(int(share * len(values)), len(values) - 1)]


def measure(browser, url, seconds):
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    page.goto(url)
    page.locator("[data-part=surface]").wait_for()
    page.locator(".readout .spot").first.wait_for()
    page.wait_for_timeout(1_000)
    sizes = {"sent": 0, "received": 0}
    cdp = page.context.new_cdp_session(page)
    cdp.send("Network.enable")

    def count(way):
        def on_frame(event):
            sizes[way] += len(event["response"]["payloadData"]) * 3 // 4  # binary frames arrive as base64

        return on_frame

    cdp.on("Network.webSocketFrameSent", count("sent"))
    cdp.on("Network.webSocketFrameReceived", count("received"))
    page.evaluate(WATCH)
    scribble(page, seconds)
    drawing_sizes = dict(sizes)  # what is sent after the stroke doesn't count
    page.mouse.up()
    page.wait_for_timeout(1_000)
    seen = page.evaluate("window.seen")
    page.close()
    answered = sorted(
        (sent, seen["answered"][number])
        for number, sent in seen["sent"].items()
        if number in seen["answered"]
    )
    drawing = (answered[-1][0] - answered[0][0]) / 1_000  # seconds
    waits = []
    for move in seen["moves"]:
        first = next((answer for sent, answer in answered if sent >= move), None)
        if first is not None:
            waits.append(first - move)
    return {
        "median_ms": statistics.median(waits),
        "p95_ms": percentile(waits, 0.95),
        "answer_ms": statistics.median(answer - sent for sent, answer in answered),
        "updates_per_s": (len(answered) - 1) / drawing,
        "blank_frames": seen["blank"],
        "frames": seen["frames"],
        "bytes_up": drawing_sizes["sent"] / len(answered),
        "bytes_down": drawing_sizes["received"] / len(answered),
    }


def main():
    given = [int(argument) for argument in sys.argv[1:]]
    times, seconds = given + [RUNS, SECONDS][len(given) :]
    results = {"app": [], "streamlit defaults": []}
    load = os.getloadavg()[0]
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        for _ in range(times + (times > 1)):  # the first of several is a warm-up
            for name, settings in {"app": {}, "streamlit defaults": DEFAULTS}.items():
                with serving(log, **settings) as server:
                    results[name].append(measure(browser, server.url, seconds))
    results = {name: runs[-times:] for name, runs in results.items()}
    summary = {
        name: {key: round(statistics.median(run[key] for run in runs), 1) for key in runs[0]}
        for name, runs in results.items()
    }
    print(f"{times} runs each of {seconds} s at {MOVES_A_SECOND} moves a second; load before: {load:.2f}")
    print(f"{'':14}" + "".join(f"{name:>20}" for name in summary))
    for key in summary["app"]:
        print(f"{key:14}" + "".join(f"{summary[name][key]:20,.1f}" for name in summary))
    summary["ratio_median"] = round(
        summary["streamlit defaults"]["median_ms"] / summary["app"]["median_ms"], 2
    )
    summary["load_before"] = round(load, 2)
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
