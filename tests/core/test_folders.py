"""MNIST as the book's folders of PNG files, and the book's shades of grey."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from mnist_dash import chapter
from mnist_dash.core.folders import SAMPLE, folders, ls


def test_a_folder_is_listed_as_in_the_book(mnist):
    threes = ls(mnist, "train/3")
    assert len(threes) == 6131
    assert (
        repr(threes[:3]) == "[Path('train/3/10.png'), Path('train/3/10000.png'), Path('train/3/10011.png')]"
    )


def test_each_file_holds_its_image(mnist):
    for file in ls(mnist, "valid/7")[::100]:
        picture = Image.open(file)
        assert (picture.format, picture.mode, picture.size) == ("PNG", "L", (28, 28))
        assert (np.asarray(picture) == mnist.valid.images[file.number].numpy()).all()
        assert mnist.valid.labels[file.number] == 7


def test_a_file_can_be_opened_twice_at_a_time(mnist):
    file = ls(mnist, "train/3")[1]
    first, second = Image.open(file), Image.open(file)  # neither has been read to its end
    assert first.tobytes() == second.tobytes() == mnist.train.images[file.number].numpy().tobytes()


@pytest.mark.parametrize("folder", ["train/12", "test/3", "train", "", "train/3/4", "train/-1"])
def test_a_folder_that_is_not_there_is_named(mnist, folder):
    with pytest.raises(FileNotFoundError, match="there is no folder"):
        ls(mnist, folder)


def test_the_colour_picture_is_small_and_red():
    with Image.open(SAMPLE) as picture:
        assert picture.mode == "RGB"
        assert max(picture.size) <= 240
        red, green, _ = np.asarray(picture, np.int32).reshape(-1, 3).T
        assert (red - green).max() > 100


# -- the Greys of the book's table -------------------------------------------------------------------


@given(arrays(np.uint8, st.tuples(st.integers(1, 6), st.integers(1, 4))))
def test_the_shades_are_those_of_pandas_and_matplotlib(values):
    df = pd.DataFrame(values)
    theirs = df.style.background_gradient("Greys")
    ours = df.style.apply(chapter.greys)
    assert theirs.set_uuid("x").to_html() == ours.set_uuid("x").to_html()


def test_the_shades_are_those_the_book_prints():
    """Row 10 of its table: 43, 98, 98, 208 and 253 in columns 7 to 11."""
    columns = {7: [253, 43], 8: [254, 98], 9: [255, 98], 10: [254, 208], 11: [253, 253]}
    shades = ["#e8e8e8", "#bababa", "#bababa", "#393939", "#000000"]
    for values, shade in zip(columns.values(), shades, strict=True):
        column = pd.Series([0, *values])
        assert chapter.greys(column)[-1].startswith(f"background-color: {shade};")


def test_on_one_scale_the_same_number_has_the_same_shade_in_every_column(mnist):
    html = chapter.table_on_one_scale(mnist.train.images[10_000], 0, 28, 0, 28).set_uuid("x").to_html()
    scale = dict(zip(range(256), chapter.greys(pd.Series(range(256))), strict=True))
    rules = {
        cell.strip().lstrip("#"): " ".join(rule.split())
        for cells, rule in re.findall(r"([^{}]+)\{([^}]*)\}", html.split("</style>")[0].split(">", 1)[1])
        for cell in cells.split(",")
    }
    for row in range(28):
        for column in range(28):
            shade = scale[int(mnist.train.images[10_000, row, column])]
            assert shade in rules[f"T_x_row{row}_col{column}"]


def test_the_folders_are_two_parts_and_in_each_its_classes(mnist):
    assert list(map(str, folders(mnist))) == ["train", "valid"]
    assert list(map(str, folders(mnist, "valid"))) == [f"valid/{digit}" for digit in range(10)]
