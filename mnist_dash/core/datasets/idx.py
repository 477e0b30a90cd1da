"""IDX, the format of MNIST's own files.

Two zero bytes, a type code, the number of axes, the length of each axis as a big-endian 32-bit integer, then
the values, big-endian, last axis fastest (Y. LeCun, the MNIST page).
"""

import math
import struct
from collections.abc import Callable

import numpy as np

from mnist_dash.core.datasets.box import Entry
from mnist_dash.core.datasets.errors import DatasetError, reading
from mnist_dash.core.datasets.limits import MOST_BYTES

TYPES = {8: "u1", 9: "i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}
AT_ONCE = 2**20  # bytes


def idx_array(entry: Entry, told: Callable[[int, int], None]) -> np.ndarray:
    """The array in a file, raw or gzip. Raises DatasetError when it is cut off, too long or altered."""
    with entry.opened() as (stream, _):
        head = _read(stream.read, 4, entry.shown) or b""
        axes, kind = head[3], np.dtype(TYPES[head[2]])
        lengths = _read(stream.read, 4 * axes, entry.shown) or b""
        if len(lengths) < 4 * axes:
            raise DatasetError(f"{entry.shown} is cut off within its head: take another copy")
        shape = struct.unpack(f">{axes}I", lengths)
        wanted = math.prod(shape) * kind.itemsize
        if wanted > MOST_BYTES * kind.itemsize:
            raise DatasetError(
                f"{entry.shown} says it holds {' × '.join(f'{length:,}' for length in shape)} values, over "
                f"{MOST_BYTES / 1e9:.1f} GB: give fewer, or another copy if the head is damaged"
            )
        if not wanted:
            raise DatasetError(f"{entry.shown} says it holds nothing: take another copy")
        values = bytearray()
        read = getattr(stream, "read1", stream.read)  # so that nothing is lost of what comes before a cut
        while some := _read(read, min(AT_ONCE, wanted + 1 - len(values)), entry.shown):
            values += some
            told(min(len(values), wanted), wanted)
            if len(values) > wanted:
                raise DatasetError(
                    f"{entry.shown} goes on after the {shape[0]:,} that it says it holds: take another copy"
                )
    if len(values) < wanted:
        each = wanted // shape[0]
        things = "images" if axes > 1 else "labels"
        raise DatasetError(
            f"{entry.shown} ends after {len(values) // each:,} of {shape[0]:,} {things}: take another copy"
        )
    if some is None:
        raise DatasetError(f"{entry.shown} is cut off at its very end: take another copy")
    array = np.frombuffer(values, kind).reshape(shape)
    if kind == ">i4" and array.any() and not (array & 0xFFFFFF).any():
        raise DatasetError(
            f"{entry.shown} holds only multiples of 2^24, such as {array.max():,}: "
            "its bytes are in the wrong order, write them with the highest first (big-endian)"
        )
    return array


def _read(read: Callable[[int], bytes], size: int, file: str) -> bytes | None:
    """Bytes; None where a gzip file is cut off."""
    with reading(file):
        try:
            return read(size)
        except EOFError:
            return None
