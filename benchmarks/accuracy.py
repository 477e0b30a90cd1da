"""The Accuracy page: from a control to the changed numbers in a real browser, and what a rerun sends.

    python -m benchmarks.accuracy [STEPS]

All ten digits are in play, so 10,000 images are strained and measured against ten ideals under both norms
at every step; no setting comes twice, so nothing is known beforehand. The peer is a page that scores the same
images the book's way, one norm after the other, behind Streamlit's own slider: what one would write first.
"page" is what the whole page weighs with these settings, so what one rerun sends; "in 1.5 s" is all that
comes after a step: the numbers while the key is down, the page, and the pieces of the slow exhibits.
Prints a table, then one JSON line.
"""

import json
import os
import statistics
import sys
import tempfile
from pathlib import Path
from urllib.parse import parse_qsl

from tests.app import run
from tests.serving import chromium, serving

TEN = "&".join(f"digits={digit}" for digit in range(10))
HEAVY = (None, "noise=0.5&salt=0.3")
QUIET = 1_500  # ms after a step until its last message has come
PEER = """
import streamlit as st
from mnist_dash import load_mnist
from mnist_dash.baseline import ideals, l1, l2, predict, scaled

@st.cache_resource
def data():
    mnist = load_mnist()
    return mnist.valid, ideals(mnist.train, range(10))

valid, ten = data()
st.title("The book's way")
dx = st.slider("Shift right", -6, 6, -6)
images = scaled(valid.images.roll(dx, 2))
for name, norm in {"L1": l1, "L2": l2}.items():
    distances = norm(images[:, None], ten)
    right = (predict(distances, range(10)) == valid.labels).float().mean()
    st.metric(name, f"{right:.4f}")
"""
WATCH = """() => {
  const metrics = () => [...document.querySelectorAll("[data-testid=stMetricValue]")].slice(0, 4);
  const shown = () => metrics().map((metric) => metric.textContent).join();
  const before = shown();
  window.changed = null;
  let from = null;
  const start = () => (from ??= performance.now());
  const options = { once: true, capture: true };
  for (const kind of ["keydown", "pointerdown"]) window.addEventListener(kind, start, options);
  const look = () => {
    const now = shown();
    if (from !== null && now && now !== before) window.changed = performance.now() - from;
    else requestAnimationFrame(look);
  };
  look();
}"""


def slider(label, key="ArrowRight"):
    def step(page):
        page.locator(f'input[aria-label="{label}"], [role=slider][aria-label="{label}"]').first.press(key)

    return step


def click(*names):
    def step(page, turn=[0]):  # noqa: B006 - one after the other
        page.get_by_role("button", name=names[turn[0] % len(names)], exact=True).first.click()
        turn[0] += 1

    return step


# What is moved, and where the page begins: at an end, with a strain of its own so that no two meet.
CONTROLS = {
    "shift right": (slider("Shift right"), "dx=-6&blur=0.25"),
    "turn": (slider("Turn clockwise"), "turn=-45"),
    "size": (slider("Size"), "size=0.5"),
    "pen": (slider("Pen, thinner or thicker"), "pen=-1"),
    "blur": (slider("Blur"), "blur=0.25&dy=1"),
    "Gaussian noise": (slider("Gaussian noise"), "noise=0&dy=2"),
    "salt and pepper": (slider("Salt and pepper"), "salt=0&dy=3"),
    "images per ideal": (slider("Training images per ideal:", "ArrowLeft"), "dy=-1"),
    "digits in play": (click("8", "7", "6", "5", "4", "3"), "dy=-2"),
}


def measure(browser, url, step, steps):
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    received = [0]
    cdp = page.context.new_cdp_session(page)
    cdp.send("Network.enable")

    def count(event):
        received[0] += len(event["response"]["payloadData"]) * 3 // 4  # binary frames come as base64

    cdp.on("Network.webSocketFrameReceived", count)
    page.goto(url)
    page.get_by_test_id("stMetricValue").first.wait_for()
    page.wait_for_timeout(6_000)
    waits, sizes = [], []
    for number in range(steps + 1):  # the first is the warm-up
        page.evaluate(WATCH)
        before = received[0]
        step(page)
        page.wait_for_function("window.changed !== null", timeout=10_000)
        page.wait_for_timeout(QUIET)
        if number:
            waits.append(page.evaluate("window.changed"))
            sizes.append(received[0] - before)
    page.close()
    return waits, sizes


def weight(block):
    """Bytes of all elements below a block, as they are sent."""
    return sum(
        weight(child) if hasattr(child, "children") else child.proto.ByteSize()
        for child in block.children.values()
    )


def page_weight(query):
    at = run("accuracy", digits=[str(digit) for digit in range(10)], **dict(parse_qsl(query)))
    return weight(at._tree) / 1_000


def percentile(values, share):
    return sorted(values)[min(int(share * len(values)), len(values) - 1)]


def main():
    steps = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    load = os.getloadavg()[0]
    found = {}
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        with serving(Path(folder) / "log") as server:
            for name, (step, query) in CONTROLS.items():
                found[name] = measure(browser, f"{server.url}/accuracy?{TEN}&{query}", step, steps)
        script = Path(folder) / "peer.py"
        script.write_text(PEER)
        with serving(Path(folder) / "log", script) as server:
            found["peer: the book's way"] = measure(browser, server.url, slider("Shift right"), steps)
    print(f"{steps} steps each, all ten digits; load before: {load:.2f}")
    pages = {name: page_weight(query) for name, (_, query) in (CONTROLS | {"most noise": HEAVY}).items()}
    print(f"{'control':22}{'median ms':>12}{'worst ms':>12}{'KB in 1.5 s':>13}{'KB page':>10}")
    for name, (waits, sizes) in found.items():
        size, page = statistics.median(sizes) / 1_000, pages.get(name, 0)
        print(f"{name:22}{statistics.median(waits):12.0f}{max(waits):12.0f}{size:13.1f}{page:10.1f}")
    print(f"{'noise and salt, all':22}{'':37}{pages['most noise']:10.1f}")
    peer, _ = found.pop("peer: the book's way")
    every = [wait for waits, _ in found.values() for wait in waits]
    all_sizes = [size for _, sizes in found.values() for size in sizes]
    summary = {
        "median_ms": round(statistics.median(every)),
        "p95_ms": round(percentile(every, 0.95)),
        "page_kb_most": round(max(pages.values()), 1),
        "median_kb_in_1.5_s": round(statistics.median(all_sizes) / 1_000, 1),
        "peer_median_ms": round(statistics.median(peer)),
        "ratio_to_peer": round(statistics.median(peer) / statistics.median(every), 2),
        "load_before": round(load, 2),
    }
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
