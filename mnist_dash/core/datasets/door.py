"""The public door: files of any format -> ``Dataset``. What a file is, its content decides."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePath

import numpy as np
import torch
from torch import Tensor

from mnist_dash.core.datasets.box import Box, Source, unpacked
from mnist_dash.core.datasets.classes import clean, label
from mnist_dash.core.datasets.dataset import Dataset, Digits, Whole
from mnist_dash.core.datasets.errors import DatasetError, NoLabelsError, reading, short
from mnist_dash.core.datasets.formats import FORMATS, format_of, in_stream, read_whole
from mnist_dash.core.datasets.limits import MEMORY
from mnist_dash.core.datasets.parts import Found, Part
from mnist_dash.core.datasets.room import Room, TooLargeError
from mnist_dash.core.datasets.rows import Told
from mnist_dash.core.datasets.scales import Size, all_resized, check_size, light_edges, to_images
from mnist_dash.core.datasets.split import split
from mnist_dash.core.datasets.stream import Asked, Stream, add_up, look, scale_seen
from mnist_dash.core.datasets.turned import lying, turned

DARK = "Ink is dark here: turned round, so that paper is 0 (invert=False leaves it)."


def load_dataset(
    source: Source | Sequence[Source],
    *,
    name: str | None = None,
    share: float = 0.2,
    seed: int = 0,
    turn: bool = False,
    size: int | Size | None = None,
    invert: bool | None = None,
    level: int = -1,
    memory: int = MEMORY,
    progress: Told | None = None,
) -> Dataset:
    """A set of small labelled images: a ZIP or folder of images, IDX, NPZ, CSV or Parquet.

    source: a path, a folder, an open binary file, or several files that belong together, such as IDX images
    and labels. share: how much of each class is held back by chance (``seed``) to be judged on, where the
    files don't say; 0 holds none back. turn: rows become columns, for EMNIST. size: what images are resized
    to, (H, W) or one number for both. invert: whether ink is dark in the files; None looks. level: which of
    several folders in each other is the class, 0 the first, -1 the deepest. memory: bytes of pixels that are
    kept at most. Of a larger set, or one of more than a million images, as many are kept as fit, drawn by
    chance (``seed``) and of every class the same share; what all of them come to is in ``whole``.
    progress: told how many images are done, of how many, while files are read; what it raises, such as to
    cancel, is raised here.

    Raises DatasetError, one sentence with the file's name, what is wrong and how to mend it.
    """
    if not 0 <= share < 1:
        raise DatasetError(f"share must be 0 or lie between 0 and 1, such as 0.2: got {share}")
    size, told = _sides(size), _told(progress)
    asked = Asked(size, invert, share, seed, memory)
    with _opened(source) as box:
        kind, files, notes = format_of(box)
        before = [*box.notes, *notes]
        try:
            notes = [*before]
            found = read_whole(kind, files, box, size, level, Room(memory), told)
            stacks, classes = _kept(found, box, asked, notes)
        except TooLargeError:
            found = None  # and with it what has been read so far
        whole = None
        if found is None:
            notes = [*before]
            stream = in_stream(kind, files, box, size, level, told)
            stacks, classes, whole = _added_up(stream, box, asked, notes, told)
    if turn:
        stacks = [Digits(turned(stack.images), stack.labels) for stack in stacks]
        whole = whole and replace(whole, sums=turned(whole.sums))
    if these := lying(stacks[0], classes):
        notes.append(f"These {these} seem to lie on their side: turn={not turn} sets them upright.")
    name = name or clean(PurePath(box.name.removesuffix(".gz")).stem)
    origin = f"Read from {box.name}: {FORMATS[kind]}."
    return Dataset(name, *stacks, classes, origin, tuple(dict.fromkeys(notes)), whole)


def load_images(
    source: Source | Sequence[Source],
    *,
    turn: bool = False,
    size: int | Size | None = None,
    invert: bool | None = None,
    progress: Told | None = None,
) -> Tensor:
    """Images to be called, uint8 (N, H, W): of a table or Parquet without a column of labels.

    Options and errors are those of ``load_dataset``.
    """
    size = _sides(size)
    with _opened(source) as box:
        kind, files, _ = format_of(box)
        found = read_whole(kind, files, box, size, -1, Room(MEMORY), _told(progress))
        part = found.parts.get("unlabelled")
        if part is None:
            raise DatasetError(f"{box.name} has labels: load_dataset reads it")
        to_images([part])
        part.labels = np.zeros(len(part.images), np.int64)
        [stack] = _stacks([part], Asked(size, invert, 0, 0, MEMORY), [])
        return turned(stack.images) if turn else stack.images


def _sides(size: int | Size | None) -> Size | None:
    if size is None:
        return None
    height, width = (size, size) if isinstance(size, int) else size
    check_size(height, width, "the set asked for")
    return height, width


@contextmanager
def _opened(source: Source | Sequence[Source]) -> Iterator[Box]:
    try:
        with unpacked(source) as box, reading(box.name):
            yield box
    except _Stopped as stopped:
        raise stopped.reason from None


class _Stopped(BaseException):
    """What ``progress`` raised, past all that turns the troubles of a file into a DatasetError."""

    def __init__(self, reason: BaseException) -> None:
        self.reason = reason


def _told(progress: Told | None) -> Told:
    def told(done: int, total: int) -> None:
        try:
            if progress:
                progress(done, total)
        except BaseException as reason:
            raise _Stopped(reason) from reason

    return told


def _parts(found: dict[str, Part], box: Box, notes: list[str]) -> dict[str, Part]:
    """One part, to be split; or two, to learn from and to be judged on. Raises DatasetError."""
    parts = dict(found)
    unlabelled = parts.pop("unlabelled", None)
    if not parts:
        raise NoLabelsError(f"{box.name} has no labels: add a column called label, or use load_images")
    if unlabelled:
        notes.append(f"Left out {short(unlabelled.file)}: its images have no labels.")
    if len(parts) == 3:
        notes.append(f"Left out the test part, {len(parts.pop('test').images):,} images: valid is judged on.")
    return {key: parts[key] for key in ("train", "test", "valid") if key in parts}


def _kept(found: Found, box: Box, asked: Asked, notes: list[str]) -> tuple[list[Digits], tuple[str, ...]]:
    """What was read as a whole: what to learn from, what to be judged on, and the classes."""
    notes += found.notes
    parts = list(_parts(found.parts, box, notes).values())
    notes += to_images(parts)
    classes, said = label(parts, found.names, found.order)
    notes += said
    stacks = _stacks(parts, asked, notes)
    if len(stacks) == 1 and not asked.share:
        stacks.append(Digits(stacks[0].images[:0], stacks[0].labels[:0]))
    elif len(stacks) == 1:
        notes.append(_held_back(asked))
        stacks = split(*stacks, asked.share, asked.seed)
        _check_judged(len(stacks[1]), box)
    return list(stacks), classes


def _added_up(
    stream: Stream, box: Box, asked: Asked, notes: list[str], told: Told
) -> tuple[list[Digits], tuple[str, ...], Whole]:
    """The same of a set that there is no room for, and what all its images come to."""
    looks = look(stream, told)
    notes += stream.notes
    parts = _parts({key: each.part() for key, each in looks.items()}, box, notes)
    looks = {key: looks[key] for key in parts}
    scale, said = scale_seen(list(looks.values()))
    notes += said
    classes, said = label(list(parts.values()), stream.names, stream.order)
    notes += said
    _check_sizes(list(parts.values()), asked, notes)
    places = {
        key: dict(zip(looks[key].labels, part.labels.tolist(), strict=True)) for key, part in parts.items()
    }
    stacks, whole, dark = add_up(stream, looks, places, len(classes), scale, asked, told)
    if dark and asked.invert is None:
        notes.append(DARK)
    if len(parts) == 1 and asked.share:
        notes.append(_held_back(asked))
        _check_judged(len(stacks[1]), box)
    kept = sum(map(len, stacks))
    notes.append(
        f"{len(whole):,} images were read in a stream, twice: to see what they are, then to add them up. The "
        f"ideals of all are known; {kept:,} images, drawn by chance (seed={asked.seed}), are kept to look at."
    )
    return stacks, classes, whole


def _held_back(asked: Asked) -> str:
    return (
        f"Held back by chance to be judged on: {asked.share:.0%} of each class "
        f"(share={asked.share}, seed={asked.seed})."
    )


def _check_judged(count: int, box: Box) -> None:
    if not count:
        raise DatasetError(f"{box.name} has one image of each class: give at least two of a class")


def _check_sizes(parts: list[Part], asked: Asked, notes: list[str]) -> None:
    """All of one size, or to be resized. Raises DatasetError."""
    sizes = {part.images.shape[1:] for part in parts}
    if asked.size is None and len(sizes) > 1:
        one, other = (" × ".join(map(str, part.images.shape[1:])) for part in parts)
        raise DatasetError(
            f"{parts[0].file} has images of {one} and {parts[1].file} of {other}: "
            "give size=28 to have all resized"
        )
    if asked.size and sizes != {asked.size}:
        notes.append("Images were resized to {} × {} pixels.".format(*asked.size))
    for part in parts:
        check_size(*(asked.size or part.images.shape[1:]), part.file)


def _stacks(parts: list[Part], asked: Asked, notes: list[str]) -> list[Digits]:
    """The parts as they are kept: ink on paper, of one size. Raises DatasetError."""
    _check_sizes(parts, asked, notes)
    room, invert = Room(asked.memory), asked.invert
    for part in parts:
        room.take(len(part.images), *(asked.size or part.images.shape[1:]), part.file)
    if invert is None:
        light, edges = light_edges(parts[0].images)
        if invert := 2 * light > edges:
            notes.append(DARK)
    stacks = []
    for part in parts:
        if asked.size and part.images.shape[1:] != asked.size:
            part.images = all_resized(part.images, asked.size)
        images = torch.from_numpy(255 - part.images if invert else part.images)
        stacks.append(Digits(images, torch.from_numpy(part.labels)))
    return stacks
