"""IDX, the format of MNIST's own files.

Two zero bytes, a type code, the number of axes, the length of each axis as a big-endian 32-bit integer, then
the values, big-endian, last axis fastest (Y. LeCun, the MNIST page).
"""

import math
import struct
from collections.abc import Iterator
from functools import partial

import numpy as np

from mnist_dash.core.datasets.box import Entry
from mnist_dash.core.datasets.errors import DatasetError, reading
from mnist_dash.core.datasets.limits import MOST_STREAMED
from mnist_dash.core.datasets.rows import Rows, filled, read_blocks, said

TYPES = {8: "u1", 9: "i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}


def idx_rows(entry: Entry) -> Rows:
    """The array in a file, raw or gzip, its values not read yet. Raises DatasetError.

    Reading its values raises it too, where they are cut off, too many or altered.
    """
    with entry.opened() as (stream, _):
        head = filled(stream, 4, entry.shown)
        axes, kind = head[3], np.dtype(TYPES[head[2]])
        lengths = filled(stream, 4 * axes, entry.shown)
    if len(lengths) < 4 * axes:
        raise DatasetError(f"{entry.shown} is cut off within its head: take another copy")
    shape = struct.unpack(f">{axes}I", lengths)
    if math.prod(shape) > MOST_STREAMED:
        raise DatasetError(
            f"{entry.shown} says it holds {said(shape)} values, over {MOST_STREAMED / 1e9:,.0f} GB: "
            "give fewer, or another copy if the head is damaged"
        )
    if not math.prod(shape):
        raise DatasetError(f"{entry.shown} says it holds nothing: take another copy")
    return Rows(shape, kind, entry.place, partial(_blocks, entry, shape, kind))


def _blocks(entry: Entry, shape: tuple[int, ...], kind: np.dtype, at_once: int) -> Iterator[np.ndarray]:
    bits, largest = 0, 0
    with entry.opened() as (stream, _):
        filled(stream, 4 + 4 * len(shape), entry.shown)
        for block in read_blocks(stream, shape, kind, at_once, entry.shown):
            if kind == ">i4":
                bits |= int(np.bitwise_or.reduce(block, axis=None))
                largest = max(largest, int(block.max()))
            yield block
        with reading(entry.shown):
            try:
                more = stream.read(1)
            except EOFError:
                raise DatasetError(f"{entry.shown} is cut off at its very end: take another copy") from None
    if more:
        raise DatasetError(
            f"{entry.shown} goes on after the {shape[0]:,} that it says it holds: take another copy"
        )
    if bits and not bits & 0xFFFFFF:
        raise DatasetError(
            f"{entry.shown} holds only multiples of 2^24, such as {largest:,}: "
            "its bytes are in the wrong order, write them with the highest first (big-endian)"
        )
