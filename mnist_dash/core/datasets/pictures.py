"""Folders of image files: the folder is the class, ``train/3/10000.png``."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import compress

import numpy as np

from mnist_dash.core.datasets.box import Box, Entry
from mnist_dash.core.datasets.classes import natural
from mnist_dash.core.datasets.errors import DatasetError, counted, listed, short
from mnist_dash.core.datasets.parts import WORDS, Found, Part, by_split, gathered, joined
from mnist_dash.core.datasets.pile import Pile
from mnist_dash.core.datasets.room import Room
from mnist_dash.core.datasets.rows import Told
from mnist_dash.core.datasets.scales import Size
from mnist_dash.core.datasets.stream import Blocks, Stream

EVERY = 200  # images at once
IN_ORDER = "classes.txt"  # the names of the classes, one a line, if there is such a file
LIST = "labels.csv"


def read_pictures(box: Box, size: Size | None, level: int, room: Room, told: Told) -> Found:
    """level: which of the folders in each other is the class, if not the deepest. Raises DatasetError."""
    entries, pile, read = _in_folders(box), Pile(size, box.name), []
    blocks = (Part(images, None, box.name, pictures=True) for images in _blocks(entries, pile, read, told))
    part = gathered(blocks, len(entries), room)
    notes = pile.notes()
    part.labels, part.split, order = _labels(box, read, level, notes)
    return Found(joined([part]), notes, order=order)


def stream_pictures(box: Box, size: Size | None, level: int, told: Told) -> Stream:
    """The same, with the images to be read once more: only then it is known what is where."""
    entries, pile, read = _in_folders(box), Pile(size, box.name), []
    for _ in _blocks(entries, pile, read, lambda done, total: told(done // 2, total)):
        pass
    notes = pile.notes()
    labels, split, order = _labels(box, read, level, notes)
    blank = np.broadcast_to(np.uint8(0), (EVERY, *pile.shape))

    def parts(images: Iterable[np.ndarray]) -> Blocks:
        before = 0
        for block in images:
            here = slice(before, before + len(block))
            part = Part(block, labels[here], box.name, split[here], pictures=True)
            yield from by_split(part).items()
            before += len(block)

    def looked_at() -> Blocks:
        return parts(blank[: len(read) - first] for first in range(0, len(read), EVERY))

    def blocks() -> Blocks:
        return parts(_blocks(read, Pile(size, box.name), [], lambda done, total: None))

    return Stream(len(read), blocks, notes, order=order, looked_at=looked_at)


def _images(box: Box) -> list[Entry]:
    """Its files, without those that say what the images are."""
    return [entry for entry in box.entries if entry.name.lower() not in (IN_ORDER, LIST)]


def _in_folders(box: Box) -> list[Entry]:
    """Without those beside the folders, if there are folders; 2.png before 10.png."""
    entries = _images(box)
    entries = [entry for entry in entries if entry.folders] or entries
    return sorted(entries, key=lambda entry: (natural(entry.name), entry.path))


def _blocks(entries: list[Entry], pile: Pile, read: list[Entry], told: Told) -> Iterator[np.ndarray]:
    """Images, some at a time. read: those that could be read are added to it."""
    for first in range(0, len(entries), EVERY):
        told(first, len(entries))
        some = entries[first : first + EVERY]
        images, kept = pile.block((entry.read, entry.path) for entry in some)
        read += compress(some, kept)
        if len(images):
            yield images
    told(len(entries), len(entries))


def _labels(
    box: Box, read: list[Entry], level: int, notes: list[str]
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Of each image the class and the part, and the order of the classes."""
    stray = [entry for entry in _images(box) if not entry.folders]
    if stray and read[0].folders:
        names = listed([entry.name for entry in stray])
        notes.append(f"Skipped {counted(len(stray), 'file')} beside the folders: {names}.")
    parts, classes = _layout(read, box, level, notes)
    order = _in_order(box)
    called = {folder_name(name): name for name in order}
    classes = [called.get(name, name) for name in classes]
    notes += _empty(box, read) + _disagreements(box, read, classes)
    return np.array(classes, object), np.array(parts, object), order


def _layout(read: list[Entry], box: Box, level: int, notes: list[str]) -> tuple[list[str], list[str]]:
    """Of each image the part and the class, from the folders it lies in."""
    paths = [entry.folders for entry in read]
    depth = min(map(len, paths))
    parts, at = ["train"] * len(paths), None
    for place in range(depth):
        if all(path[place].lower() in WORDS for path in paths):
            parts, at = [WORDS[path[place].lower()] for path in paths], place
            break
    if at is not None and (depth > 1 or len(set(parts)) > 1):
        paths = [path[:at] + path[at + 1 :] for path in paths]
    else:
        parts = ["train"] * len(paths)
    while min(map(len, paths)) > 1 and len({path[0] for path in paths}) == 1:
        paths = [path[1:] for path in paths]  # a folder around all others
    for entry, path in zip(read, paths, strict=True):
        if not path:
            raise DatasetError(
                f"{box.name} has {short(entry.path)} in no folder of a class: "
                "put each image into a folder that is named as its class"
            )
    classes = [path[max(min(level, len(path) - 1), -len(path))] for path in paths]
    if max(map(len, paths)) > 1 and level == -1:
        parents = {}
        for path in paths:
            parents.setdefault(path[-1], set()).add(tuple(path[:-1]))
        doubt = "" if any(len(each) > 1 for each in parents.values()) else ", though none recurs"
        notes.append(f"Of folders within folders the deepest is the class{doubt}; level=0 takes the first.")
    return parts, classes


def _empty(box: Box, read: list[Entry]) -> list[str]:
    """Folders in which no image was found, at any depth."""
    full = set()
    for entry in read:
        for depth in range(len(entry.folders), 0, -1):
            folder = "/".join(entry.folders[:depth])
            if folder in full:
                break
            full.add(folder)
    empty = sorted(box.folders - full, key=natural)
    if not empty:
        return []
    return [f"{counted(len(empty), 'folder')} without an image: {listed(empty)}."]


def _disagreements(box: Box, read: list[Entry], classes: list[str]) -> list[str]:
    """What a list of labels says otherwise; the folders win."""
    given = next((entry for entry in box.entries if entry.name.lower() == LIST), None)
    if given is None:
        return []
    try:
        rows = [row for row in csv.reader(io.StringIO(given.read().decode("utf-8-sig"))) if len(row) > 1]
    except (UnicodeDecodeError, csv.Error):
        return [f"{given.name} can't be read as a list of labels: the folders count."]
    said = {row[0].strip().replace("\\", "/"): row[1].strip() for row in rows}
    apart = []
    for entry, cls in zip(read, classes, strict=True):
        ends = ["/".join(entry.path.split("/")[start:]) for start in range(len(entry.folders) + 1)]
        other = next((said[end] for end in ends if end in said), cls)
        if other != cls:
            apart.append(f"{entry.name} ({short(other)}, in folder {short(cls)})")
    if not apart:
        return []
    images = counted(len(apart), "image")
    return [f"{given.name} says otherwise of {images}, the folders count: {listed(apart)}."]


def _in_order(box: Box) -> list[str]:
    given = next((entry for entry in box.entries if entry.name.lower() == IN_ORDER), None)
    return given.read().decode("utf-8-sig", "replace").splitlines() if given else []


def folder_name(cls: str) -> str:
    """A class as a folder can be called on every system: another name for every other class."""
    return re.sub(r'[/\\:*?"<>|%]|^\.|[. ]$', lambda found: f"%{ord(found[0]):02X}", cls)
