"""An array in a file, read from its start some rows at a time."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from mnist_dash.core.datasets.errors import DatasetError, reading
from mnist_dash.core.datasets.limits import MOST_BYTES, MOST_PIXELS

AT_ONCE = 2**20  # numbers, bytes
Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Rows:
    """name: of the file, and within it. _read: how many rows at once -> block after block of them.

    by_columns: the first axis goes fastest in the file (Fortran's order), so that no row lies in one piece.
    """

    shape: tuple[int, ...]
    dtype: np.dtype
    name: str
    _read: Callable[[int], Iterator[np.ndarray]]
    by_columns: bool = False

    @property
    def ndim(self) -> int:
        return len(self.shape)

    @property
    def size(self) -> int:
        return math.prod(self.shape)

    def __len__(self) -> int:
        return self.shape[0]

    def blocks(self) -> Iterator[np.ndarray]:
        """All rows; of two arrays with rows of one length in equal blocks. Raises DatasetError."""
        if self.by_columns:
            raise DatasetError(
                f"{self.name} is too large to be read at once, and lies there column by column: "
                "save it row by row, with numpy.ascontiguousarray"
            )
        return self._blocks(self.shape)

    def whole(self, told: Told = lambda done, total: None) -> np.ndarray:
        """The array. told: how many rows are read, and of how many. Raises DatasetError."""
        if self.size > MOST_BYTES:
            raise DatasetError(
                f"{self.name} holds {said(self.shape)} values, too many to be read at once: give fewer"
            )
        shape = self.shape[::-1] if self.by_columns else self.shape
        array, done = np.empty(shape, self.dtype), 0
        for block in self._blocks(shape):
            array[done : done + len(block)] = block
            done += len(block)
            told(done, len(array))
        return array.T if self.by_columns else array

    def _blocks(self, shape: tuple[int, ...]) -> Iterator[np.ndarray]:
        each = math.prod(shape[1:])
        if not self.by_columns and each > MOST_PIXELS:
            raise DatasetError(
                f"{self.name} has {each:,} values an image, over {MOST_PIXELS:,}: give smaller ones"
            )
        return self._read(max(1, AT_ONCE // max(each, 1)))


def said(shape: tuple[int, ...]) -> str:
    """ "60,000 × 28 × 28"."""
    return " × ".join(f"{length:,}" for length in shape)


def blocks_of(array: np.ndarray | Rows) -> Iterator[np.ndarray]:
    """The array itself, or what it is read in."""
    return array.blocks() if isinstance(array, Rows) else iter((array,))


def read_blocks(
    stream: BinaryIO, shape: tuple[int, ...], kind: np.dtype, at_once: int, file: str
) -> Iterator[np.ndarray]:
    """From where the stream is, so many rows at once. Raises DatasetError where it ends too early."""
    each, done = math.prod(shape[1:]) * kind.itemsize, 0
    while done < shape[0]:
        count = min(at_once, shape[0] - done)
        values = filled(stream, count * each, file)
        if len(values) < count * each:
            things = "images" if len(shape) > 1 else "labels"
            raise DatasetError(
                f"{file} ends after {done + len(values) // each:,} of {shape[0]:,} {things}: "
                "take another copy"
            )
        done += count
        yield np.frombuffer(values, kind).reshape(count, *shape[1:])


def filled(stream: BinaryIO, size: int, file: str) -> bytearray:
    """So many bytes; fewer where the file ends or is cut off."""
    read = getattr(stream, "read1", stream.read)  # so that nothing is lost of what comes before a cut
    values = bytearray()
    while len(values) < size:
        with reading(file):
            try:
                some = read(min(AT_ONCE, size - len(values)))
            except EOFError:
                break
        if not some:
            break
        values += some
    return values
