"""Every validation image against every ideal, under both norms: our way and others', in turns.

    python -m benchmarks.kernels [RUNS]

There are 10,000 images in uint8 and ten ideals. The peers: the book's broadcasting; scikit-learn's
NearestCentroid; faiss (``pip install faiss-cpu``, left out if it is not installed), which is given its images
as floats in advance, and finds only the nearest ideal. Ours is measured twice: from the list of ink, which is
made once for a stack and timed separately, and from images that are mostly ink, as under noise. Every way has
to give each image the label that float64 gives it. Prints a table, then one JSON line.
"""

import json
import os
import statistics
import sys
import time
import warnings
from functools import partial

import torch
from sklearn.neighbors import NearestCentroid

from mnist_dash import load_mnist
from mnist_dash.core.baseline import NORMS, by_ink, ideals, predict, scaled
from mnist_dash.core.ink import Ink
from mnist_dash.core.stress import Stress

TEN = tuple(range(10))
SKLEARN = {"L1": "manhattan", "L2": "euclidean"}


def ours(norm, images, ten):
    return predict(NORMS[norm].distances(images, ten), TEN)


def book(norm, images, ten):
    """A batch of images minus each ideal, which is broadcast over the batch."""
    floats = images.float() / 255
    return torch.stack([NORMS[norm].distance(floats, ideal) for ideal in ten], 1).argmin(1)


def sklearn(norm, ten):
    """Its centroids are set to ours: under L1 its own would be medians."""
    classifier = NearestCentroid(metric=SKLEARN[norm])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # one image per class has no spread
        classifier.fit(ten.flatten(1).double().numpy(), TEN)
    return lambda images: torch.from_numpy(classifier.predict(images.flatten(1).numpy() / 255))


def faiss(norm, ten):
    import faiss

    index = faiss.IndexFlat(ten[0].numel(), {"L1": faiss.METRIC_L1, "L2": faiss.METRIC_L2}[norm])
    index.add(ten.flatten(1).numpy())
    return lambda floats: torch.from_numpy(index.search(floats, 1)[1][:, 0])


def installed(name):
    try:
        __import__(name)
    except ImportError:
        return False
    return True


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    load = os.getloadavg()[0]
    mnist = load_mnist()
    images, ten = mnist.valid.images, ideals(mnist.train, TEN)
    ink, noisy = by_ink(images), Stress(noise=0.3).of(images)
    floats = scaled(images).flatten(1).numpy()
    ways = {"index of the ink": partial(Ink.of, images)}
    for norm in NORMS:
        ways |= {
            f"{norm} ours": partial(ours, norm, ink, ten),
            f"{norm} ours, dense": partial(ours, norm, noisy, ten),
            f"{norm} book": partial(book, norm, images, ten),
            f"{norm} scikit-learn": partial(sklearn(norm, ten), images),
        }
        if installed("faiss"):
            ways[f"{norm} faiss"] = partial(faiss(norm, ten), floats)
        exact = torch.stack([NORMS[norm].distance(images.double() / 255, each) for each in ten.double()], 1)
        for way in (f"{norm} ours", f"{norm} book", f"{norm} scikit-learn"):
            assert ways[way]().equal(exact.argmin(1)), f"{way} does not call the images as float64 does"
        error = float((NORMS[norm].distances(ink, ten) - exact).abs().max())
        assert error < 1e-6, f"{norm} is wrong by {error}"
    taken = {way: [] for way in ways}
    warm_up = 2 if runs > 1 else 0
    for run in range(runs + warm_up):
        for way, measure in ways.items():
            started = time.perf_counter()
            measure()
            if run >= warm_up:
                taken[way].append(1_000 * (time.perf_counter() - started))
    medians = {way: statistics.median(times) for way, times in taken.items()}
    print(f"{runs} runs, taking turns, medians; {torch.get_num_threads()} threads; load before: {load:.2f}")
    print(f"{'':22}{'ms':>8}{'times ours':>12}")
    for way, median in medians.items():
        norm = way.split()[0]
        ratio = f"{median / medians[f'{norm} ours']:12.1f}" if norm in NORMS else ""
        print(f"{way:22}{median:8.2f}{ratio}")
    summary = {
        norm: {
            way.removeprefix(f"{norm} "): round(median, 2)
            for way, median in medians.items()
            if way.startswith(norm)
        }
        for norm in NORMS
    }
    summary |= {
        "index_ms": round(medians["index of the ink"], 2),
        "runs": runs,
        "load_before": round(load, 2),
    }
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
