"""Files -> ``Dataset``, checked at the border so that nothing behind it has to doubt its input.

Knows nothing about classifying or about screens.
"""

import gzip
import struct
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import torch
from torch import Tensor

MNIST_FOLDER = Path(__file__).parents[1] / "mnist"
STRIDE = 128  # images from one running sum to the next


class DatasetError(ValueError):
    """A file or a tensor is not what a data set needs; the message says which, why and how to mend it."""


@dataclass(frozen=True, eq=False)
class Digits:
    """One stack of labelled images.

    images: uint8 (N, H, W), 0 = paper, 255 = ink. labels: int64 (N,).
    Raises DatasetError when types or shapes do not agree.
    """

    images: Tensor
    labels: Tensor

    def __post_init__(self) -> None:
        if self.images.dtype != torch.uint8 or self.images.ndim != 3:
            raise DatasetError(
                "images must be a uint8 tensor of shape (N, H, W): "
                f"got {self.images.dtype} of shape {tuple(self.images.shape)}"
            )
        if self.labels.dtype != torch.int64 or self.labels.ndim != 1:
            raise DatasetError(
                "labels must be an int64 tensor of shape (N,): "
                f"got {self.labels.dtype} of shape {tuple(self.labels.shape)}"
            )
        if len(self.images) != len(self.labels):
            raise DatasetError(
                "images and labels must be equally many: "
                f"got {len(self.images):,} images and {len(self.labels):,} labels"
            )

    def __len__(self) -> int:
        return len(self.labels)

    def of(self, classes: Collection[int], first: int | None = None) -> "Digits":
        """The images of these classes, in file order; only the first N of each, if given."""
        keep = torch.zeros(len(self), dtype=torch.bool)
        for cls in self.places.keys() & classes:
            keep[self.places[cls][:first]] = True
        return self if keep.all() else Digits(self.images[keep], self.labels[keep])

    @cached_property
    def places(self) -> dict[int, Tensor]:
        """Where the images of each class are, ascending: class -> int64 (n,)."""
        classes, counts = self.labels.unique(return_counts=True)
        by_class = self.labels.argsort(stable=True).split(counts.tolist())
        return dict(zip(classes.tolist(), by_class, strict=True))

    @property
    def stacks(self) -> "Stacks":
        """The stacked images of each class that has any, in file order: class -> uint8 (n, H, W)."""
        return Stacks(self)

    @cached_property
    def _sums(self) -> dict[int, Tensor]:
        """Of each class, the sums of its first 0, 128, 256, ... images: class -> int64 (n / 128, H, W)."""
        found = {}
        for cls, stack in self.stacks.items():
            sums = [images.sum(0) for images in stack.split(STRIDE)]
            found[cls] = torch.stack([torch.zeros_like(sums[0]), *sums]).cumsum(0)
        return found

    def sum_of_first(self, cls: int, count: int) -> Tensor:
        """The sum of the first images of a class, without looking at all of them: int64 (H, W)."""
        summed = count // STRIDE
        rest = self.images[self.places[cls][summed * STRIDE : count]]
        return self._sums[cls][summed] + rest.sum(0)


class Stacks(Mapping[int, Tensor]):
    """``Digits.stacks``: each made when it is asked for, so that the images are in memory once."""

    def __init__(self, digits: Digits) -> None:
        self._images, self._places = digits.images, digits.places

    def __getitem__(self, cls: int) -> Tensor:
        return self._images[self._places[cls]]

    def __iter__(self) -> Iterator[int]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


@dataclass(frozen=True, eq=False)
class Dataset:
    """A name, the images to learn from (``train``) and the images to be judged on (``valid``)."""

    name: str
    train: Digits
    valid: Digits

    @cached_property
    def classes(self) -> tuple[int, ...]:
        """The classes that have training images, ascending."""
        return tuple(self.train.places)


def load_mnist(folder: Path = MNIST_FOLDER) -> Dataset:
    """MNIST from its four gzipped IDX files: 60,000 training and 10,000 validation images, 28 x 28.

    Raises DatasetError, one sentence with the file's name, when a file is missing, cut off or altered.
    """
    return Dataset("MNIST", train=_read_digits(folder, "train"), valid=_read_digits(folder, "t10k"))


def _read_digits(folder: Path, part: str) -> Digits:
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
