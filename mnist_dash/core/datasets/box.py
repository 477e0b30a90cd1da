"""A path, a folder, an open file, or several of these -> the files within, not read yet."""

import gzip
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipFile

from mnist_dash.core.datasets.archive import members
from mnist_dash.core.datasets.errors import DatasetError, counted, listed, reading, short
from mnist_dash.core.datasets.limits import MOST_BYTES, MOST_FILES

Source = str | Path | BinaryIO
JUNK = {"__macosx", "thumbs.db", "desktop.ini"}
HEAD = 4096  # bytes that tell what a file is


@dataclass(frozen=True)
class Entry:
    """One file. path: within its box. size: in bytes, as ``_open`` gives it. packed: it lies in a ZIP."""

    path: str
    size: int
    _open: Callable[[], AbstractContextManager[BinaryIO]]
    packed: bool = False

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def shown(self) -> str:
        """Its name as a sentence can hold it."""
        return short(self.name)

    @property
    def place(self) -> str:
        """Its path as a sentence can hold it, long enough to keep what it says of train and test."""
        return short(self.path, 200)

    @property
    def folders(self) -> list[str]:
        return self.path.split("/")[:-1]

    @contextmanager
    def opened(self) -> Iterator[tuple[BinaryIO, BinaryIO]]:
        """What is in the file, unpacked if it is gzip whatever its name says; and the file as it lies."""
        with self._open() as file:
            packed = file.read(2) == b"\x1f\x8b"
            file.seek(0)
            yield (gzip.GzipFile(fileobj=file) if packed else file), file

    def head(self) -> bytes:
        """Its first bytes; of a gzip file that is cut off, those that are there."""
        with self.opened() as (stream, _):
            return stream.read1(HEAD) if isinstance(stream, gzip.GzipFile) else stream.read(HEAD)

    def read(self) -> bytes:
        """The file as it lies. Raises DatasetError when it is too large for that."""
        if self.size > MOST_BYTES:
            raise DatasetError(
                f"{self.shown} is too large to be read at once: unpack what it lies in, or cut it"
            )
        with self._open() as file:
            return file.read()


@dataclass
class Box:
    """name: of the source, with its ending. folders: those that are in it, empty ones too.

    chosen: the files were given one by one, so that each of them counts.
    """

    name: str
    entries: list[Entry] = field(default_factory=list)
    folders: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    chosen: bool = False


@contextmanager
def unpacked(source: Source | Sequence[Source]) -> Iterator[Box]:
    """The files of a source, without those that computers leave behind. Raises DatasetError."""
    with ExitStack() as stack:
        if isinstance(source, list | tuple):
            name = listed([_name(each) for each in source], 1) or "the list"
            box = Box(name, _all_named(source), chosen=True)
        elif isinstance(source, str | Path) and Path(source).is_dir():
            box = _folder(Path(source))
        else:
            box = Box(_name(source), [_file(source)])
            with reading(box.name):
                box = _zip(box, stack) or box
        _tidy(box)
        yield box


def _name(source: Source) -> str:
    if isinstance(source, str | Path):
        return short(Path(source).name or str(source))
    name = getattr(source, "name", None)
    return short(os.path.basename(name)) if isinstance(name, str) and name else "the file"


def _file(source: Source) -> Entry:
    if not isinstance(source, str | Path):
        with reading(_name(source)):
            size = source.seek(0, os.SEEK_END)
        return Entry(_name(source), size, partial(_from_start, source))
    path = Path(source)
    if not path.exists():
        raise DatasetError(f"{_name(path)} is not there: look whether the path is right")
    if not path.is_file():
        raise DatasetError(f"{_name(path)} is no file: give files one by one, or a folder by itself")
    return Entry(_name(path), path.stat().st_size, partial(path.open, "rb"))


def _all_named(sources: Sequence[Source]) -> list[Entry]:
    """Each under a name of its own, though they may have none."""
    entries = {}
    for source in sources:
        entry, number = _file(source), 2
        path = entry.path
        while path in entries:
            path, number = f"{entry.path} ({number})", number + 1
        entries[path] = replace(entry, path=path)
    return list(entries.values())


def _from_start(file: BinaryIO) -> AbstractContextManager[BinaryIO]:
    """Not closed afterwards: it is the caller's."""
    file.seek(0)
    return nullcontext(file)


def _folder(path: Path) -> Box:
    box = Box(_name(path))
    for folder, folders, files in os.walk(path):
        folders.sort()
        within = Path(folder).relative_to(path)
        box.folders.update((within / each).as_posix() for each in folders)
        for name in sorted(files):
            file = Path(folder, name)
            if file.is_file():
                place = (within / name).as_posix()
                box.entries.append(Entry(place, file.stat().st_size, partial(file.open, "rb")))
        if len(box.entries) > MOST_FILES:
            raise DatasetError(f"{box.name} holds over {MOST_FILES:,} files: name the folder that is meant")
    return box


def _zip(box: Box, stack: ExitStack) -> Box | None:
    """What is in it, if it is a ZIP of files; NumPy's own ZIP is one file."""
    with box.entries[0]._open() as file:
        if file.read(2) != b"PK":
            return None
    archive = stack.enter_context(ZipFile(stack.enter_context(box.entries[0]._open())))
    infos = members(archive, box.name)
    if infos and all(info.filename.endswith(".npy") for info in infos):
        return None
    inside = Box(box.name)
    for info in infos:
        path = info.filename.replace("\\", "/")
        if path.endswith("/"):
            inside.folders.add(path.rstrip("/"))
        else:
            entry = Entry(path, info.file_size, partial(archive.open, info), packed=True)
            inside.entries.append(entry)
    return inside


def _tidy(box: Box) -> None:
    """Without what computers leave behind, and without the second of two files of one path."""
    kept, junk, twice = {}, [], []
    for entry in box.entries:
        if _junk(entry.path):
            junk.append(entry)
        elif entry.path in kept and entry.packed:
            twice.append(entry)
        else:
            kept[entry.path if entry.packed else id(entry)] = entry
    if junk:
        names = Counter(_junk(entry.path) for entry in junk)
        files = counted(len(junk), "file")
        box.notes.append(f"Skipped {files} that computers leave behind: {listed(names)}.")
    if twice:
        paths = listed([entry.path for entry in twice])
        box.notes.append(f"Skipped {counted(len(twice), 'file')} of a path that is there twice: {paths}.")
    box.entries = list(kept.values())
    box.folders = {folder for folder in box.folders if not _junk(folder)}


def _junk(path: str) -> str | None:
    """The part of a path that no person made: ``__MACOSX``, ``.DS_Store``, ``._1.png``."""
    for name in path.split("/"):
        if name.lower() in JUNK or name.startswith("."):
            return "._*" if name.startswith("._") else name
    return None
