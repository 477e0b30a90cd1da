"""A set that there is no room for: looked through once, then added up, and some of its images kept.

Only after a look at all of them is it known which scale the pixels are on, what the classes are and how many
images each has; so every image is read twice, and as few as possible are in memory at a time. Which images
are held back to be judged on is the same as if the set had been read as a whole.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf

import numpy as np
import torch
from torch import Tensor

from mnist_dash.core.datasets.classes import values_of
from mnist_dash.core.datasets.dataset import Digits, Whole
from mnist_dash.core.datasets.errors import DatasetError, listed
from mnist_dash.core.datasets.limits import MOST_CLASSES
from mnist_dash.core.datasets.parts import Part
from mnist_dash.core.datasets.room import kept_of
from mnist_dash.core.datasets.rows import Told
from mnist_dash.core.datasets.scales import (
    GREY,
    Scale,
    Size,
    all_resized,
    grey,
    light_edges,
    range_of,
    scale_of,
    stretched,
)
from mnist_dash.core.datasets.split import drawn, held_back

MOST_VALUES = 16 * MOST_CLASSES  # different labels, before those are made one that only look different
Blocks = Iterator[tuple[str, Part]]  # by the keys of ``parts.PARTS``


@dataclass
class Stream:
    """count: of images, at most. blocks: all images from the start, some at a time.

    notes, names, order: as ``parts.Found`` has them; notes may grow while images are read.
    looked_at: the same blocks without their pixels, where these are known to be pictures.
    """

    count: int
    blocks: Callable[[], Blocks]
    notes: list[str]
    names: list[str] | None = None
    order: list[str] = field(default_factory=list)
    looked_at: Callable[[], Blocks] | None = None


@dataclass
class Look:
    """What a look through all images of a part has found. labels: value -> how many images have it."""

    first: Part
    shape: Size
    count: int = 0
    low: float = inf
    high: float = -inf
    colour: bool = False
    bytes: bool = True  # all pixels are whole numbers from 0 to 255
    labels: dict[int | str, int] = field(default_factory=dict)

    def part(self) -> Part:
        """As if it had been read whole, but with no more than one image of each label."""
        blank = np.broadcast_to(np.uint8(0), (self.count, *self.shape))
        labels = None if self.first.labels is None else np.array([*self.labels])
        return Part(blank, labels, self.first.file, pictures=self.first.pictures)


def look(stream: Stream, told: Told) -> dict[str, Look]:
    """One look at every image: the parts of the set by their keys. Raises DatasetError."""
    found, done = {}, 0
    for key, part in (stream.looked_at or stream.blocks)():
        images, colour = (part.images, False) if part.pictures else grey(part)
        there = found.setdefault(key, Look(part, images.shape[1:]))
        if images.shape[1:] != there.shape:
            one, other = (" × ".join(map(str, shape)) for shape in (there.shape, images.shape[1:]))
            raise DatasetError(f"{part.file} holds images of {one} and of {other}: give files of one size")
        if not part.pictures:
            low, high = range_of(replace(part, images=images))
            there.low, there.high = min(low, there.low), max(high, there.high)
        there.colour |= colour
        there.bytes &= part.images.dtype == np.uint8
        there.count += len(images)
        if part.labels is not None:
            _count(part, there.labels)
        done += len(images)
        if not stream.looked_at:
            told(min(done, stream.count) // 2, stream.count)
    for there in found.values():
        there.first = replace(there.first, images=there.first.images[:0])
        if any(isinstance(value, str) for value in there.labels):
            texts = {}
            for value, count in there.labels.items():
                texts[str(value)] = texts.get(str(value), 0) + count
            there.labels = texts
    return found


def _count(part: Part, labels: dict[int | str, int]) -> None:
    for value, count in zip(*_each(values_of(part))[:2], strict=True):
        labels[value] = labels.get(value, 0) + count
    if len(labels) > MOST_VALUES:
        some = listed([str(value) for value in labels])
        raise DatasetError(
            f"{part.file} has over {MOST_CLASSES} classes ({some}): "
            "leave some out, or look whether these are labels at all"
        )


def _each(values: np.ndarray) -> tuple[list[int | str], list[int], np.ndarray]:
    """The different ones, how often each is there, and which of them each is."""
    different, which, counts = np.unique(values, return_inverse=True, return_counts=True)
    return different.tolist(), counts.tolist(), which


@dataclass(frozen=True)
class Asked:
    """Options of ``load_dataset``."""

    size: Size | None
    invert: bool | None
    share: float
    seed: int
    memory: int


def scale_seen(looks: Sequence[Look]) -> tuple[Scale, list[str]]:
    """On which scale their pixels are, and what to say about it. Raises DatasetError."""
    if looks[0].first.pictures:
        return (0, 255), []
    low, high = min(each.low for each in looks), max(each.high for each in looks)
    scale, said = scale_of(low, high, looks[0].first.file)
    return scale, [GREY] * any(each.colour for each in looks) + said


def add_up(
    stream: Stream,
    looks: Mapping[str, Look],
    places: Mapping[str, Mapping[int | str, int]],
    classes: int,
    scale: Scale,
    asked: Asked,
    told: Told,
) -> tuple[list[Digits], Whole, bool]:
    """A second look at every image: those kept to learn from and to be judged on, and what all come to.

    looks: the parts to be used, at most two, the first to learn from. places: of each part's labels among so
    many classes. Returns also whether ink was dark, and so was turned round. Raises DatasetError.
    """
    counts = {key: [0] * classes for key in looks}
    for key, there in looks.items():
        for value, count in there.labels.items():
            counts[key][places[key][value]] += count
    shape = asked.size or next(iter(looks.values())).shape
    fates = Fates(counts, shape[0] * shape[1], asked)
    sums = torch.zeros(classes, *shape, dtype=torch.int64)
    kept = [_Kept(count, shape) for count in fates.kept]
    plain, light, edges, done = all(there.bytes for there in looks.values()), 0, 0, 0
    for key, part in stream.blocks():
        done += len(part.images)
        if key in looks:
            images, labels = _images(part, plain, scale), _labels(part, places[key])
            if key == next(iter(looks)):
                more = light_edges(images)
                light, edges = light + more[0], edges + more[1]
            if images.shape[1:] != shape:
                images = all_resized(images, shape)
            images, labels = torch.from_numpy(images), torch.from_numpy(labels)
            judged, keeps = fates.of(key, labels)
            for cls in labels[~judged].unique().tolist():
                sums[cls] += images[(labels == cls) & ~judged].sum(0)
            for side, these in enumerate(kept):
                these.add(images, labels, keeps & (judged == bool(side)))
        told((stream.count + min(done, stream.count)) // 2, stream.count)
    told(stream.count, stream.count)
    dark = 2 * light > edges if asked.invert is None else asked.invert
    learned, judged = (torch.tensor(count) for count in fates.counts)
    if dark:
        sums = 255 * learned[:, None, None] - sums
        for these in kept:
            torch.sub(255, these.images, out=these.images)
    return [Digits(these.images, these.labels) for these in kept], Whole(sums, learned, judged), dark


def _images(part: Part, plain: bool, scale: Scale) -> np.ndarray:
    """uint8 (n, H, W). plain: so were all of the set."""
    if part.pictures:
        return part.images
    if not plain and part.images.dtype == np.uint8:  # colour becomes grey by the same arithmetic in all
        part = replace(part, images=part.images.astype(np.float32))
    return stretched(grey(part)[0], scale)


def _labels(part: Part, places: Mapping[int | str, int]) -> np.ndarray:
    values, _, which = _each(values_of(part))
    found = [places[value] if value in places else places[str(value)] for value in values]
    return np.array(found, np.int64)[which]


class Fates:
    """What becomes of each image: learned from or judged on, kept or only counted.

    counts: how many images of each class are learned from, and how many judged on. kept: how many of either
    are kept.
    """

    def __init__(self, counts: Mapping[str, list[int]], pixels: int, asked: Asked) -> None:
        """counts: of each part of the set, by class."""
        self._judged, self._keeps, self._seen = {}, {}, {key: [0] * len(each) for key, each in counts.items()}
        for side, (key, each) in enumerate(counts.items()):
            if len(counts) == 1 and asked.share:
                here = iter(held_back([count for count in each if count], asked.share, asked.seed))
                self._judged[key] = [next(here) if count else torch.zeros(0).bool() for count in each]
            else:
                self._judged[key] = [torch.full((count,), bool(side)) for count in each]
        judged = [[int(sum(of[cls].sum() for of in self._judged.values())) for cls in range(len(each))]]
        total = [sum(of) for of in zip(*counts.values(), strict=True)]
        self.counts = [[a - b for a, b in zip(total, *judged, strict=True)], *judged]
        keep = kept_of(self.counts, pixels, asked.memory)
        self.kept = [sum(each) for each in keep]
        chance = torch.Generator().manual_seed(asked.seed)
        for key, by_class in self._judged.items():
            self._keeps[key] = [torch.zeros_like(of) for of in by_class]
            for cls, of in enumerate(by_class):
                for side in (False, True):
                    places = (of == side).nonzero()[:, 0]
                    if len(places):
                        chosen = places[drawn(len(places), keep[side][cls], chance)]
                        self._keeps[key][cls][chosen] = True

    def of(self, key: str, labels: Tensor) -> tuple[Tensor, Tensor]:
        """Of the next images of a part: which are judged on, and which are kept, bool (n,)."""
        judged, keeps = torch.zeros(len(labels)).bool(), torch.zeros(len(labels)).bool()
        for cls in labels.unique().tolist():
            here, start = labels == cls, self._seen[key][cls]
            end = self._seen[key][cls] = start + int(here.sum())
            judged[here] = self._judged[key][cls][start:end]
            keeps[here] = self._keeps[key][cls][start:end]
        return judged, keeps


class _Kept:
    """Images that are kept, in the order of their files."""

    def __init__(self, count: int, shape: Size) -> None:
        self.images = torch.empty(count, *shape, dtype=torch.uint8)
        self.labels = torch.empty(count, dtype=torch.int64)
        self._done = 0

    def add(self, images: Tensor, labels: Tensor, which: Tensor) -> None:
        end = self._done + int(which.sum())
        self.images[self._done : end], self.labels[self._done : end] = images[which], labels[which]
        self._done = end
