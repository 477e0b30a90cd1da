"""How long it takes to load MNIST's training images from a file of each format, and how much memory.

    python -m benchmarks.datasets [IMAGES] [FORMAT ...]

Each is loaded in a process of its own, which reports how long that took and by how much its memory grew at
most once everything was imported. The peer is Pillow, which decodes the same PNG files, from memory, one
after the other, and does nothing with them. Prints a table, then one JSON line.
"""

import concurrent.futures
import gzip
import io
import json
import struct
import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path
from zipfile import ZipFile

import numpy as np
from PIL import Image

from mnist_dash import Dataset, Digits, load_dataset, load_mnist, save_dataset

IMAGES = 60_000
MEGABYTE = 2**20


def of(count):
    """``count`` training images of MNIST, repeated where it has no more, and two validation images."""
    mnist = load_mnist()
    places = np.arange(count) % len(mnist.train)
    train = Digits(mnist.train.images[places], mnist.train.labels[places])
    return Dataset("MNIST", train, mnist.valid.of((0, 1), first=1), mnist.classes)


def write_zip(dataset, path):
    save_dataset(dataset, path, "zip")


def write_parquet(dataset, path):
    save_dataset(dataset, path, "parquet")


def write_npz(dataset, path):
    np.savez_compressed(path, x=dataset.train.images.numpy(), y=dataset.train.labels.numpy())


def write_idx(dataset, path):
    images, labels = dataset.train.images.numpy(), dataset.train.labels.byte().numpy()
    with ZipFile(path, "w") as archive:
        for name, array in {"images": images, "labels": labels}.items():
            head = bytes((0, 0, 8, array.ndim)) + struct.pack(f">{array.ndim}I", *array.shape)
            archive.writestr(name, gzip.compress(head + array.tobytes(), 6))


def write_csv(dataset, path):
    rows = np.column_stack([dataset.train.labels, dataset.train.images.flatten(1)])
    np.savetxt(path, rows, fmt="%d", delimiter=",")


WRITERS = {"zip": write_zip, "parquet": write_parquet, "npz": write_npz, "idx": write_idx, "csv": write_csv}


def memory(kind):
    """This process's memory in MB: "VmRSS" now, "VmHWM" at its peak."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(kind)) / 1024


def load(path):
    """Seconds, megabytes at the peak, megabytes of the images."""
    before, started = memory("VmRSS"), time.perf_counter()
    dataset = load_dataset(path)
    took = time.perf_counter() - started
    images = sum(part.images.numel() for part in (dataset.train, dataset.valid))
    return took, memory("VmHWM") - before, images / MEGABYTE


def decode(path):
    """Seconds that Pillow takes to decode the files of a ZIP from memory."""
    with ZipFile(path) as archive:
        files = [archive.read(name) for name in archive.namelist() if name.endswith(".png")]
    started = time.perf_counter()
    for content in files:
        Image.open(io.BytesIO(content)).load()
    return time.perf_counter() - started


def alone(task, path):
    """Run the task in a process of its own."""
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(task, path).result()


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else IMAGES
    forms = sys.argv[2:] or list(WRITERS)
    found, peer = {}, None
    with tempfile.TemporaryDirectory() as folder:
        dataset = of(count)
        for form in forms:
            path = Path(folder, f"mnist.{form}")
            WRITERS[form](dataset, path)
            if form == "zip":
                peer = alone(decode, path)
            found[form] = (*alone(load, path), path.stat().st_size / MEGABYTE)
            path.unlink()
    print(f"{count:,} images {'seconds':>10}{'MB at most':>12}{'MB of images':>14}{'MB of file':>12}")
    for form, (took, most, images, size) in found.items():
        print(f"{form:14}{took:10.2f}{most:12.0f}{images:14.0f}{size:12.0f}")
    summary = {
        form: {"seconds": round(took, 2), "mb": round(most)} for form, (took, most, *_) in found.items()
    }
    if peer:
        print(f"Pillow alone {peer:11.2f}")
        summary |= {"pillow_seconds": round(peer, 2), "zip_to_pillow": round(found["zip"][0] / peer, 2)}
    print(json.dumps({"images": count} | summary))


if __name__ == "__main__":
    main()
