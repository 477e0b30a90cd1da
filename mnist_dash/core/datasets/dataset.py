"""What a data set is: labelled images to learn from and to be judged on."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from mnist_dash.core.datasets.errors import DatasetError

STRIDE = 128  # images from one running sum to the next


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
                "there must be as many labels as images: "
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
class Whole:
    """All images of a set that was read in a stream: of them only some are kept.

    sums: int64 (K, H, W), of each class the sum of all its images to learn from. train, valid: int64 (K,),
    how many of each class there are to learn from, and to be judged on.
    """

    sums: Tensor
    train: Tensor
    valid: Tensor

    def __len__(self) -> int:
        return int(self.train.sum() + self.valid.sum())

    def ideals(self, classes: Sequence[int]) -> Tensor:
        """The mean of all images of each class, in the order of ``classes``: float32 (k, H, W) in [0, 1]."""
        labels = list(classes)
        return (self.sums[labels].double() / (255 * self.train[labels, None, None])).float()


@dataclass(frozen=True, eq=False)
class Dataset:
    """A name, the images to learn from (``train``) and the images to be judged on (``valid``).

    classes: what each label is called; a label is a place among them. By default 0 is "0", 1 is "1", ...
    source: where the set comes from. notes: what was skipped, recognised or changed when it was read.
    whole: what all its images come to, where only some are kept.
    Raises DatasetError when a label has no name.
    """

    name: str
    train: Digits
    valid: Digits
    classes: tuple[str, ...] = ()
    source: str = ""
    notes: tuple[str, ...] = ()
    whole: Whole | None = None

    def __post_init__(self) -> None:
        found = self.train.places.keys() | self.valid.places.keys()
        if not self.classes:
            object.__setattr__(self, "classes", tuple(map(str, range(max(found, default=-1) + 1))))
        if found - set(range(len(self.classes))):
            raise DatasetError(
                f"labels must be places among the {len(self.classes)} classes, 0 to {len(self.classes) - 1}: "
                f"got {min(found)} to {max(found)}"
            )

    @cached_property
    def labels(self) -> tuple[int, ...]:
        """The labels that have training images, ascending."""
        return tuple(self.train.places)
