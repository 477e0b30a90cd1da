"""How many threads PyTorch gets: many people's steps on the Accuracy page, and one's page in a browser.

    python -m benchmarks.threads [STEPS [VISITS]]

A step strains the 10,000 validation images in one of several ways, measures them against ten ideals under
both norms and scores them. In a process of its own for each number of threads, taking turns: one person
alone, then eight at once, each in a thread, as sessions are. Then the app is served with each number of
threads, and a browser on the same computer opens Accuracy with digits that nobody has chosen before: from
the click to the end of the page. Prints a table of medians, then one JSON line.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations, islice
from pathlib import Path

import torch

from benchmarks.start import visited
from mnist_dash import chapter, load_mnist
from mnist_dash.core.baseline import by_ink, ideals
from mnist_dash.core.stress import Stress
from tests.serving import ROOT, chromium, serving

TEN = tuple(range(10))
STRAINS = ({"dx": 2}, {"turn": 12.0}, {"pen": 0.5}, {"blur": 1.0}, {"noise": 0.2}, {"salt": 0.1})
PEOPLE, RUNS = 8, 3
SERVED = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
import streamlit as st, torch
from mnist_dash import compute
from streamlit_app import warming_up
torch.set_num_threads({{threads}})  # compute has set its own
app = st.App({str(ROOT / "mnist_dash" / "frame.py")!r}, lifespan=warming_up)
"""


def step(mnist, ten, number):
    started = time.perf_counter()
    seen = Stress(**STRAINS[number % len(STRAINS)]).of(mnist.valid.images)
    answers = chapter.answers(chapter.measured(by_ink(seen), ten), TEN)
    chapter.scores(answers, mnist.valid, TEN)
    return 1_000 * (time.perf_counter() - started)


def measure(threads, steps):
    torch.set_num_threads(threads)
    mnist = load_mnist()
    ten = ideals(mnist.train, TEN)
    for number in range(min(steps, len(STRAINS))):  # the warm-up
        step(mnist, ten, number)
    alone = [step(mnist, ten, number) for number in range(steps)]
    with ThreadPoolExecutor(PEOPLE) as people:
        together = list(people.map(lambda number: step(mnist, ten, number), range(steps * PEOPLE)))
    return {"one person": statistics.median(alone), f"{PEOPLE} people": statistics.median(together)}


def end_of_page(page):
    page.get_by_role("button", name="Download as notebook").wait_for()


def visits(browser, threads, count):
    """Milliseconds of each visit of Accuracy."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "served.py"
        script.write_text(SERVED.format(threads=threads))
        with serving(Path(folder) / "log", script) as server:
            for digits in islice(combinations(TEN, 4), count + 1):
                chosen = "&".join(f"digits={digit}" for digit in digits)
                page, _, drawn = visited(browser, f"{server.url}/accuracy?{chosen}", end_of_page)
                found.append(1_000 * drawn)
                page.context.close()
    return found[1:]  # the first is the warm-up


def main():
    steps = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    load = os.getloadavg()[0]
    counts = list(range(1, os.cpu_count() + 1))
    found = {threads: [] for threads in counts}
    pages = {threads: [] for threads in counts}
    with chromium() as browser:
        for _ in range(RUNS if steps > 1 else 1):
            for threads in counts:
                code = f"from benchmarks.threads import *; print(json.dumps(measure({threads}, {steps})))"
                found[threads].append(json.loads(subprocess.check_output([sys.executable, "-c", code])))
                pages[threads] += visits(browser, threads, count)
    medians = {
        threads: {key: round(statistics.median(run[key] for run in runs), 1) for key in runs[0]}
        | {"a page": round(statistics.median(pages[threads]), 1)}
        for threads, runs in found.items()
    }
    print(f"{steps} steps, {count} visits, medians in ms; load before: {load:.2f}")
    print(f"{'threads':10}" + "".join(f"{key:>14}" for key in medians[1]))
    for threads, times in medians.items():
        print(f"{threads:<10}" + "".join(f"{time:14.1f}" for time in times.values()))
    print(json.dumps({"ms": medians, "load_before": round(load, 2)}))


if __name__ == "__main__":
    main()
