"""The files of a box, all of one format -> what they hold: read as a whole, or in a stream."""

from collections import Counter
from collections.abc import Callable, Iterator

from mnist_dash.core.datasets.box import Box, Entry
from mnist_dash.core.datasets.errors import DatasetError, counted, listed, short
from mnist_dash.core.datasets.idx import idx_rows
from mnist_dash.core.datasets.kinds import REFUSED, kind_of
from mnist_dash.core.datasets.npz import npy_rows, npz_rows
from mnist_dash.core.datasets.pairs import is_images, paired
from mnist_dash.core.datasets.parquet import parquet_blocks, parquet_head, read_parquet
from mnist_dash.core.datasets.parts import Found, Part, by_split, joined
from mnist_dash.core.datasets.pictures import read_pictures, stream_pictures
from mnist_dash.core.datasets.pile import Pile
from mnist_dash.core.datasets.room import Room
from mnist_dash.core.datasets.rows import Rows, Told
from mnist_dash.core.datasets.scales import Size
from mnist_dash.core.datasets.stream import Blocks, Stream
from mnist_dash.core.datasets.table import read_table, table_of

FORMATS = {
    "idx": "arrays of images and labels",
    "npz": "arrays of images and labels",
    "npy": "arrays of images and labels",
    "parquet": "Parquet",
    "table": "a table of pixels",
    "picture": "images in folders",
}
ASKED = 200  # files of a box that are asked what they are
Files = list[tuple[Entry, str]]  # with what each is


def format_of(box: Box) -> tuple[str, Files, list[str]]:
    """What most files are, those of this format, and what to say about others. Raises DatasetError."""
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
        return kind, [(entry, kind) for entry in box.entries], []
    asked = [(entry, kind_of(entry)) for entry in box.entries]
    alike = [(entry, each) for entry, each in asked if FORMATS.get(each) == FORMATS[kind]]
    others = [entry.name for entry, each in asked if FORMATS.get(each) != FORMATS[kind]]
    notes = [f"Skipped {counted(len(others), 'file')} of other kinds: {listed(others)}."] if others else []
    return kind, alike, notes


def read_whole(
    kind: str, files: Files, box: Box, size: Size | None, level: int, room: Room, told: Told
) -> Found:
    """Raises TooLargeError when there is no room for all, and DatasetError."""
    if kind == "picture":
        return read_pictures(box, size, level, room, told)
    if kind == "table":
        tables = [read_table(entry, room, told) for entry, _ in files]
        return Found(joined([part for part, _ in tables]), [note for _, notes in tables for note in notes])
    if kind == "parquet":
        read = [read_parquet(entry, size, room, told) for entry, _ in files]
        names = next((names for _, names, _ in read if names), None)
        notes = [note for *_, notes in read for note in notes]
        return Found(joined([part for part, *_ in read]), notes, names)
    arrays = _arrays(files)
    for rows in filter(is_images, arrays.values()):
        room.take(len(rows), 1, rows.size // max(len(rows), 1), rows.name)
    return Found(dict(paired({name: rows.whole(told) for name, rows in arrays.items()}, box.name)))


def in_stream(kind: str, files: Files, box: Box, size: Size | None, level: int, told: Told) -> Stream:
    """Raises DatasetError."""
    if kind == "picture":
        return stream_pictures(box, size, level, told)
    if kind == "table":
        tables = [table_of(entry, told) for entry, _ in files]
        notes = [note for table in tables for note in table.notes]
        return _one_after_another(
            [table.blocks for table in tables], sum(table.rows for table in tables), notes
        )
    if kind == "parquet":
        heads, notes = [parquet_head(entry) for entry, _ in files], []
        readers = [_parquet(entry, size, notes) for entry, _ in files]
        stream = _one_after_another(readers, sum(rows for rows, _ in heads), notes)
        stream.names = next((names for _, names in heads if names), None)
        return stream
    arrays = {name: rows if is_images(rows) else rows.whole() for name, rows in _arrays(files).items()}
    parts = paired(arrays, box.name)

    def blocks() -> Blocks:
        for key, part in parts:
            before = 0
            for images in part.images.blocks():
                end = before + len(images)
                yield key, Part(images, part.labels[before:end], part.file, before=before)
                before = end

    return Stream(sum(len(part.images) for _, part in parts), blocks, [])


def _arrays(files: Files) -> dict[str, Rows]:
    arrays = {}
    for entry, kind in files:
        if kind == "npz":
            arrays |= npz_rows(entry)
        else:
            arrays[entry.place] = npy_rows(entry) if kind == "npy" else idx_rows(entry)
    return arrays


def _one_after_another(files: list[Callable[[], Iterator[Part]]], count: int, notes: list[str]) -> Stream:
    def blocks() -> Blocks:
        for read in files:
            for part in read():
                yield from by_split(part).items()

    return Stream(count, blocks, notes)


def _parquet(entry: Entry, size: Size | None, notes: list[str]) -> Callable[[], Iterator[Part]]:
    def blocks() -> Iterator[Part]:
        pile, pictures = Pile(size, entry.shown), True
        for part, _ in parquet_blocks(entry, pile):
            pictures = part.pictures
            yield part
        if pictures:
            notes.extend(note for note in pile.notes() if note not in notes)

    return blocks
