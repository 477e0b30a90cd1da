"""The learning curve, and one step of the slider of training images, beside their plain definitions.

    python -m benchmarks.curve [DRAWS]

The curve is the page's: from one image per ideal to all of them, DRAWS draws, ten digits and both norms, on
the validation images and on those that the ideals are made of; it is computed from running sums and lists of
ink. The peer computes one draw by definition: the mean of each stack, as in the book, and ``torch.cdist``. A
step of the slider makes the ten ideals of the first 3,000 images; the peer takes the mean of these images.
With DRAWS 1 only a few sizes are tried.
Prints a table, then one JSON line.
"""

import json
import os
import statistics
import sys
import time

import torch

from mnist_dash import chapter, load_mnist
from mnist_dash.core.baseline import IDEALS, NORMS, by_ink, ideals, predict, scaled
from mnist_dash.pages.accuracy.learning_curve import SIZES

TEN = tuple(range(10))
FIRST = 3_000


def peer_distances(norm, images, made):
    """In batches: the floats of 60,000 images at once would fill the memory."""
    p, flat = {"L1": 1, "L2": 2}[norm], made.flatten(1)
    return torch.cat([torch.cdist(scaled(batch).flatten(1), flat, p=p) for batch in images.split(2_048)])


def peer_draw(mnist, sizes, seed):
    shuffled = chapter.shuffled(mnist, TEN, seed)
    found = {size: {} for size in sizes}
    for size in sizes:
        stacks = [shuffled.stacks[digit][:size] for digit in TEN]
        made = torch.stack([IDEALS["mean"](stack) for stack in stacks])
        own = torch.tensor(TEN).repeat_interleave(torch.tensor([len(stack) for stack in stacks]))
        for norm in NORMS:
            found[size][norm] = tuple(
                float((predict(peer_distances(norm, images, made), TEN) == labels).float().mean())
                for images, labels in (
                    (mnist.valid.images, mnist.valid.labels),
                    (torch.cat(stacks), own),
                )
            )
    return found


def seconds(measure):
    started = time.perf_counter()
    made = measure()
    return time.perf_counter() - started, made


def main():
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    sizes = SIZES if draws > 1 else SIZES[::6]
    load = os.getloadavg()[0]
    mnist = load_mnist()
    prepared = by_ink(mnist.valid.images)
    stacks = [mnist.train.stacks[digit][:FIRST] for digit in TEN]
    curves, peers, steps, peer_steps = [], [], [], []
    for run in range(3 if draws > 1 else 1):
        taken, curve = seconds(
            lambda: chapter.learning_curve(mnist, mnist.valid, prepared, TEN, "mean", sizes, range(draws))
        )
        curves.append(taken)
        taken, peer = seconds(lambda run=run: peer_draw(mnist, sizes, run % draws))
        peers.append(taken)
        for size in filter(None, sizes):
            for norm in NORMS:
                for mine, theirs in zip(curve[size][run % draws][norm], peer[size][norm], strict=True):
                    assert abs(mine - theirs) < 1e-3, f"{norm} at {size}: {mine} and {theirs}"
        steps += [seconds(lambda: ideals(mnist.train, TEN, first=FIRST))[0] for _ in range(5)]
        peer_steps += [seconds(lambda: [scaled(each).mean(0) for each in stacks])[0] for _ in range(5)]
    curve_s, peer_s = statistics.median(curves), statistics.median(peers)
    step_ms, peer_ms = 1_000 * statistics.median(steps), 1_000 * statistics.median(peer_steps)
    print(f"{len(sizes)} sizes, {draws} draws; {torch.get_num_threads()} threads; load before: {load:.2f}")
    print(f"{'the whole curve':34}{curve_s:8.2f} s")
    print(f"{'one draw':34}{curve_s / draws:8.2f} s")
    print(f"{'one draw, by definition':34}{peer_s:8.2f} s{peer_s / (curve_s / draws):8.1f} times ours")
    print(f"{f'ten ideals of {FIRST:,} images':34}{step_ms:8.2f} ms")
    print(f"{'the same, by definition':34}{peer_ms:8.2f} ms{peer_ms / step_ms:8.1f} times ours")
    summary = {"curve_s": round(curve_s, 2), "draws": draws, "ratio_draw": round(peer_s / curve_s * draws, 1)}
    summary |= {"step_ms": round(step_ms, 2), "ratio_step": round(peer_ms / step_ms, 1)}
    print(json.dumps(summary | {"load_before": round(load, 2)}))


if __name__ == "__main__":
    main()
