"""How many threads PyTorch gets: one person's step on the Accuracy page, and many people's at once.

    python -m benchmarks.threads [STEPS]

A step strains the 10,000 validation images in one of several ways, measures them against ten ideals under
both norms and scores them. In a process of its own for each number of threads, taking turns: one person
alone, then eight at once, each in a thread, as sessions are. Prints a table, then one JSON line.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import torch

from mnist_dash import chapter, load_mnist
from mnist_dash.baseline import by_ink, ideals
from mnist_dash.stress import Stress

TEN = tuple(range(10))
STRAINS = ({"dx": 2}, {"turn": 12.0}, {"pen": 0.5}, {"blur": 1.0}, {"noise": 0.2}, {"salt": 0.1})
PEOPLE, RUNS = 8, 3


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
    for number in range(len(STRAINS)):  # the warm-up
        step(mnist, ten, number)
    alone = [step(mnist, ten, number) for number in range(steps)]
    with ThreadPoolExecutor(PEOPLE) as people:
        together = list(people.map(lambda number: step(mnist, ten, number), range(steps * PEOPLE)))
    return {"alone_ms": statistics.median(alone), "together_ms": statistics.median(together)}


def main():
    steps = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    load = os.getloadavg()[0]
    counts = list(range(1, os.cpu_count() + 1))
    found = {threads: [] for threads in counts}
    for _ in range(RUNS if steps > 1 else 1):
        for threads in counts:
            code = f"from benchmarks.threads import *; print(json.dumps(measure({threads}, {steps})))"
            found[threads].append(json.loads(subprocess.check_output([sys.executable, "-c", code])))
    medians = {
        threads: {key: round(statistics.median(run[key] for run in runs), 1) for key in runs[0]}
        for threads, runs in found.items()
    }
    print(f"{steps} steps, medians; load before: {load:.2f}")
    print(f"{'threads':10}{'one person, ms':>18}{f'{PEOPLE} people, ms':>18}")
    for threads, times in medians.items():
        print(f"{threads:<10}{times['alone_ms']:18.1f}{times['together_ms']:18.1f}")
    print(json.dumps({"threads": medians, "load_before": round(load, 2)}))


if __name__ == "__main__":
    main()
