"""Handwriting from real life: forms, pencils, glare, thumbs, ruled pages, tight crops, and empty pages."""

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from benchmarks import pages
from mnist_dash.core import sheets
from mnist_dash.core.handwriting import HandwritingError, open_picture, read, read_all, to_mnist
from mnist_dash.core.handwriting.joining import digits, in_reading_order
from mnist_dash.core.handwriting.parts import Part

CASES = Path(__file__).parent / "handwriting_cases"
LABELS = {
    row["file"]: [int(label) for label in row["labels"].split()]
    for row in csv.DictReader((CASES / "cases.csv").read_text().splitlines())
}
UNREAD = {  # what is said not to have been read
    "form_boxes_01250981.png": "line",
    "cell_frame_6.png": "line",
    "dark_ruling_561247.jpg": "line",
    "note_on_dark_table_6.png": "table",
    "sheet_on_dark_table_3.png": "table",
    "thumb_and_pencil_5.png": "edge",
}


@cache
def found(name):
    """The digits on this picture, and what was ignored."""
    picture, _ = open_picture((CASES / name).read_bytes())
    try:
        reading = read_all(picture)
    except HandwritingError:
        return (), {}
    return tuple(digit.pixels for digit in reading.digits), reading.ignored


@pytest.mark.parametrize("name", LABELS)
def test_every_digit_has_a_box_of_its_own_and_nothing_else_has_one(name):
    digits, ignored = found(name)
    assert len(digits) == len(LABELS[name])
    assert name not in UNREAD or ignored[UNREAD[name]] > 0


def nearest_three(images, mnist):
    """What most of the three nearest of 20,000 training images are."""
    train, seen = mnist.train.images[:20_000].flatten(1) / 255, images.flatten(1) / 255
    nearest = mnist.train.labels[torch.cdist(seen, train).topk(3, largest=False).indices]
    return nearest.mode(1).values


def test_three_neighbours_call_nine_of_ten_rightly_in_their_order(mnist):
    digits, labels = [], []
    for name, of in LABELS.items():
        digits += found(name)[0]
        labels += of
    answers = nearest_three(torch.stack(digits), mnist)
    assert (answers == torch.tensor(labels)).float().mean() >= 0.9


@pytest.mark.parametrize("name", ["thumb_and_pencil_5.png", "sheet_on_dark_table_3.png", "cell_frame_6.png"])
def test_the_main_digit_is_the_digit(name):
    picture, _ = open_picture((CASES / name).read_bytes())
    assert torch.equal(to_mnist(picture), found(name)[0][0])


# -- nothing to be read ----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("ground", pages.GROUNDS)
def test_an_empty_page_is_refused_whatever_its_ground(ground, seed):
    page = pages.blank(ground, np.random.default_rng(seed))
    for reading in (read, read_all):
        with pytest.raises(HandwritingError, match="no ink found"):
            reading(page)


@pytest.mark.parametrize("turned", [False, True], ids=["as it is", "turned"])
@pytest.mark.parametrize(
    ("ground", "seed"),
    [("squared", 1007), ("squared", 1023), ("squared", 2020), ("table", 1061), ("table", 2268)],
)
def test_neither_paper_between_lines_nor_a_line_cut_off_nor_grain_is_a_digit(ground, seed, turned):
    page = pages.blank(ground, np.random.default_rng(seed))
    with pytest.raises(HandwritingError, match="no ink found"):
        read_all(page.transpose(Image.Transpose.ROTATE_90) if turned else page)


def test_the_grain_of_a_table_that_the_edges_cut_off_is_no_digit():
    dashes = [Part(y, 90, y + 10, 135, 300, (y,)) for y in range(12, 160, 48)]
    cut_off = [Part(y, 0, y + 10, 30, 200, (y,)) for y in (36, 132, 228)]
    inside = [Part(y, 200, y + 30, 220, 200, (y,)) for y in (36, 132, 200)]
    nowhere = np.zeros((260, 260), int)
    assert digits(dashes + cut_off, nowhere)[0] == []
    assert digits(dashes + inside, nowhere)[0] == inside


# -- kinds of pages --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", pages.KINDS)
def test_digits_are_found_on_every_kind_of_page(kind, mnist):
    """Three pages of training images; benchmarks.handwriting has more."""
    made, total = pages.KINDS[kind], pages.Found()
    for seed in range(3):
        generator = np.random.default_rng(seed)
        places = generator.integers(0, 60_000, made.digits[1])
        digits = [sheets.enlarged(mnist.train.images[place], made.side) for place in places]
        page = made.make(digits, generator)
        try:
            boxes = [digit.box for digit in read_all(page.picture).digits]
        except HandwritingError:
            boxes = []
        total += pages.compared(page.boxes, boxes)[0]
    assert total.right >= (0.9 if made.digits[1] > 1 else 0.6) * 3 * made.digits[1]
    assert total.false == 0


@pytest.mark.parametrize("size", [(700, 105), (333, 481), (641, 1599), (161, 163)])
def test_a_thumb_is_no_digit_whatever_the_size_of_the_picture(size):
    page = Image.new("L", size, 230)
    draw, unit = ImageDraw.Draw(page), min(size) / 100
    draw.line(
        [(x * unit, y * unit) for x, y in ((20, 20), (50, 20), (35, 80))], fill=20, width=round(6 * unit)
    )
    draw.ellipse((size[0] - 30 * unit, size[1] - 60 * unit, size[0] + 30 * unit, size[1] + unit), fill=90)
    assert len(read_all(page).digits) == 1


# -- lines -----------------------------------------------------------------------------------------


def drawn(*lines, width=10, fill=0):
    """These lines on a white page."""
    page = Image.new("L", (300, 300), 255)
    for line in lines:
        ImageDraw.Draw(page).line(line, fill=fill, width=width, joint="curve")
    return page


def ruled(gap=40, width=2, ink=0):
    """A 7 on ruled paper, and the same 7 alone."""
    alone = Image.new("L", (300, 300), 255)
    ImageDraw.Draw(alone).line(((90, 70), (200, 75), (130, 230)), fill=0, width=14, joint="curve")
    page = alone.copy()
    for y in range(15, 300, gap):
        ImageDraw.Draw(page).line((0, y, 300, y), fill=ink, width=width)
    return page, alone


@pytest.mark.parametrize("ink", [0, 120])
def test_ruled_lines_go_and_strokes_that_cross_them_stay_whole(ink):
    page, alone = ruled(ink=ink)
    reading = read_all(page)
    assert len(reading.digits) == 1
    assert reading.ignored["line"] == 8
    assert float((reading.digits[0].pixels.int() - to_mnist(alone).int()).abs().float().mean()) < 6


def test_pencil_is_read_beside_lines_four_times_as_dark():
    page = drawn(((90, 70), (200, 75), (130, 230)), fill=200)
    for y in range(15, 300, 40):
        ImageDraw.Draw(page).line((0, y, 300, y), fill=30, width=2)
    assert len(read_all(page).digits) == 1


def test_without_the_step_lines_stay():
    page, alone = ruled()
    kept = to_mnist(page, without={"lines"})
    assert float((kept.int() - to_mnist(alone).int()).abs().float().mean()) > 10


def test_a_tall_thin_1_is_no_line():
    for length, width in [(250, 3), (280, 5), (200, 2)]:
        page = Image.new("L", (300, 300), 255)
        ImageDraw.Draw(page).line((150, 10, 150, 10 + length), fill=0, width=width)
        assert len(read_all(page).digits) == 1


@pytest.mark.parametrize("place", [2228, 9348])
def test_a_digit_is_found_among_what_is_left_of_squares(place, mnist):
    """Thin bits of a tilted grid, more ink in all than a 1."""
    generator = np.random.default_rng(place)
    ink = sheets.coverage(mnist.valid.images[place], generator)
    digit = read(sheets.photograph(ink, generator, ruling="squared")).digits[0].pixels
    assert nearest_three(digit[None], mnist).item() == mnist.valid.labels[place]


# -- strokes ---------------------------------------------------------------------------------------


BAR = ((147, 83), (232, 72))
BODY = ((148, 102), (110, 120), (182, 150), (160, 200), (76, 205))


def test_a_stroke_that_the_pen_broke_is_one_digit():
    (digit,) = read_all(drawn(BAR, BODY)).digits
    left, top, right, bottom = digit.box
    assert max(left - 80, top - 72, 230 - right, 205 - bottom) <= 0


@pytest.mark.parametrize("apart", [12, 20, 40])
def test_neighbours_side_by_side_and_one_below_the_other_are_two(apart):
    one, width = ((80, 60), (80, 140)), 10
    beside = tuple((x + width + apart, y) for x, y in one)
    below = tuple((x, y + 80 + apart) for x, y in one)
    assert len(read_all(drawn(one, beside)).digits) == 2
    main = read(drawn(one, beside))
    assert (len(main.digits), main.found) == (1, 2)
    assert len(read_all(drawn(one, below)).digits) == 2


# -- reading order ---------------------------------------------------------------------------------


@pytest.mark.parametrize("climb", [-0.3, -0.1, 0, 0.1, 0.3])
def test_lines_that_climb_or_fall_are_read_one_after_the_other(climb):
    corners = [
        (60 * column, 90 * row + round(climb * 60 * column)) for row in range(3) for column in range(8)
    ]
    parts = [Part(y + 200, x, y + 240, x + 25, 100, (n,)) for n, (x, y) in enumerate(corners, start=1)]
    shuffled = [parts[place] for place in np.random.default_rng(1).permutation(len(parts))]
    assert [part.labels[0] for part in in_reading_order(shuffled)] == list(range(1, len(parts) + 1))


# -- glare -----------------------------------------------------------------------------------------


def test_a_stroke_under_a_lamps_reflection_stays_whole():
    """The reflection takes ink and paper four fifths of their way to white."""
    noise = np.random.default_rng(1).normal(0, 1.5, (300, 300))
    grey = np.where(np.asarray(drawn(((150, 40), (150, 260)))) < 128, 50, 150) + noise
    y, x = np.mgrid[:300, :300] / 300
    shine = 0.99 * np.exp(-((y - 0.5) ** 2 + (x - 0.55) ** 2) / 0.12**2)
    picture = Image.fromarray(np.clip(grey + (255 - grey) * shine, 0, 255).astype(np.uint8))
    (digit,) = read_all(picture).digits
    left, top, right, bottom = digit.box
    assert max(abs(left - 146), abs(top - 40), abs(right - 156), abs(bottom - 261)) <= 2
