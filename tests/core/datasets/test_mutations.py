"""Real small files of every format, damaged at random: a data set leaves the door, or a DatasetError."""

import gzip
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_dash import DatasetError, load_dataset
from mnist_dash.core.datasets.limits import MEMORY
from tests.core.datasets.files import columns, csv, hub, idx, named, npy, npz, pictures, png, zipped
from tests.properties import examples

GENERATOR = np.random.default_rng(11)
LABELS = np.arange(30) % 3
IMAGES = GENERATOR.integers(0, 256, (30, 5, 5), dtype=np.uint8)
IMAGES[:, 0] = IMAGES[:, -1] = 0
FILES = {
    "IDX": [idx(IMAGES), idx(LABELS)],
    "IDX, gzip": [idx(IMAGES, packed=True), idx(LABELS, ">i4", packed=True)],
    "ZIP": [
        zipped(pictures({"train": (IMAGES, LABELS)}) | {"labels.csv": "1.png,1", "classes.txt": "2\n1\n0"})
    ],
    "ZIP, deflated": [zipped({"images": idx(IMAGES), "labels": idx(LABELS)}, compression=8)],
    "NPZ": [npz(x_train=IMAGES, y_train=LABELS)],
    "NPZ, deflated": [npz(np.savez_compressed, x=IMAGES / 255, y=LABELS.astype(str))],
    "NPY": [npy(IMAGES), npy(LABELS)],
    "CSV": [csv(IMAGES, LABELS)],
    "CSV, no head": [csv(IMAGES, LABELS, head=False, place=-1)],
    "CSV, gzip": [gzip.compress(csv(IMAGES, LABELS), mtime=0)],
    "Parquet": [hub(IMAGES, LABELS, ["a", "b", "c"])],
    "Parquet, columns": [columns(IMAGES, LABELS)],
    "JPEG": [zipped({f"{n % 3}/{n}": png(image, "jpeg") for n, image in enumerate(IMAGES)})],
}


@st.composite
def damaged(draw, content):
    """Bytes changed, cut out, doubled or cut off, a few times; most often near an end, where heads are."""
    content = bytearray(content)
    for _ in range(draw(st.integers(1, 4))):
        ends = st.integers(0, min(200, len(content))) | st.integers(max(0, len(content) - 200), len(content))
        at = draw(ends | st.integers(0, len(content)))
        length = draw(st.integers(1, 8) | st.integers(1, max(1, len(content))))
        change = draw(st.sampled_from(["change", "change", "change", "cut out", "double", "cut off"]))
        if change == "change":
            new = draw(
                st.binary(min_size=1, max_size=8)
                | st.sampled_from([b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff"])
            )
            content[at : at + len(new)] = new
        elif change == "cut out":
            del content[at : at + length]
        elif change == "double":
            content[at:at] = content[at : at + length]
        else:
            del content[at:]
    return bytes(content)


@pytest.mark.parametrize("memory", [MEMORY, 200], ids=["as a whole", "in a stream"])
@pytest.mark.parametrize("form", FILES)
@given(st.data())
@examples(1.2)
def test_only_a_dataset_error_leaves_the_door(form, memory, data):
    files = list(FILES[form])
    which = data.draw(st.integers(0, len(files) - 1))
    files[which] = data.draw(damaged(files[which]))
    sources = [named(content, f"{number}") for number, content in enumerate(files)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of libraries, about what they think of such files
        try:
            sentence = load_dataset(sources if len(sources) > 1 else sources[0], memory=memory).source
        except DatasetError as error:
            sentence = str(error)
    assert sentence
    assert "\n" not in sentence
