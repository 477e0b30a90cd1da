"""NumPy's own files: one array (.npy) or several by name (.npz). Pickled objects are never opened."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import BinaryIO
from zipfile import ZipFile, ZipInfo

import numpy as np

from mnist_dash.core.datasets.archive import members
from mnist_dash.core.datasets.box import Entry
from mnist_dash.core.datasets.errors import DatasetError, reading
from mnist_dash.core.datasets.limits import MOST_STREAMED
from mnist_dash.core.datasets.rows import Rows, read_blocks

Head = tuple[tuple[int, ...], bool, np.dtype]  # shape, whether the first axis goes fastest, kind of numbers


def npz_rows(entry: Entry) -> dict[str, Rows]:
    """Every array, its numbers not read yet: "letters.npz: x_train" -> Rows. Raises DatasetError."""
    with reading(entry.shown):
        with entry.opened() as (stream, _), ZipFile(stream) as archive:
            found = members(archive, entry.shown)
        names = [f"{entry.shown}: {info.filename.removesuffix('.npy')}" for info in found]
        return {name: _rows(entry, info, name) for name, info in zip(names, found, strict=True)}


def npy_rows(entry: Entry) -> Rows:
    """The array in a file, its numbers not read yet. Raises DatasetError."""
    with reading(entry.shown):
        return _rows(entry, None, entry.shown)


def _rows(entry: Entry, info: ZipInfo | None, name: str) -> Rows:
    with _opened(entry, info) as (file, size):
        shape, by_columns, kind = _head(file)
    if kind.hasobject:
        raise DatasetError(
            f"{name} holds Python objects, which could run any program: save it as an array of numbers"
        )
    if min(shape, default=0) < 0 or math.prod(shape) * kind.itemsize > size:
        raise DatasetError(f"{name} says it is larger than its file: take another copy")
    there = shape[::-1] if by_columns else shape
    return Rows(shape, kind, name, partial(_blocks, entry, info, there, kind, name), by_columns)


@contextmanager
def _opened(entry: Entry, info: ZipInfo | None) -> Iterator[tuple[BinaryIO, int]]:
    """The array's file, and how large it is at most."""
    with entry.opened() as (stream, lying):
        if info is None:
            yield stream, entry.size if stream is lying else MOST_STREAMED
        else:
            with ZipFile(stream) as archive, archive.open(info) as file:
                yield file, info.file_size


def _head(file: BinaryIO) -> Head:
    version = np.lib.format.read_magic(file)
    read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    return read(file)


def _blocks(
    entry: Entry, info: ZipInfo | None, shape: tuple[int, ...], kind: np.dtype, name: str, at_once: int
) -> Iterator[np.ndarray]:
    with reading(name), _opened(entry, info) as (file, _):
        _head(file)
        yield from read_blocks(file, shape, kind, at_once, name)
