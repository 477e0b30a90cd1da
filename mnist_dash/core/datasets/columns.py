"""Which columns of a table are pixels, and which one is the label."""

import re
from dataclasses import dataclass

import numpy as np

from mnist_dash.core.datasets.errors import DatasetError, listed
from mnist_dash.core.datasets.limits import MOST_CLASSES
from mnist_dash.core.datasets.scales import square

LABELS = ("label", "labels", "class", "y", "target", "digit", "letter", "character")
NUMBERS = ("", "id", "index", "unnamed: 0", "__index_level_0__")  # of the rows: no pixels


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


def first_is_label(first: np.ndarray, last: np.ndarray) -> bool:
    """Whether the first of these two columns rather holds labels than the last.

    Labels are texts, or few whole numbers in about equal shares; a corner of an image is mostly paper.
    """
    return _evenness(first) >= _evenness(last)


def _evenness(column: np.ndarray) -> float:
    if column.dtype.kind not in "iuf":
        return np.inf
    values, counts = np.unique(column, return_counts=True)
    if len(values) > MOST_CLASSES or (column.dtype.kind == "f" and (values != np.round(values)).any()):
        return -1
    shares = counts / counts.sum()
    return float(-(shares * np.log(shares)).sum())
