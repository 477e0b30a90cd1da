"""The public door: files of any format -> ``Dataset``. What a file is, its content decides."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath

import numpy as np
import torch
from torch import Tensor

from mnist_dash.core.datasets.box import Box, Entry, Source, unpacked
from mnist_dash.core.datasets.classes import clean, label
from mnist_dash.core.datasets.dataset import Dataset, Digits
from mnist_dash.core.datasets.errors import DatasetError, NoLabelsError, counted, listed, reading, short
from mnist_dash.core.datasets.idx import idx_array
from mnist_dash.core.datasets.kinds import REFUSED, kind_of
from mnist_dash.core.datasets.npz import npy_array, npz_arrays
from mnist_dash.core.datasets.pairs import paired
from mnist_dash.core.datasets.parquet import read_parquet
from mnist_dash.core.datasets.parts import Found, Part, joined
from mnist_dash.core.datasets.pictures import read_pictures
from mnist_dash.core.datasets.scales import (
    Size,
    all_resized,
    check_room,
    check_size,
    paper_is_light,
    to_images,
)
from mnist_dash.core.datasets.split import split
from mnist_dash.core.datasets.table import read_table
from mnist_dash.core.datasets.turned import lies_on_its_side, turned

Told = Callable[[int, int], None]
FORMATS = {
    "idx": "arrays of images and labels",
    "npz": "arrays of images and labels",
    "npy": "arrays of images and labels",
    "parquet": "Parquet",
    "table": "a table of pixels",
    "picture": "images in folders",
}
ASKED = 200  # files of a box that are asked what they are


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
    progress: Told | None = None,
) -> Dataset:
    """A set of small labelled images: a ZIP or folder of images, IDX, NPZ, CSV or Parquet.

    source: a path, a folder, an open binary file, or several files that belong together, such as IDX images
    and labels. share: how much of each class is held back by chance (``seed``) to be judged on, where the
    files don't say; 0 holds none back. turn: rows become columns, for EMNIST. size: what images are resized
    to, (H, W) or one number for both. invert: whether ink is dark in the files; None looks. level: which of
    several folders in each other is the class, 0 the first, -1 the deepest. progress: told how much is done,
    of how much, while files are read; what it raises, such as to cancel, is raised here.

    Raises DatasetError, one sentence with the file's name, what is wrong and how to mend it.
    """
    if not 0 <= share < 1:
        raise DatasetError(f"share must be 0 or lie between 0 and 1, such as 0.2: got {share}")
    size = _sides(size)
    with _opened(source) as box:
        kind, found = _found(box, size, level, _told(progress))
        notes = [*box.notes, *found.notes]
        parts = _parts(found, box, notes)
        notes += to_images(parts)
        classes, said = label(parts, found.names, found.order)
        notes += said
        stacks = _stacks(parts, size, turn, invert, notes)
    if len(stacks) == 1 and not share:
        stacks.append(Digits(stacks[0].images[:0], stacks[0].labels[:0]))
    elif len(stacks) == 1:
        notes.append(
            f"Held back by chance to be judged on: {share:.0%} of each class (share={share}, seed={seed})."
        )
        stacks = split(*stacks, share, seed)
        if not len(stacks[1]):
            raise DatasetError(f"{box.name} has one image of each class: give at least two of a class")
    if lies_on_its_side(stacks[0], classes):
        notes.append(f"These digits seem to lie on their side: turn={not turn} sets them upright.")
    name = name or clean(PurePath(box.name.removesuffix(".gz")).stem)
    origin = f"Read from {box.name}: {FORMATS[kind]}."
    return Dataset(name, *stacks, classes, origin, tuple(dict.fromkeys(notes)))


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
        _, found = _found(box, size, -1, _told(progress))
        part = found.parts.get("unlabelled")
        if part is None:
            raise DatasetError(f"{box.name} has labels: load_dataset reads it")
        to_images([part])
        part.labels = np.zeros(len(part.images), np.int64)
        return _stacks([part], size, turn, invert, [])[0].images


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


def _found(box: Box, size: Size | None, level: int, told: Told) -> tuple[str, Found]:
    """What the files hold, read as what most of them are."""
    if not box.entries:
        raise DatasetError(f"{box.name} holds no file: give a ZIP or a folder with one folder for each class")
    some = box.entries[:: -(-len(box.entries) // ASKED)]
    kinds = Counter(kind_of(entry) for entry in some)
    known = [kind for kind in kinds if kind in FORMATS]
    refused = [entry for entry in some if kind_of(entry) in REFUSED] if box.chosen or not known else []
    if refused:
        path = refused[0].path
        file = box.name if path == box.name else short(path) if box.chosen else f"{box.name}: {short(path)}"
        raise DatasetError(f"{file} {REFUSED[kind_of(refused[0])]}")
    kind = max(known, key=lambda each: (kinds[each], each != "picture"))
    if kind == "picture":
        return kind, read_pictures(box, size, level, told)
    asked = [(entry, kind_of(entry)) for entry in box.entries]
    alike = [(entry, each) for entry, each in asked if FORMATS.get(each) == FORMATS[kind]]
    found = _read(alike, kind, box, size, told)
    if others := [entry.name for entry, each in asked if FORMATS.get(each) != FORMATS[kind]]:
        files = counted(len(others), "file")
        found.notes.append(f"Skipped {files} of other kinds: {listed(others)}.")
    return kind, found


def _read(files: list[tuple[Entry, str]], kind: str, box: Box, size: Size | None, told: Told) -> Found:
    """Files that are no pictures, all of a kind."""
    if kind == "table":
        tables = [read_table(entry, told) for entry, _ in files]
        return Found(joined([part for part, _ in tables]), [note for _, notes in tables for note in notes])
    if kind == "parquet":
        read = [read_parquet(entry, size, told) for entry, _ in files]
        names = next((names for _, names, _ in read if names), None)
        notes = [note for *_, notes in read for note in notes]
        return Found(joined([part for part, *_ in read]), notes, names)
    arrays = {}
    for entry, each in files:
        if each == "npz":
            arrays |= npz_arrays(entry)
        else:
            arrays[entry.place] = npy_array(entry) if each == "npy" else idx_array(entry, told)
    return Found(dict(paired(arrays, box.name)))


def _parts(found: Found, box: Box, notes: list[str]) -> list[Part]:
    """One part, to be split; or two, to learn from and to be judged on. Raises DatasetError."""
    parts = dict(found.parts)
    unlabelled = parts.pop("unlabelled", None)
    if not parts:
        raise NoLabelsError(f"{box.name} has no labels: add a column called label, or use load_images")
    if unlabelled:
        notes.append(f"Left out {short(unlabelled.file)}: its images have no labels.")
    if len(parts) == 3:
        notes.append(f"Left out the test part, {len(parts.pop('test').images):,} images: valid is judged on.")
    return [parts[key] for key in ("train", "test", "valid") if key in parts]


def _stacks(
    parts: list[Part], size: Size | None, turn: bool, invert: bool | None, notes: list[str]
) -> list[Digits]:
    """The parts as they are kept: ink on paper, of one size, upright. Raises DatasetError."""
    sizes = {part.images.shape[1:] for part in parts}
    if size is None and len(sizes) > 1:
        one, other = (" × ".join(map(str, part.images.shape[1:])) for part in parts)
        raise DatasetError(
            f"{parts[0].file} has images of {one} and {parts[1].file} of {other}: "
            "give size=28 to have all resized"
        )
    if invert is None and paper_is_light(parts[0].images):
        invert = True
        notes.append("Ink is dark here: turned round, so that paper is 0 (invert=False leaves it).")
    stacks = []
    for part in parts:
        if size and part.images.shape[1:] != size:
            part.images = all_resized(part.images, size)
            notes.append(f"Images were resized to {size[0]} × {size[1]} pixels.")
        check_size(*part.images.shape[1:], part.file)
        check_room(len(part.images), *part.images.shape[1:], part.file)
        images = torch.from_numpy(255 - part.images if invert else part.images)
        stacks.append(Digits(turned(images) if turn else images, torch.from_numpy(part.labels)))
    return stacks
