"""NumPy's own files: one array (.npy) or several by name (.npz). Pickled objects are never opened."""

from typing import BinaryIO
from zipfile import ZipFile

import numpy as np

from mnist_dash.core.datasets.archive import members
from mnist_dash.core.datasets.box import Entry
from mnist_dash.core.datasets.errors import DatasetError, reading
from mnist_dash.core.datasets.limits import MOST_BYTES


def npz_arrays(entry: Entry) -> dict[str, np.ndarray]:
    """Every array: "letters.npz: x_train" -> array. Raises DatasetError."""
    with reading(entry.shown), entry.opened() as (stream, _), ZipFile(stream) as archive:
        found = {}
        for info in members(archive, entry.shown):
            with archive.open(info) as file:
                name = f"{entry.shown}: {info.filename.removesuffix('.npy')}"
                found[name] = _array(file, info.file_size, name)
        return found


def npy_array(entry: Entry) -> np.ndarray:
    """The array in a file. Raises DatasetError."""
    with reading(entry.shown), entry.opened() as (stream, file):
        return _array(stream, entry.size if stream is file else MOST_BYTES, entry.shown)


def _array(file: BinaryIO, size: int, name: str) -> np.ndarray:
    """Read after a look at how large its head says it is, for NumPy makes room for that at once."""
    version = np.lib.format.read_magic(file)
    head = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, _, kind = head(file)
    if kind.hasobject:
        raise DatasetError(
            f"{name} holds Python objects, which could run any program: save it as an array of numbers"
        )
    count = 1
    for length in shape:
        count *= length  # in Python's numbers, which don't overflow
    if min(shape, default=0) < 0 or count * kind.itemsize > size:
        raise DatasetError(f"{name} says it is larger than its file: take another copy")
    file.seek(0)
    return np.lib.format.read_array(file, allow_pickle=False)
