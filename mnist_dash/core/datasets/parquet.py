"""Parquet, as the Hugging Face hub keeps image sets, or as a table of pixels; read batch by batch."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import compress

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.types as kinds

from mnist_dash.core.datasets.box import Entry
from mnist_dash.core.datasets.columns import LABELS, find_columns
from mnist_dash.core.datasets.errors import DatasetError, each_read, listed, reading
from mnist_dash.core.datasets.parts import Part, gathered
from mnist_dash.core.datasets.pile import Pile
from mnist_dash.core.datasets.room import Room
from mnist_dash.core.datasets.rows import Told
from mnist_dash.core.datasets.scales import Size, narrow

SPLIT = "split"  # the column that says which part an image belongs to
ROWS, FILES = 1_000, 200  # at once, of numbers and of pictures
BUFFER = 2**20  # bytes of a column that are read at once


def read_parquet(
    entry: Entry, size: Size | None, room: Room, told: Told
) -> tuple[Part, list[str] | None, list[str]]:
    """The images, the names of their labels if the file tells them, and notes. Raises DatasetError."""
    rows, names = parquet_head(entry)
    pile, done = Pile(size, entry.shown), 0

    def blocks() -> Iterator[Part]:
        nonlocal done
        for part, read in parquet_blocks(entry, pile):
            done += read
            told(done, rows)
            yield part

    part = gathered(blocks(), rows, room)
    notes = pile.notes() if part is None or part.pictures else []
    return part, names, notes


def parquet_head(entry: Entry) -> tuple[int, list[str] | None]:
    """How many rows there are, and the names of the labels, if the file tells them. Raises DatasetError."""
    with _opened(entry) as file, reading(entry.shown):
        schema, rows = file.schema_arrow, file.metadata.num_rows
        if not rows:
            raise DatasetError(f"{entry.shown} has no rows: take another copy")
        features = _features(schema)
        return rows, features.get(_label(schema, features, _image(schema)), {}).get("names")


def parquet_blocks(entry: Entry, pile: Pile) -> Iterator[tuple[Part, int]]:
    """Images, some at a time, and how many rows these were. pile: takes those that are pictures."""
    with _opened(entry) as file:
        with reading(entry.shown):
            schema = file.schema_arrow
            image = _image(schema)
            label = _label(schema, _features(schema), image)
        if image is None:
            yield from _columns(entry, file)
            return
        split = SPLIT if SPLIT in schema.names and kinds.is_string(schema.field(SPLIT).type) else None
        before, row = 0, 1
        pictures = not _is_list(schema.field(image).type)
        wanted, rows = [name for name in (image, label, split) if name], FILES if pictures else ROWS
        for batch in _batches(entry, file, wanted, rows):
            values = batch.column(image)
            if pictures:
                files = values.field("bytes") if kinds.is_struct(values.type) else values
                images, kept = pile.block((each.as_py, f"row {row + n:,}") for n, each in enumerate(files))
            else:
                with reading(entry.shown):
                    images, kept = narrow(_nested(values)), [True] * len(values)
            row += len(batch)
            if any(kept):
                said = (
                    np.array([*compress(batch.column(column).to_pylist(), kept)], object) if column else None
                    for column in (label, split)
                )
                labels, parts = said
                yield Part(images, labels, entry.place, parts, pictures, before), len(batch)
            before += len(images)


def _image(schema: pa.Schema) -> str | None:
    return next((field.name for field in schema if _holds_images(field.type)), None)


@contextmanager
def _opened(entry: Entry) -> Iterator[pq.ParquetFile]:
    with entry._open() as lying:
        with reading(entry.shown):
            source = io.BytesIO(lying.read()) if entry.packed else lying
            file = pq.ParquetFile(source, pre_buffer=False, buffer_size=BUFFER)
        yield file


def _features(schema: pa.Schema) -> dict[str, dict]:
    """What the hub says about the columns."""
    said = (schema.metadata or {}).get(b"huggingface")
    features = json.loads(said).get("info", {}).get("features", {}) if said else {}
    return {name: each for name, each in features.items() if isinstance(each, dict)}


def _is_list(kind: pa.DataType) -> bool:
    return kinds.is_list(kind) or kinds.is_large_list(kind) or kinds.is_fixed_size_list(kind)


def _holds_images(kind: pa.DataType) -> bool:
    if kinds.is_struct(kind):
        return any(field.name == "bytes" and _holds_images(field.type) for field in kind)
    return _is_list(kind) or kinds.is_binary(kind) or kinds.is_large_binary(kind)


def _label(schema: pa.Schema, features: dict[str, dict], image: str | None) -> str | None:
    """By what the hub says, by its name, or as the only other column."""
    others = [name for name in schema.names if name != image]
    of_hub = [name for name in others if features.get(name, {}).get("_type") == "ClassLabel"]
    named = [name for known in LABELS for name in others if name.lower() == known]
    found = named or of_hub or (others if image and len(others) == 1 else [])
    return found[0] if found else None


def _batches(
    entry: Entry, file: pq.ParquetFile, columns: list[str] | None, rows: int
) -> Iterator[pa.RecordBatch]:
    return each_read(file.iter_batches(rows, columns=columns, use_threads=False), entry.shown)


def _nested(values: pa.Array) -> np.ndarray:
    """Lists of lists of numbers, all equally long -> (N, ...)."""
    shape = [len(values)]
    while _is_list(values.type):
        values = values.flatten()
        shape.append(len(values) // max(int(np.prod(shape)), 1))
    return values.to_numpy(zero_copy_only=False).reshape(shape)


def _columns(entry: Entry, file: pq.ParquetFile) -> Iterator[tuple[Part, int]]:
    """One column a pixel."""
    names, before = file.schema_arrow.names, 0
    columns = find_columns(names, entry.shown)
    if columns.doubt:
        raise DatasetError(f"{entry.shown} has no column called label: call it so ({listed(names)})")
    for batch in _batches(entry, file, None, ROWS):
        with reading(entry.shown):
            pixels = [batch.column(place).to_numpy(zero_copy_only=False) for place in columns.pixels]
            images = narrow(np.stack(pixels, 1)).reshape(-1, *columns.shape)
        labels = None
        if columns.label is not None:
            labels = np.array(batch.column(columns.label).to_pylist(), object)
        yield Part(images, labels, entry.place, before=before), len(batch)
        before += len(images)
