"""A drawing in the address: the same drawing comes back, and from anything else nothing does."""

import base64
import re
import zlib

import pytest
import torch
from hypothesis import example, given
from hypothesis import strategies as st

from mnist_dash.components.digit_pad.drawing import FARTHEST, MOST_MARKS, THICKEST, THINNEST, Drawing
from mnist_dash.components.digit_pad.written import FORM, LONGEST, MOST_BYTES, _bytes, _numbers, read, write
from tests.components.test_drawing import GRID, PEN, PIXELS

units = st.integers(-FARTHEST, FARTHEST)
strokes = st.builds(
    lambda tool, size, points: {"tool": tool, "size": size, "points": [unit for at in points for unit in at]},
    st.sampled_from(["pen", "eraser"]),
    st.integers(THINNEST, THICKEST),
    st.lists(st.tuples(units, units), min_size=1, max_size=12),
)
cells = st.builds(
    lambda ink, cells: {"tool": "pixels", "ink": ink, "cells": cells},
    st.sampled_from([0, 255]),
    st.lists(st.integers(0, 783), min_size=1, max_size=24),
)
drawings = st.builds(
    lambda grid, marks: Drawing(grid, tuple(marks)),
    st.none() | st.binary(min_size=784, max_size=784),
    st.lists(strokes | cells, max_size=5),
)  # small enough for an address


def packed(raw):
    return FORM + base64.urlsafe_b64encode(zlib.compress(raw, 9)).decode().rstrip("=")


@given(drawings)
@example(Drawing())
@example(Drawing.from_message([GRID, PEN, PIXELS]))
def test_a_drawing_comes_back_mark_by_mark(drawing):
    text = write(drawing)
    assert re.fullmatch("[A-Za-z0-9_-]{1,1499}", text)  # nothing that an address would escape
    assert read(text) == drawing


def test_every_image_of_mnist_fits_and_so_does_noise(mnist):
    noise = torch.randint(256, (28, 28), generator=torch.Generator().manual_seed(0), dtype=torch.uint8)
    for pixels in (*mnist.valid.images[:200], noise):
        assert read(write(Drawing.of(pixels))) == Drawing.of(pixels)


def test_a_long_drawing_is_left_out():
    points = torch.randint(560, (4_000,), generator=torch.Generator().manual_seed(0)).tolist()
    assert write(Drawing.from_message([{**PEN, "points": points}])) is None


@given(st.text() | st.text("aA-_09", max_size=60).map(lambda text: FORM + text))
def test_any_text_is_read_or_refused(text):
    assert read(text) is None or isinstance(read(text), Drawing)


@given(st.binary(max_size=60) | st.binary(min_size=780, max_size=800))
@example(b"")
@example(b"\2")
@example(b"\0" + b"\x80" * 50)
@example(b"\0\0\x28\x02")
def test_any_bytes_that_somebody_packed_are_read_or_refused(raw):
    drawing = read(packed(raw))
    if drawing is not None:
        assert Drawing.from_message(drawing.message()) == drawing


@given(
    st.sampled_from([write(Drawing.from_message([*start, PEN, PIXELS])) for start in ([], [GRID])]), st.data()
)
def test_a_text_that_was_cut_or_changed_is_refused(text, data):
    """The checksum finds a change; a text of the same bytes, the last sign spelled otherwise, is the same."""
    at = data.draw(st.integers(1, len(text) - 1))
    other = data.draw(st.sampled_from("Zz09-_"))
    assert read(text[:at]) is None
    changed = text[:at] + other + text[at + 1 :]
    assert read(changed) in (None, read(text))


@pytest.mark.parametrize(
    "raw",
    [
        b"\0" * (MOST_BYTES + 1),
        b"\0" * 10_000_000,
        b"\0" + b"\0\x50\x02\0\0" * (MOST_MARKS + 1),
        b"\0" + b"\0\x50\xfe\xff\x7f" + b"\0" * 50_000,
    ],
    ids=["too many bytes", "a bomb", "too many marks", "more points than there are"],
)
def test_what_is_short_and_unpacks_to_too_much_is_refused(raw):
    assert read(packed(raw)) is None


def test_a_text_too_long_is_not_even_unpacked():
    points = torch.randint(560, (1_200,), generator=torch.Generator().manual_seed(0)).tolist()
    raw = b"\0" + b"".join(map(_bytes, _numbers([{**PEN, "points": points}])))
    assert len(packed(raw)) >= LONGEST
    assert read(packed(raw)) is None


@pytest.mark.parametrize("text", ["", FORM, "b" + write(Drawing())[1:], write(Drawing()) + "=", "a\n", "a%"])
def test_other_forms_are_refused(text):
    assert read(text) is None
