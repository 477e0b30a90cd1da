"""The Pixels page, through the entry point without a browser."""

import ast
import base64
import io
import re

import numpy as np
import pytest
from PIL import Image

from mnist_dash.pages.shared.words import unmarked
from tests.app import button, chosen, component, control, drawn, run, unfolded, words

SLICE = re.compile(r"<td[^>]*>(\d+)</td>")


def sent(at):
    return component(at, "pixel_table")


def table(at):
    """The numbers in the table, row by row."""
    rows = sent(at)["table"].split("<tbody>")[1].split("</tr>")[:-1]
    return [[int(number) for number in SLICE.findall(row)] for row in rows]


def pixels(at):
    return np.frombuffer(base64.b64decode(sent(at)["pixels"]), np.uint8).reshape(28, 28)


def text(at):
    return " ".join(words(element) for element in at.markdown)


# -- the image and its slice ------------------------------------------------------------------------


def test_the_page_begins_with_the_book_s_image_and_slice(mnist):
    at = run("pixels")
    assert (pixels(at) == mnist.train.images[10_000].numpy()).all()
    assert "Training image 10,000 (train/3/10000.png)" in unmarked(text(at))
    assert table(at) == [
        [0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 29],
        [0, 0, 0, 48, 166, 224],
        [0, 93, 244, 249, 253, 187],
        [0, 107, 253, 253, 230, 48],
        [0, 3, 20, 20, 15, 0],
    ]


def test_array_and_tensor_stand_side_by_side_with_what_they_are():
    at = run("pixels")
    array, tensor = (code.value for code in at.code if code.value.startswith(("array([", "tensor([")))
    assert "[  0,  93, 244, 249, 253, 187]" in array
    assert "[  0,  93, 244, 249, 253, 187]" in tensor
    assert "| `numpy.ndarray` | `uint8` | 2 | `(6, 6)` |" in text(at)
    assert "| `torch.Tensor` | `torch.uint8` | 2 | `(6, 6)` |" in text(at)


@pytest.mark.parametrize(
    ("label", "shape"), [("[4:10, 4:10]", (6, 6)), ("[4:15, 4:22]", (11, 18)), ("All 28 × 28", (28, 28))]
)
def test_the_book_s_slices_are_one_click_away(mnist, label, shape):
    at = run("pixels", rows="1:3", columns="0:2")
    button(at, label).click().run()
    assert np.array(table(at)).shape == shape
    top, bottom, left, right = sent(at)["slice"]
    assert table(at) == mnist.train.images[10_000, top:bottom, left:right].tolist()


def greys(at):
    """Value -> the greys of its cells, from 0, black, to 255."""
    looks = dict(re.findall(r"\.look(\d+) {[^}]*background-color: #(\w\w)", sent(at)["table"]))
    found = {}
    for look, value in re.findall(r'<td class="look(\d+)">(\d+)</td>', sent(at)["table"]):
        found.setdefault(int(value), set()).add(int(looks[look], 16))
    return found


def test_what_has_more_ink_is_never_lighter_at_first_and_may_be_by_column_as_in_the_book():
    at = run("pixels")
    one_scale = greys(at)
    assert all(len(shades) == 1 for shades in one_scale.values())
    in_order = [one_scale[value].pop() for value in sorted(one_scale)]
    assert in_order == sorted(in_order, reverse=True)
    control(at, "shades").set_value("column").run()
    assert chosen(at, "shades") == "column"
    by_column = greys(at)
    assert min(by_column[93]) < min(by_column[166])


@pytest.mark.parametrize(("empty", "row"), [(28, (27, 28)), (9, (9, 10)), (0, (0, 1))])
def test_an_empty_slice_becomes_one_row(empty, row):
    at = run("pixels")
    control(at, "rows").set_value((empty, empty)).run()
    assert sent(at)["slice"] == [*row, 4, 10]
    assert control(at, "rows").value == row
    assert chosen(run("pixels", rows=f"{empty}:{empty}"), "rows") == row


def test_any_image_by_part_digit_and_place(mnist):
    at = run("pixels", **{"from": "valid", "digit": "7", "place": "0"})
    first = min((mnist.valid.labels == 7).nonzero()[:, 0].tolist(), key=str)
    assert (pixels(at) == mnist.valid.images[first].numpy()).all()
    button(at, "Next").click().run()
    assert control(at, "place").value == 1
    button(at, "Previous").click().run()
    assert control(at, "place").value == 0
    assert button(at, "Previous").disabled
    button(at, "Random").click().run()
    assert not at.exception


def test_a_place_beyond_the_end_is_the_last_one():
    at = run("pixels", digit="5", place="999999")
    assert control(at, "place").value == 5420
    control(at, "digit").set_value(7).run()
    assert control(at, "place").value == 6264


def test_the_drawing_is_looked_at_too(mnist):
    at = drawn(run("pixels"), mnist.valid.images[3])
    control(at, "from").set_value("drawn").run()
    assert (pixels(at) == mnist.valid.images[3].numpy()).all()
    assert "Your drawing" in text(at)


def test_without_a_drawing_the_page_says_where_to_make_one():
    at = run("pixels", **{"from": "drawn"})
    assert sent(at) is None
    assert button(at, "There is no drawing yet: draw a digit first.")


@pytest.mark.parametrize(
    "query",
    [
        {"rows": "9:3"},
        {"rows": "0:99"},
        {"rows": "4"},
        {"columns": "a:b"},
        {"from": "moon"},
        {"digit": "12"},
        {"digit": "-1", "place": "-5"},
        {"place": "1e9"},
        {"place": ""},
        {"shades": "blue"},
        {"rows": "\u0663:\u0665"},
    ],
    ids=str,
)
def test_nonsense_in_the_url_is_ignored(query):
    at = run("pixels", **query)
    assert sent(at)["slice"] == [4, 10, 4, 10]


def test_choices_stand_in_the_url_and_defaults_do_not():
    at = run("pixels")
    assert dict(at.query_params) == {}
    control(at, "rows").set_value((2, 9)).run()
    control(at, "digit").set_value(8).run()
    assert dict(at.query_params) == {"rows": "2:9", "digit": "8"}


def test_255_is_white_for_pillow_and_ink_for_mnist_and_both_are_said(mnist):
    picture = Image.fromarray(mnist.train.images[10_000].numpy())
    assert picture.mode == "L"
    assert picture.convert("RGB").getpixel((0, 0)) == (0, 0, 0)  # its paper is black
    assert Image.new("L", (1, 1), 255).convert("RGB").getpixel((0, 0)) == (255, 255, 255)
    said = text(run("pixels"))
    assert "MNIST stores **ink as 255**, but mode `L` takes 255 for white" in said
    assert "We draw ink dark, as the book does." in said
    assert "black ink" not in said


# -- rank and colour --------------------------------------------------------------------------------


def test_rank_and_shape_are_told_for_things_of_every_rank():
    words = text(run("pixels"))
    assert "| a pixel, `image[14, 14]` | 0 | `()` | 1 |" in words
    assert "| a row, `image[14]` | 1 | `(28,)` | 28 |" in words
    assert "| the image | 2 | `(28, 28)` | 784 |" in words
    assert "| the image, flattened | 1 | `(784,)` | 784 |" in words
    assert "| all training images of the digit, stacked | 3 | `(6131, 28, 28)` | 4,806,704 |" in words


def colour_maps(at):
    return [map for group in component(at, "maps")["groups"] for map in group["maps"]]


def test_a_picture_of_the_reader_s_own_becomes_grey_as_pillow_does():
    picture = Image.new("RGB", (30, 20), (200, 100, 50))
    file = io.BytesIO()
    picture.save(file, "png")
    at = run("pixels", axes="colour")
    at.file_uploader(key="colour upload").set_value([("mine.png", file.getvalue(), "image/png")]).run()
    assert not at.exception
    assert "Shape `(20, 30, 3)`" in text(at)
    grey = np.frombuffer(base64.b64decode(colour_maps(at)[4]["pixels"]), np.float32)
    assert grey == pytest.approx(0.299 * 200 + 0.587 * 100 + 0.114 * 50, abs=1e-3)
    assert any("Image.open('mine.png')" in code.value for code in unfolded(at).code)


def test_the_name_of_a_file_stays_a_string_in_the_listing():
    file = io.BytesIO()
    Image.new("RGB", (3, 3)).save(file, "png")
    name = 'a"); print("b\\.png'
    at = run("pixels", axes="colour")
    at.file_uploader(key="colour upload").set_value([(name, file.getvalue(), "image/png")]).run()
    listing = [code.value for code in unfolded(at).code if "whole.thumbnail" in code.value][-1]
    strings = [node.value for node in ast.walk(ast.parse(listing)) if isinstance(node, ast.Constant)]
    assert name in strings


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + bytes(50)])
def test_a_file_that_is_no_picture_gets_one_sentence_and_ours_is_shown(data):
    at = run("pixels", axes="colour")
    at.file_uploader(key="colour upload").set_value([("mine.png", data, "image/png")]).run()
    assert not at.exception
    assert at.error[0].value.endswith("Ours is shown instead.")
    assert "Shape `(56, 54, 3)`" in text(at)
