"""CSV, plain or gzip: one image a row, with or without a head, its label first, last or by name."""

import csv
from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
import pandas as pd

from mnist_dash.core.datasets.box import Entry
from mnist_dash.core.datasets.classes import natural
from mnist_dash.core.datasets.columns import LABELS, find_columns, first_is_label
from mnist_dash.core.datasets.errors import DatasetError, reading, short
from mnist_dash.core.datasets.parts import Part
from mnist_dash.core.datasets.scales import check_room, narrow

HEAD = 2**21  # bytes: no row is longer
ROWS = 4_000  # at once


def read_table(entry: Entry, told: Callable[[int, int], None]) -> tuple[Part, list[str]]:
    """The images in a table, and what to say about them. Raises DatasetError."""
    mark, names, head = _first_rows(entry)
    columns, notes = find_columns(names if head else [""] * len(names), entry.shown), []
    options = {"sep": mark, "header": None, "skiprows": int(head), "low_memory": False, "index_col": False}
    options |= {"encoding": "utf-8-sig", "encoding_errors": "replace"}
    if columns.doubt:
        first, last = columns.pixels[0], columns.pixels[-1]
        ends = pd.concat(_chunks(entry, options | {"usecols": [first, last]}, lambda *_: None))
        said = first_is_label(ends[first].to_numpy(), ends[last].to_numpy())
        columns = columns.settled(first if said else last)
        place = "first" if said else "last"
        notes.append(f"The {place} column of {entry.shown} is taken as the label.")
    images, labels, rows = [], [], 0
    for chunk in _chunks(entry, options, told):
        images.append(_numbers(chunk[columns.pixels], entry, rows + head, names if head else []))
        rows += len(chunk)
        check_room(rows, 1, len(columns.pixels), entry.shown)
        if columns.label is not None:
            labels.append(chunk[columns.label])
    if not rows:
        raise DatasetError(f"{entry.shown} has a head but no rows: take another copy")
    block = np.concatenate(images).reshape(rows, *columns.shape)
    return Part(block, pd.concat(labels).to_numpy() if labels else None, entry.place), notes


def _first_rows(entry: Entry) -> tuple[str, list[str], bool]:
    """What separates the fields, the first row, and whether it is a head."""
    with reading(entry.shown), entry.opened() as (stream, _):
        lines = stream.read(HEAD).decode("utf-8-sig", "replace").lstrip("\r\n").splitlines()[:20]
    if len(lines) < 2:
        raise DatasetError(f"{entry.shown} has one row only: give one row for each image")
    mark = max(",;\t ", key=lines[0].count)
    first = next(csv.reader(lines[:1], delimiter=mark))
    return mark, first, _is_head([name.strip().lower() for name in first])


def _is_head(names: list[str]) -> bool:
    """Whether the first row names the columns, were it only by their numbers: 0, 1, 2 or 0, 0.1, 0.2."""
    words = sum(not _is_number(name) for name in names)
    numbered = all(natural(one) < natural(other) for one, other in pairwise(names))
    return words > len(names) / 2 or numbered or any(name in LABELS for name in names)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _chunks(entry: Entry, options: dict, told: Callable[[int, int], None]) -> Iterator[pd.DataFrame]:
    with entry.opened() as (stream, file):
        with reading(entry.shown):
            chunks = pd.read_csv(stream, chunksize=ROWS, **options)
        while True:
            with reading(entry.shown):
                chunk = next(chunks, None)
            if chunk is None:
                return
            told(file.tell(), entry.size)
            yield chunk


def _numbers(pixels: pd.DataFrame, entry: Entry, before: int, names: list[str]) -> np.ndarray:
    """(rows, pixels). Raises DatasetError with the place of the first field that is no number."""
    odd = next((place for place in pixels if pixels[place].dtype.kind not in "iufb"), None)
    missing = pixels.isna()
    if odd is None and not missing.to_numpy().any():
        return narrow(pixels.to_numpy())
    numbers = pixels.apply(pd.to_numeric, errors="coerce")
    row, column = np.argwhere(numbers.isna().to_numpy())[0]
    place = pixels.columns[column]
    field = "is empty" if missing.iat[row, column] else f"says “{short(str(pixels.iat[row, column]), 20)}”"
    named = f" ({short(names[place])})" if names else ""
    raise DatasetError(
        f"{entry.shown}, row {before + row + 1:,}, column {place + 1}{named} {field}: put a number there"
    )
