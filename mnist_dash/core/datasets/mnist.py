"""MNIST from its own four files, which lie beside this package."""

import gzip
import struct
import zlib
from pathlib import Path

import torch
from torch import Tensor

from mnist_dash.core.datasets.dataset import Dataset, Digits
from mnist_dash.core.datasets.errors import DatasetError

MNIST_FOLDER = Path(__file__).parents[1] / "mnist"
SOURCE = "MNIST, by Y. LeCun, C. Cortes and C. Burges, from the four files in this package (CC BY-SA 3.0)."


def load_mnist(folder: Path = MNIST_FOLDER) -> Dataset:
    """MNIST from its four gzipped IDX files: 60,000 training and 10,000 validation images, 28 x 28.

    Raises DatasetError, one sentence with the file's name, when a file is missing, cut off or altered.
    """
    train, valid = load_mnist_part("train", folder), load_mnist_part("t10k", folder)
    return Dataset("MNIST", train, valid, source=SOURCE)


def load_mnist_part(part: str, folder: Path = MNIST_FOLDER) -> Digits:
    """The images and labels of "train" or "t10k". Raises DatasetError as ``load_mnist`` does."""
    images_file = folder / f"{part}-images-idx3-ubyte.gz"
    labels_file = folder / f"{part}-labels-idx1-ubyte.gz"
    images, labels = read_idx(images_file, rank=3), read_idx(labels_file, rank=1)
    if len(images) != len(labels):
        raise DatasetError(
            f"{images_file.name} holds {len(images):,} images but {labels_file.name} holds "
            f"{len(labels):,} labels: {_MEND.format(file='both')}"
        )
    return Digits(images, labels.long())


_MEND = "restore {file} from the repository (mnist_dash/mnist)"


def read_idx(file: Path, *, rank: int) -> Tensor:
    """A gzipped IDX file of unsigned bytes -> uint8 tensor with ``rank`` axes.

    The format (Y. LeCun, the MNIST page): two zero bytes, a type code (8 = unsigned byte), the rank,
    then the length of each axis as a big-endian 32-bit integer, then the values, last axis fastest.
    Reading to the end lets gzip compare its checksum, so an altered byte is noticed too.
    """
    mend = _MEND.format(file="it")
    try:
        with gzip.open(file) as stream:
            head = stream.read(4 + 4 * rank)
            if len(head) < 4 + 4 * rank:
                raise DatasetError(f"{file.name} is cut off within its head: {mend}")
            if head[:4] != bytes((0, 0, 8, rank)):
                raise DatasetError(
                    f"{file.name} begins with {head[:4].hex(' ')}, not with the magic number "
                    f"00 00 08 {rank:02x} of an IDX file of bytes with {rank} axes: {mend}"
                )
            shape = struct.unpack(f">{rank}I", head[4:])
            count = 1
            for length in shape:
                count *= length
            values = bytearray(stream.read())
    except FileNotFoundError:
        raise DatasetError(f"{file.name} is missing from {file.parent}: {mend}") from None
    except EOFError:
        raise DatasetError(f"{file.name} is cut off: {mend}") from None
    except (OSError, zlib.error) as error:
        raise DatasetError(f"{file.name} cannot be read ({error}): {mend}") from None
    if len(values) != count or not count:
        axes = " x ".join(str(length) for length in shape)
        raise DatasetError(f"{file.name} says it holds {axes} values but {len(values):,} follow: {mend}")
    return torch.frombuffer(values, dtype=torch.uint8).view(shape)
