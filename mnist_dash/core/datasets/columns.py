"""Which columns of a table are pixels, and which one is the label."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from mnist_dash.core.datasets.errors import DatasetError, listed
from mnist_dash.core.datasets.limits import MOST_CLASSES
from mnist_dash.core.datasets.scales import square

LABELS = ("label", "labels", "class", "y", "target", "digit", "letter", "character")
NUMBERS = ("", "id", "index", "unnamed: 0", "__index_level_0__")  # of the rows: no pixels

TEXT = "a text"


@dataclass(frozen=True)
class Columns:
    """Places of columns. label: None where there is none.

    doubt: the first or the last of the pixels is the label.
    """

    pixels: list[int]
    shape: tuple[int, ...]  # of one image
    label: int | None
    doubt: bool = False

    def settled(self, label: int) -> "Columns":
        return Columns([place for place in self.pixels if place != label], self.shape, label)


def find_columns(names: list[str], file: str) -> Columns:
    """By name, else by how many there are: names are empty where a table has no head. Raises DatasetError."""
    known = [name.strip().strip('"').lower() for name in names]
    by_name = [known.index(name) for name in LABELS if name in known]
    label = by_name[0] if by_name else None
    rows = {place for place, name in enumerate(known) if name in NUMBERS} if any(known) else set()
    pixels = [place for place in range(len(names)) if place != label and place not in rows]
    last = re.fullmatch(r"(\d+)x(\d+)", known[pixels[-1]]) if pixels else None
    if last and int(last[1]) * int(last[2]) == len(pixels):
        return Columns(pixels, (int(last[1]), int(last[2])), label)
    if shape := square(len(pixels)):
        return Columns(pixels, shape, label)
    if label is None and (shape := square(len(pixels) - 1)):
        return Columns(pixels, shape, None, doubt=True)
    some = f" ({listed([name for name in names if name])})" if any(known) else ""
    raise DatasetError(
        f"{file} has {len(names):,} columns{some}, but a label and the pixels of a square image are "
        "1 and 784, say: leave out what is neither"
    )


def first_is_label(ends: Iterable[Sequence[np.ndarray]]) -> bool:
    """Whether the first of two columns, which come some rows at a time, rather holds labels than the last.

    Labels are texts, or few whole numbers in about equal shares; a corner of an image is mostly paper.
    """
    found = [Counter(), Counter()]
    for columns in ends:
        for counts, column in zip(found, columns, strict=True):
            if column.dtype.kind not in "iuf":
                counts[TEXT] += len(column)
            elif len(counts) <= MOST_CLASSES:
                values, often = np.unique(column, return_counts=True)
                counts.update(dict(zip(values.tolist(), often.tolist(), strict=True)))
    first, last = map(_evenness, found)
    return first >= last


def _evenness(counts: Counter) -> float:
    if TEXT in counts:
        return np.inf
    if len(counts) > MOST_CLASSES or not all(float(value).is_integer() for value in counts):
        return -1
    shares = np.array([*counts.values()]) / counts.total()
    return float(-(shares * np.log(shares)).sum())
