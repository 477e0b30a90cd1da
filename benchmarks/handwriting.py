"""How well a digit is read from a scan or a photo: ``python -m benchmarks.handwriting [images [kinds]]``.

Validation digits of MNIST are put on sheets (``mnist_dash.core.sheets``), read back, and classified with all
ten mean ideals. The peers read the same sheets: (a) with no preparation, a plain resize to 28 x 28, and (b)
with a simple crop and centre. All are compared with the same digits untouched. Then come pages and pictures
of every kind in ``benchmarks.pages``, or only of the kinds named, with about as many digits: how many are
found right, missed, split or joined, how many boxes hold none, and how many of all digits get the right
label, also from three nearest neighbours among 20,000 images. The last line is JSON.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields
from multiprocessing import get_context

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageOps
from skimage.morphology import skeletonize
from torch import Tensor

from benchmarks import pages
from mnist_dash import compute
from mnist_dash.core import sheets
from mnist_dash.core.baseline import NORMS, predict
from mnist_dash.core.handwriting import HandwritingError, read_all, to_mnist

IMAGES = 500
FINE = 4  # pixels of the centre line's picture for each of MNIST's
ROWS = {
    "scan, black on white": {},
    "scan, white on black": {"light_on_dark": True},
    "scan, thin pen": {"pen": 1.2},
    "scan, thick pen": {"pen": 4.5},
    "photo, dark on light": {"photo": True},
    "photo, light on dark": {"photo": True, "light_on_dark": True},
    "photo, thin pen": {"photo": True, "pen": 1.2},
    "photo, thick pen": {"photo": True, "pen": 4.5},
    "photo, ruled paper": {"photo": True, "ruling": "ruled"},
    "photo, squared paper": {"photo": True, "ruling": "squared"},
}


def with_pen(width: float) -> Callable[[Tensor, int], Image.Image]:
    """Draw a digit's centre line with a round pen of this width, in pixels of MNIST's 28.

    Half of MNIST's own strokes are 2.1 to 3.0 wide, nine in ten are 1.7 to 3.9.
    """

    def draw(digit: Tensor, side: int) -> Image.Image:
        line = skeletonize(np.asarray(sheets.enlarged(digit, 28 * FINE)) >= 128)
        twice = Image.new("L", (2 * side, 2 * side))
        scale, radius = 2 * side / (28 * FINE), width * side / 28
        for y, x in np.argwhere(line) * scale:
            ImageDraw.Draw(twice).ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
        return twice.reduce(2)

    return draw


def sheet(place: int, *, pen: float | None = None, photo: bool = False, **options: object) -> Image.Image:
    """The sheet with this validation digit; the same one every time."""
    generator = np.random.default_rng(place)
    draw = sheets.enlarged if pen is None else with_pen(pen)
    ink = sheets.coverage(compute.mnist().valid.images[place], generator, draw=draw)
    picture = sheets.photograph(ink, generator, **options) if photo else sheets.scan(ink, **options)
    picture.load()
    return picture


def plain_resize(image: Image.Image) -> Tensor:
    """(a) Turned to grey, inverted as if the ink were dark, and scaled to 28 x 28."""
    return tensor(ImageOps.invert(image.convert("L")).resize((28, 28), Image.Resampling.BILINEAR))


def crop_and_centre(image: Image.Image) -> Tensor:
    """(b) Whichever is rarer, dark or light, is the ink; its box is scaled to 20 pixels and centred."""
    grey = ImageOps.autocontrast(ImageOps.exif_transpose(image).convert("L"))
    ink = grey if np.asarray(grey).mean() < 128 else ImageOps.invert(grey)
    digit = ink.crop(ink.point(lambda value: 255 * (value >= 128)).getbbox())
    scale = 20 / max(digit.size)
    digit = digit.resize(tuple(max(1, round(side * scale)) for side in digit.size), Image.Resampling.BILINEAR)
    placed = Image.new("L", (28, 28))
    placed.paste(digit, tuple((28 - side) // 2 for side in digit.size))
    return tensor(placed)


def tensor(image: Image.Image) -> Tensor:
    return torch.from_numpy(np.asarray(image).copy())


WAYS = {"ours": to_mnist, "a": plain_resize, "b": crop_and_centre}


def read(task: tuple[int, dict]) -> tuple[dict[str, bytes], float]:
    """One sheet, prepared in every way: way -> 784 bytes; and the milliseconds that ours took."""
    place, options = task
    picture, prepared = sheet(place, **options), {}
    for way, prepare in WAYS.items():
        began = time.perf_counter()
        try:
            pixels = prepare(picture)
        except HandwritingError:
            pixels = torch.zeros(28, 28, dtype=torch.uint8)
        if way == "ours":
            took = 1000 * (time.perf_counter() - began)
        prepared[way] = pixels.numpy().tobytes()
    return prepared, took


def main(images: int, kinds: Sequence[str]) -> None:
    mnist = compute.mnist()
    places = torch.randperm(len(mnist.valid), generator=torch.Generator().manual_seed(1))[:images].tolist()
    labels, classes = mnist.valid.labels[places], mnist.labels
    ideals = compute.ideals(mnist, classes)

    def score(stack: Tensor, labels: Tensor = labels) -> dict[str, float]:
        right = {n: predict(norm.distances(stack, ideals), classes) == labels for n, norm in NORMS.items()}
        return {norm: round(float(r.float().mean()), 4) for norm, r in right.items()}

    result = {"images": images, "untouched": score(mnist.valid.images[places]), "rows": {}}
    untouched = result["untouched"]
    print(f"{images:,} validation digits, ten ideals. Untouched: {untouched}")
    print(f"{'':22}" + "".join(f"{way + ' ' + norm:>17}" for way in WAYS for norm in NORMS) + f"{'ms':>7}")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn"), initializer=one_thread) as pool:
        for row, options in ({} if kinds else ROWS).items():
            done = list(pool.map(read, [(place, options) for place in places], chunksize=10))
            scores = {}
            for way in WAYS:
                pixels = b"".join(prepared[way] for prepared, _ in done)
                stack = torch.frombuffer(bytearray(pixels), dtype=torch.uint8).view(-1, 28, 28)
                scores[way] = score(stack)
            scores["ms"] = round(statistics.median(took for _, took in done), 1)
            result["rows"][row] = scores
            cells = (
                f"{scores[way][norm]:10.4f} ({100 * (scores[way][norm] - untouched[norm]):+5.1f})"
                for way in WAYS
                for norm in NORMS
            )
            print(f"{row:22}" + "".join(f"{cell:>17}" for cell in cells) + f"{scores['ms']:7.1f}", flush=True)
        result["kinds"] = kinds_of_pages(pool, images, kinds or list(pages.KINDS), score)
    print(json.dumps(result))


def kinds_of_pages(
    pool: ProcessPoolExecutor, images: int, kinds: Sequence[str], score: Callable[..., dict[str, float]]
) -> dict[str, dict[str, float]]:
    """A row for each kind of page, with about ``images`` digits in all."""
    rows, valid = {}, compute.mnist().valid
    columns = [column.name for column in fields(pages.Found)]
    print(f"\n{'':24}" + "".join(f"{name:>8}" for name in [*columns, *NORMS, "3-NN", "ms"]))
    for kind in kinds:
        most = pages.KINDS[kind].digits[1]
        many = max(1, images // most) if most else min(images, 100)
        done = list(pool.map(read_page, [(kind, number) for number in range(many)], chunksize=5))
        counts = sum((found for found, *_ in done), pages.Found())
        row = dict(zip(columns, counts.counts, strict=True))
        places = [place for _, some, _, _ in done for place in some]
        if places:
            stack = b"".join(pixels for _, _, prepared, _ in done for pixels in prepared)
            stack = torch.frombuffer(bytearray(stack), dtype=torch.uint8).view(-1, 28, 28)
            row |= score(stack, valid.labels[places])
            row["3-NN"] = round(float((three_neighbours(stack) == valid.labels[places]).float().mean()), 4)
        row["ms"] = round(statistics.median(took for *_, took in done), 1)
        rows[kind] = row
        cells = (f"{row.get(name, ''):>8}" for name in [*columns, *NORMS, "3-NN", "ms"])
        print(f"{kind:24}" + "".join(cells), flush=True)
    return rows


def read_page(task: tuple[str, int]) -> tuple[pages.Found, list[int], list[bytes], float]:
    """One page: what was found, its digits, what became of each (paper if it has no box), milliseconds."""
    kind, number = task
    generator = np.random.default_rng(number)
    made, valid = pages.KINDS[kind], compute.mnist().valid
    count = int(generator.integers(*made.digits, endpoint=True))
    places = generator.integers(0, len(valid), count).tolist()
    pens = [generator.uniform(1.6, 3) if generator.uniform() < 0.6 else None for _ in places]
    digits = [
        (sheets.enlarged if pen is None else with_pen(pen))(valid.images[place], made.side)
        for place, pen in zip(places, pens, strict=True)
    ]
    page = made.make(digits, generator)
    began = time.perf_counter()
    try:
        found = read_all(page.picture).digits
    except HandwritingError:
        found = ()
    took = 1000 * (time.perf_counter() - began)
    counts, own = pages.compared(page.boxes, [digit.box for digit in found])
    nothing = bytes(28 * 28)
    prepared = [nothing if at is None else found[at].pixels.numpy().tobytes() for at in own]
    return counts, places, prepared, took


def three_neighbours(stack: Tensor) -> Tensor:
    """The label that most of the three nearest among 20,000 training images have."""
    train = compute.mnist().train
    apart = torch.cdist(stack.flatten(1) / 255, train.images[:20_000].flatten(1) / 255)
    return train.labels[apart.topk(3, largest=False).indices].mode(1).values


def one_thread() -> None:
    torch.set_num_threads(1)


if __name__ == "__main__":
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # one process per core instead
    main(int(sys.argv[1]) if len(sys.argv) > 1 else IMAGES, sys.argv[2:])
