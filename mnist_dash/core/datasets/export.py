"""A data set as files that the door reads back, pixel by pixel: a ZIP of images, or Parquet as on the hub."""

import io
import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile

import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image
from torch import Tensor

from mnist_dash.core.datasets.dataset import Dataset
from mnist_dash.core.datasets.errors import DatasetError
from mnist_dash.core.datasets.pictures import IN_ORDER, folder_name

ROWS = 1_000  # at once
IMAGE = pa.struct({"bytes": pa.binary(), "path": pa.string()})


def save_dataset(dataset: Dataset, file: str | Path | BinaryIO, form: str | None = None) -> None:
    """Writes "zip" or "parquet" to a path or an open binary file; without ``form`` the path's ending says it.

    The ZIP holds ``train/<class>/<number>.png`` and ``valid/...``, numbered by their places, and the classes
    in their order. Parquet is one table, its column ``split`` says train or valid.
    Raises DatasetError when neither is asked for.
    """
    form = form or (Path(file).suffix[1:].lower() if isinstance(file, str | Path) else None)
    if form not in WRITERS:
        raise DatasetError(f"a data set is saved as {' or '.join(WRITERS)}: got {form}")
    with ExitStack() as stack:
        if isinstance(file, str | Path):
            file = stack.enter_context(open(file, "wb"))
        WRITERS[form](dataset, file)


def _zip(dataset: Dataset, file: BinaryIO) -> None:
    with ZipFile(file, "w", ZIP_STORED) as archive:  # PNG is packed as it is
        archive.writestr(IN_ORDER, "\n".join(dataset.classes))
        for part, number, image, label in _images(dataset):
            name = folder_name(dataset.classes[label])
            archive.writestr(f"{part}/{name}/{number}.png", _png(image))


def _parquet(dataset: Dataset, file: BinaryIO) -> None:
    features = {
        "image": {"_type": "Image"},
        "label": {"names": list(dataset.classes), "_type": "ClassLabel"},
        "split": {"dtype": "string", "_type": "Value"},
    }
    schema = pa.schema(
        {"image": IMAGE, "label": pa.int64(), "split": pa.string()},
        {"huggingface": json.dumps({"info": {"features": features}})},
    )
    with pq.ParquetWriter(file, schema, compression="none") as writer:
        rows = []
        for part, number, image, label in _images(dataset):
            path = f"{number}.png"
            rows.append({"image": {"bytes": _png(image), "path": path}, "label": label, "split": part})
            if len(rows) == ROWS:
                writer.write_table(pa.Table.from_pylist(rows, schema))
                rows = []
        writer.write_table(pa.Table.from_pylist(rows, schema))


def _images(dataset: Dataset) -> Iterator[tuple[str, int, Tensor, int]]:
    for part, digits in (("train", dataset.train), ("valid", dataset.valid)):
        for number, (image, label) in enumerate(zip(digits.images, digits.labels.tolist(), strict=True)):
            yield part, number, image, label


def _png(image: Tensor) -> bytes:
    file = io.BytesIO()
    Image.fromarray(image.numpy()).save(file, "png")
    return file.getvalue()


WRITERS = {"zip": _zip, "parquet": _parquet}
