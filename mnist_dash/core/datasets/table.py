"""CSV, plain or gzip: one image a row, with or without a head, its label first, last or by name."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from mnist_dash.core.datasets.box import Entry
from mnist_dash.core.datasets.classes import natural
from mnist_dash.core.datasets.columns import LABELS, Columns, find_columns, first_is_label
from mnist_dash.core.datasets.errors import DatasetError, each_read, reading, short
from mnist_dash.core.datasets.parts import Part, gathered
from mnist_dash.core.datasets.room import Room
from mnist_dash.core.datasets.rows import Told
from mnist_dash.core.datasets.scales import narrow

HEAD = 2**21  # bytes: no row is longer
FIELDS = 2**20  # at once


@dataclass(frozen=True)
class Table:
    """How a table is read. rows: how many there are, at most. names: of its columns, if it has a head."""

    entry: Entry
    columns: Columns
    rows: int
    names: list[str]
    notes: list[str]
    _options: dict

    def blocks(self) -> Iterator[Part]:
        """The images some at a time. Raises DatasetError."""
        before = 0
        for chunk in _chunks(self.entry, self._options):
            pixels = _numbers(chunk[self.columns.pixels], self.entry, before + bool(self.names), self.names)
            labels = None if self.columns.label is None else chunk[self.columns.label].to_numpy()
            images = pixels.reshape(len(chunk), *self.columns.shape)
            yield Part(images, labels, self.entry.place, before=before)
            before += len(chunk)
        if not before:
            raise DatasetError(f"{self.entry.shown} has a head but no rows: take another copy")


def table_of(entry: Entry, told: Told) -> Table:
    """Which columns are what, after a look at the whole file if that is needed. Raises DatasetError."""
    mark, names, head = _first_rows(entry)
    columns, notes = find_columns(names if head else [""] * len(names), entry.shown), []
    options = {"sep": mark, "header": None, "skiprows": int(head), "low_memory": False, "index_col": False}
    options |= {"encoding": "utf-8-sig", "encoding_errors": "replace"}
    options["chunksize"] = max(1, FIELDS // len(names))  # rows
    rows = _count_rows(entry, told) - head
    if columns.doubt:
        ends = [columns.pixels[0], columns.pixels[-1]]
        chunks = _chunks(entry, options | {"usecols": ends})
        said = first_is_label([chunk[place].to_numpy() for place in ends] for chunk in chunks)
        columns = columns.settled(ends[0] if said else ends[1])
        notes.append(f"The {'first' if said else 'last'} column of {entry.shown} is taken as the label.")
    return Table(entry, columns, rows, names if head else [], notes, options)


def read_table(entry: Entry, room: Room, told: Told) -> tuple[Part, list[str]]:
    """The images in a table, and what to say about them. Raises DatasetError."""
    table = table_of(entry, told)

    def blocks() -> Iterator[Part]:
        for part in table.blocks():
            told(min(part.before + len(part.images), table.rows), table.rows)
            yield part

    part = gathered(blocks(), table.rows, room)
    told(table.rows, table.rows)
    return part, table.notes


def _count_rows(entry: Entry, told: Told) -> int:
    """Rows that are empty count too."""
    rows, ends, last = 0, b"\n", b"\n"
    with entry.opened() as (stream, _):
        while True:
            with reading(entry.shown):
                some = stream.read(HEAD)
            if not some:
                return rows + (last != ends)
            if not rows and b"\n" not in some:
                ends = b"\r"
            found = some.count(ends)
            if not found and len(some) == HEAD:
                raise DatasetError(f"{entry.shown} has a row of over {HEAD:,} bytes: that is no image")
            rows, last = rows + found, some[-1:]
            told(0, rows)


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


def _chunks(entry: Entry, options: dict) -> Iterator[pd.DataFrame]:
    with entry.opened() as (stream, _):
        with reading(entry.shown):
            chunks = pd.read_csv(stream, **options)
        with chunks:  # or the file would be closed with it, though it is to be read again
            yield from each_read(chunks, entry.shown)


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
