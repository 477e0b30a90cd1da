"""What is found in files, before it is a data set: images as they lie, what they are called, their part."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from mnist_dash.core.datasets.errors import DatasetError
from mnist_dash.core.datasets.room import Room

PARTS = {
    "train": ("train", "training"),
    "valid": ("valid", "val", "validation", "dev"),
    "test": ("test", "testing", "t10k", "eval"),
}
WORDS = {word: part for part, words in PARTS.items() for word in words}


@dataclass
class Part:
    """images: any numbers, (N, ...). labels: (N,) numbers or texts, None where there are none.

    split: of each image the part it belongs to, where that is said image by image.
    pictures: they are uint8 (N, H, W) and run from 0 to 255. before: how many images of the file come before.
    """

    images: np.ndarray
    labels: np.ndarray | None
    file: str
    split: np.ndarray | None = None
    pictures: bool = False
    before: int = 0


@dataclass
class Found:
    """parts: by the keys of ``PARTS``; "unlabelled" has no labels.

    names: of the labels 0, 1, ... where a file tells. order: of the names.
    """

    parts: dict[str, Part]
    notes: list[str] = field(default_factory=list)
    names: list[str] | None = None
    order: list[str] = field(default_factory=list)


def part_of(name: str) -> str | None:
    """The part that a name speaks of, ``mnist_train.csv``; of several the last, ``test.npz: x_train``."""
    said = [WORDS[word] for word in re.findall("[a-z0-9]+", name.lower()) if word in WORDS]
    return said[-1] if said else None


def joined(parts: list[Part]) -> dict[str, Part]:
    """Each part from its files. What no name speaks of is to learn from. Raises DatasetError."""
    found: dict[str, list[Part]] = {}
    for part in parts:
        for name, some in by_split(part).items():
            found.setdefault(name, []).append(some)
    return {name: _one(some) for name, some in found.items()}


def by_split(part: Part) -> dict[str, Part]:
    """What belongs to each of the parts of a set."""
    if part.labels is None:
        return {"unlabelled": part}
    if part.split is None:
        return {part_of(part.file) or "train": part}
    found = {}
    for name in dict.fromkeys(part.split.tolist()):
        here = part.split == name
        kept = (part.images, part.labels) if here.all() else (part.images[here], part.labels[here])
        found[part_of(str(name)) or "train"] = Part(
            *kept, part.file, pictures=part.pictures, before=part.before
        )
    return found


def gathered(blocks: Iterable[Part], count: int, room: Room) -> Part | None:
    """All blocks as one, None if there is none. count: of images, at most. Raises TooLargeError at once."""
    images, done, labels, split, first = None, 0, [], [], None
    for part in blocks:
        if images is None:
            room.take(count, 1, math.prod(part.images.shape[1:]), part.file)
            images, first = np.empty((count, *part.images.shape[1:]), part.images.dtype), part
        if part.images.dtype != images.dtype:
            images = images.astype(np.result_type(images, part.images))
        images[done : done + len(part.images)] = part.images
        done += len(part.images)
        labels.append(part.labels)
        split.append(part.split)
    if images is None:
        return None
    labels, split = (None if each[0] is None else np.concatenate(each) for each in (labels, split))
    return replace(first, images=images[:done], labels=labels, split=split)


def _one(parts: list[Part]) -> Part:
    first = parts[0]
    if len(parts) == 1:
        return first
    for part in parts:
        if part.images.shape[1:] != first.images.shape[1:]:
            one, other = (" × ".join(map(str, each.images.shape[1:])) for each in (first, part))
            raise DatasetError(
                f"{first.file} holds images of {one} and {part.file} of {other}: give files of one size"
            )
    labels = None if first.labels is None else np.concatenate([part.labels for part in parts])
    return Part(np.concatenate([part.images for part in parts]), labels, first.file, pictures=first.pictures)
