"""Parquet, as the Hugging Face hub keeps image sets, or as a table of pixels; read batch by batch."""

import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import compress

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.types as kinds

from mnist_dash.core.datasets.box import Entry
from mnist_dash.core.datasets.columns import LABELS, find_columns
from mnist_dash.core.datasets.errors import DatasetError, listed, reading
from mnist_dash.core.datasets.parts import Part
from mnist_dash.core.datasets.pile import Pile
from mnist_dash.core.datasets.scales import Size, check_room, narrow

SPLIT = "split"  # the column that says which part an image belongs to
ROWS = 1_000  # at once
BUFFER = 2**20  # bytes of a column that are read at once


def read_parquet(
    entry: Entry, size: Size | None, told: Callable[[int, int], None]
) -> tuple[Part, list[str] | None, list[str]]:
    """The images, the names of their labels if the file tells them, and notes. Raises DatasetError."""
    with _opened(entry) as file:
        with reading(entry.shown):
            schema, rows = file.schema_arrow, file.metadata.num_rows
            features = _features(schema)
        if not rows:
            raise DatasetError(f"{entry.shown} has no rows: take another copy")
        image = next((field.name for field in schema if _holds_images(field.type)), None)
        label = _label(schema, features, image)
        names = features.get(label, {}).get("names")
        if image is None:
            return _from_columns(entry, file, rows, told), names, []
        split = SPLIT if SPLIT in schema.names and kinds.is_string(schema.field(SPLIT).type) else None
        wanted = [name for name in (image, label, split) if name]
        pile, arrays, labels, parts = Pile(rows, size, entry.shown), [], [], []
        for batch in _batches(entry, file, wanted, told):
            values = batch.column(image)
            if _is_list(values.type):
                with reading(entry.shown):
                    arrays.append(narrow(_nested(values)))
                check_room(rows, 1, int(np.prod(arrays[0].shape[1:])), entry.shown)
                kept = [True] * len(values)
            else:
                files = values.field("bytes") if kinds.is_struct(values.type) else values
                kept = [pile.add(each.as_py, f"row {len(labels) + n:,}") for n, each in enumerate(files, 1)]
            for column, into in ((label, labels), (split, parts)):
                into += compress(batch.column(column).to_pylist() if column else kept, kept)
    block = np.concatenate(arrays) if arrays else pile.images()
    part = Part(block, None, entry.place, pictures=not arrays)
    if label:
        part.labels = np.array(labels, object)
    if split:
        part.split = np.array(parts, object)
    return part, names, pile.notes()


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
    entry: Entry, file: pq.ParquetFile, columns: list[str] | None, told: Callable[[int, int], None]
) -> Iterator[pa.RecordBatch]:
    batches, done = file.iter_batches(ROWS, columns=columns, use_threads=False), 0
    while True:
        with reading(entry.shown):
            batch = next(batches, None)
        if batch is None:
            return
        done += len(batch)
        told(done, file.metadata.num_rows)
        yield batch


def _nested(values: pa.Array) -> np.ndarray:
    """Lists of lists of numbers, all equally long -> (N, ...)."""
    shape = [len(values)]
    while _is_list(values.type):
        values = values.flatten()
        shape.append(len(values) // max(int(np.prod(shape)), 1))
    return values.to_numpy(zero_copy_only=False).reshape(shape)


def _from_columns(entry: Entry, file: pq.ParquetFile, rows: int, told: Callable[[int, int], None]) -> Part:
    """One column a pixel."""
    names = file.schema_arrow.names
    columns = find_columns(names, entry.shown)
    if columns.doubt:
        raise DatasetError(f"{entry.shown} has no column called label: call it so ({listed(names)})")
    check_room(rows, 1, len(columns.pixels), entry.shown)
    images, labels = [], []
    for batch in _batches(entry, file, None, told):
        with reading(entry.shown):
            pixels = [batch.column(place).to_numpy(zero_copy_only=False) for place in columns.pixels]
            images.append(narrow(np.stack(pixels, 1)))
        if columns.label is not None:
            labels += batch.column(columns.label).to_pylist()
    block = np.concatenate(images).reshape(-1, *columns.shape)
    return Part(block, np.array(labels, object) if labels else None, entry.place)
