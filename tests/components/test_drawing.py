"""What the browser sends is checked before it is used, and becomes the picture that is on the pad."""

import base64
import copy

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from mnist_dash.components.digit_pad.drawing import CELL, SIDE, UNITS, Drawing, DrawingError

PEN = {"tool": "pen", "size": 40, "points": [100, 100, 300, 100]}
PIXELS = {"tool": "pixels", "ink": 255, "cells": [0, 29]}
GRID = {"tool": "grid", "grid": base64.b64encode(bytes(range(196)) * 4).decode()}


def changed(mark, **changes):
    return [{**mark, **changes}]


def test_a_message_becomes_a_drawing():
    drawing = Drawing.from_message([GRID, PEN, {**PEN, "tool": "eraser"}, PIXELS])
    assert drawing.grid == bytes(range(196)) * 4
    assert [mark["tool"] for mark in drawing.marks] == ["pen", "eraser", "pixels"]
    assert Drawing.from_message([]) == Drawing()


@pytest.mark.parametrize(
    "message",
    [
        None,
        {},
        "pen",
        [None],
        [[]],
        [{}],
        changed(PEN, tool="brush"),
        changed(PEN, tool=["pen"]),
        changed(PEN, size="40"),
        changed(PEN, size=40.5),
        changed(PEN, size=True),
        changed(PEN, size=0),
        changed(PEN, size=-40),
        changed(PEN, size=161),
        changed(PEN, size=10**9),
        changed(PEN, points=[]),
        changed(PEN, points=[1]),
        changed(PEN, points=[1, 2, 3]),
        changed(PEN, points=[1, None]),
        changed(PEN, points=[1, "2"]),
        changed(PEN, points=[1, 2.5]),
        changed(PEN, points=[1, True]),
        changed(PEN, points=[1, 10**6]),
        changed(PEN, points=[-(10**6), 1]),
        changed(PEN, points={"0": 1}),
        changed(PEN, points=None),
        changed(PIXELS, ink=128),
        changed(PIXELS, ink="255"),
        changed(PIXELS, cells=[]),
        changed(PIXELS, cells=[784]),
        changed(PIXELS, cells=[-1]),
        changed(PIXELS, cells=[0.5]),
        changed(PIXELS, cells=[False]),
        changed(GRID, grid=None),
        changed(GRID, grid=""),
        changed(GRID, grid="!" * 1046),
        changed(GRID, grid="é"),
        changed(GRID, grid=base64.b64encode(bytes(783)).decode()),
        [PEN, GRID],
        [GRID, GRID],
        pytest.param([PEN] * 2_001, id="too many marks"),
        pytest.param(changed(PEN, points=[0] * 20_002), id="too long a stroke"),
        pytest.param([{**PEN, "points": [0] * 2_000}] * 11, id="too many points"),
    ],
)
def test_anything_else_is_refused_in_one_sentence(message):
    with pytest.raises(DrawingError) as raised:
        Drawing.from_message(message)
    assert "\n" not in str(raised.value)


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["tool", "size", "points", "cells", "ink", "grid"]), inner)
    ),
    max_leaves=12,
)


@given(st.sampled_from([PEN, PIXELS, GRID]), st.data())
def test_a_tampered_message_raises_nothing_but_a_drawing_error(mark, data):
    tampered = copy.deepcopy(mark)
    tampered[data.draw(st.sampled_from(sorted(tampered)))] = data.draw(json)
    try:
        drawing = Drawing.from_message([tampered])
    except DrawingError:
        return
    drawing.seen()


# -- what is on the pad ---------------------------------------------------------------------------


def test_a_drawing_is_dark_on_white_paper():
    picture = Drawing.from_message([PEN]).picture()
    assert picture.size == (UNITS, UNITS)
    assert [picture.getpixel(at) for at in [(200, 100), (200, 118), (200, 122), (0, 0)]] == [
        0,
        0,
        255,
        255,
    ]
    assert picture.getpixel((85, 100)) == 0  # the round end of the brush
    assert picture.getpixel((78, 100)) == 255


def test_the_eraser_takes_ink_away_and_the_next_stroke_brings_it_back():
    eraser = {**PEN, "tool": "eraser", "size": 60}
    assert Drawing.from_message([PEN, eraser]).seen() is None
    assert Drawing.from_message([PEN, eraser, PEN]).picture() == Drawing.from_message([PEN]).picture()


def test_a_blank_pad_is_not_seen_at_all():
    assert Drawing().seen() is None
    assert Drawing.from_message([{**PEN, "tool": "eraser"}]).seen() is None
    assert Drawing.from_message([{**PIXELS, "ink": 0}]).seen() is None
    assert Drawing.of(torch.zeros(28, 28, dtype=torch.uint8)).seen() is None


def test_a_stroke_beside_the_pad_is_not_seen():
    assert Drawing.from_message(changed(PEN, points=[-300, -300, -200, -200])).seen() is None


def test_a_drawing_on_blank_paper_is_prepared_as_mnist_was():
    """Both the pen and single cells: a stroke in a corner comes out 20 pixels long, in the middle."""
    stroke = changed(PEN, points=[40, 40, 140, 40])
    cells = changed(PIXELS, cells=[0, 1, 2, 3, 4])
    for message in (stroke, cells):
        columns = Drawing.from_message(message).seen().amax(0).nonzero()[:, 0].tolist()
        assert columns[-1] - columns[0] == 19
        assert columns[0] in (4, 5)  # 14 - 9.5, and the stroke's two ends differ by a trace


@given(st.binary(min_size=784, max_size=784).filter(any))
def test_a_picture_put_on_the_pad_is_seen_exactly(grid):
    pixels = torch.frombuffer(bytearray(grid), dtype=torch.uint8).view(28, 28)
    assert Drawing.of(pixels).seen().equal(pixels)


def test_cells_painted_on_a_picture_change_exactly_these_pixels(mnist):
    image = mnist.valid.images[0]
    marks = [
        {"tool": "pixels", "ink": 255, "cells": [0, 783]},
        {"tool": "pixels", "ink": 0, "cells": [203]},
    ]
    drawing = Drawing(Drawing.of(image).grid, tuple(marks))
    expected = image.clone().flatten()
    expected[[0, 783]], expected[203] = 255, 0
    assert drawing.exact()
    assert not drawing.untouched
    assert drawing.seen().flatten().equal(expected)


def test_a_brush_on_a_picture_covers_each_pixel_by_its_share():
    """A stroke 2 cells wide along the upper edge of row 10 covers rows 9 and 10."""
    line = {"tool": "pen", "size": 2 * CELL, "points": [-100, 10 * CELL, UNITS + 100, 10 * CELL]}
    paper = torch.zeros(SIDE, SIDE, dtype=torch.uint8)
    seen = Drawing(Drawing.of(paper).grid, (line,)).seen()
    rows = seen.float().mean(1)
    assert rows[[9, 10]].min() > 230
    assert rows[[8, 11]].max() < 25
    assert rows[[*range(8), *range(12, 28)]].max() == 0
