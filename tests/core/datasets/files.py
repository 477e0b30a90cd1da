"""The same images as a file of every format, written by hand or by the format's own library."""

import gzip
import io
import json
import struct
import zipfile

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image

CODES = {"u1": 8, "i1": 9, ">i2": 11, ">i4": 12, ">f4": 13, ">f8": 14}


def named(content, name="letters.bin"):
    """An open file."""
    file = io.BytesIO(content)
    file.name = name
    return file


def idx(array, kind="u1", packed=False):
    head = bytes((0, 0, CODES[kind], array.ndim)) + struct.pack(f">{array.ndim}I", *array.shape)
    content = head + array.astype(kind).tobytes()
    return gzip.compress(content, mtime=0) if packed else content


def png(pixels, kind="png", **options):
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, kind, **options)
    return file.getvalue()


def packed(image):
    return image if isinstance(image, bytes) else png(image)


def zipped(files, **options):
    """files: path -> content. A path that ends in / is a folder."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", **options) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return file.getvalue()


def pictures(parts, names="0123456789"):
    """parts: train -> (images, labels). path -> content."""
    return {
        f"{part}/{names[label]}/{number}.png": png(image)
        for part, (images, labels) in parts.items()
        for number, (image, label) in enumerate(zip(images, labels, strict=True))
    }


def npz(save=np.savez, **arrays):
    file = io.BytesIO()
    save(file, **arrays)
    return file.getvalue()


def npy(array):
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def csv(images, labels, head=True, place=0, mark=","):
    """place: of the label, 0 or -1."""
    rows = [list(row) for row in images.reshape(len(images), -1).tolist()]
    names = [f"pixel{number}" for number in range(len(rows[0]))]
    for row, label in zip([names, *rows], ["label", *labels], strict=True):
        row.insert(0 if place == 0 else len(row), label)
    return "\n".join(mark.join(map(str, row)) for row in ([names] if head else []) + rows).encode()


def hub(images, labels, names=None, column="image", path=None):
    """Parquet as on the Hugging Face hub."""
    kind = pa.struct({"bytes": pa.binary(), "path": pa.string()})
    rows = [
        {
            column: {"bytes": image if isinstance(image, bytes) else png(image), "path": path},
            "label": int(label),
        }
        for image, label in zip(images, labels, strict=True)
    ]
    said = {"label": {"names": names, "_type": "ClassLabel"}, column: {"_type": "Image"}}
    data = {"huggingface": json.dumps({"info": {"features": said}})} if names else None
    schema = pa.schema({column: kind, "label": pa.int64()}, data)
    return parquet(pa.Table.from_pylist(rows, schema))


def parquet(table, **options):
    file = io.BytesIO()
    pq.write_table(table, file, **options)
    return file.getvalue()


def columns(images, labels, **options):
    """Parquet with one column a pixel."""
    flat = images.reshape(len(images), -1)
    pixels = {f"pixel{number}": column for number, column in enumerate(flat.T)}
    return parquet(pa.table({"label": labels, **pixels}), **options)
