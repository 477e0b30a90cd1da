import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from mnist_dash.core import sheets
from mnist_dash.core.baseline import NORMS, accuracy, ideals, predict
from mnist_dash.core.handwriting import STEPS, HandwritingError, read, read_all, to_mnist
from mnist_dash.core.handwriting.files import ORIENTATION


def page(size, box, shape="rectangle"):
    """A white page of this size with a black shape whose edges are box = left, top, right, bottom."""
    picture = Image.new("L", size, 255)
    left, top, right, bottom = box
    getattr(ImageDraw.Draw(picture), shape)((left, top, right - 1, bottom - 1), fill=0)
    return picture


def extent(prepared, axis, least=1):
    """First and one past the last row (axis 0) or column (axis 1) with ink of at least this value."""
    inked = (prepared.amax(1 - axis) >= least).nonzero()[:, 0]
    return int(inked[0]), int(inked[-1]) + 1


def centre_of_mass(prepared):
    ink = prepared.double()
    index = torch.arange(28, dtype=torch.double)
    return [float((ink.sum(1 - axis) * index).sum() / ink.sum()) for axis in (0, 1)]


SHAPE = {"pen"}  # a filled shape is no stroke: what is said of its box holds without this step


def stroke(size=(400, 400), points=((120, 80), (260, 100), (180, 300)), width=30, paper=255, ink=0):
    picture = Image.new("L", size, paper)
    ImageDraw.Draw(picture).line(points, fill=ink, width=width, joint="curve")
    return picture


def apart(one, other):
    """Mean absolute difference, in grey values."""
    return float((one.int() - other.int()).abs().float().mean())


# -- where MNIST puts a digit ----------------------------------------------------------------------


@given(st.integers(20, 180), st.integers(1, 150), st.integers(1, 150), st.floats(0.1, 1), st.booleans())
def test_the_longer_side_is_20_pixels_the_aspect_is_kept_and_the_mass_is_central(
    longer, left, top, aspect, tall
):
    """Filled, and still no more than a fifth of the page: and not at its edge, where a blot is no digit."""
    shorter = max(round(longer * aspect), 1)
    width, height = (shorter, longer) if tall else (longer, shorter)
    picture = page((360, 360), (left, top, left + width, top + height), "ellipse")
    prepared = to_mnist(picture, without=SHAPE)
    assert (prepared.shape, prepared.dtype) == ((28, 28), torch.uint8)
    rows, columns = (end - start for start, end in (extent(prepared, 0), extent(prepared, 1)))
    assert max(rows, columns) == 20
    assert abs(min(rows, columns) - 20 * shorter / longer) <= 1
    assert centre_of_mass(prepared) == pytest.approx([14, 14], abs=0.51)  # to the nearest whole pixel


def test_a_square_of_a_4_x_4_page_by_hand():
    """Two by two pixels of ink become 20 x 20, and 20 x 20 centred on 14 starts at 14 - 9.5, rounded to 4."""
    pixels = np.full((4, 4), 255, np.uint8)
    pixels[1:3, 0:2] = 0
    expected = torch.zeros(28, 28, dtype=torch.uint8)
    expected[4:24, 4:24] = 255
    assert torch.equal(to_mnist(Image.fromarray(pixels), without=SHAPE), expected)


def test_ink_is_255_and_paper_is_0_whatever_the_pencil():
    pencil = Image.new("L", (100, 100), 230)
    ImageDraw.Draw(pencil).rectangle((30, 30, 49, 49), fill=150)
    prepared = to_mnist(pencil, without=SHAPE)
    assert prepared[4:24, 4:24].min() == 255
    assert prepared.sum() == 20 * 20 * 255


def test_where_on_the_page_and_how_large_a_digit_is_does_not_matter():
    small = page((100, 100), (10, 10, 30, 50), "ellipse")
    large = page((600, 500), (300, 80, 500, 480), "ellipse")
    assert (
        apart(to_mnist(small, without=SHAPE), to_mnist(large, without=SHAPE)) < 4
    )  # only the edges' anti-aliasing


def test_edges_are_anti_aliased():
    greys = to_mnist(page((400, 400), (150, 150, 230, 270), "ellipse")).unique()
    assert len(greys) > 10


def test_a_digit_heavy_on_one_end_is_not_cut_off():
    """Its centre of mass would want it farther than the edge: it stays whole instead."""
    picture = page((300, 300), (100, 20, 200, 60))
    ImageDraw.Draw(picture).line((150, 60, 150, 280), fill=0, width=4)
    start, end = extent(to_mnist(picture, without=SHAPE), 0)
    assert end - start == 20


# -- each step, with and without it ------------------------------------------------------------------


def test_every_step_is_returned_by_name_in_order_with_its_shape():
    reading = read(stroke().convert("RGB"))
    stages = reading.stages_of(0)
    assert [stage.step for stage in stages] == list(STEPS)
    assert stages[0].shape == (400, 400, 3)
    assert {stage.shape for stage in stages[1:6]} == {(400, 400)}
    assert max(stages[8].shape) == 20
    assert stages[9].shape == (28, 28)
    assert torch.equal(255 - torch.from_numpy(np.asarray(stages[9].picture).copy()), reading.digits[0].pixels)


def test_the_camera_may_be_held_in_any_way():
    upright = stroke()
    for turn, tag in sheets.TURNS.items():
        lying = upright if turn is None else upright.transpose(turn)
        lying.getexif()[ORIENTATION] = tag
        assert torch.equal(to_mnist(lying), to_mnist(upright)), tag
        assert (tag == 1) == torch.equal(to_mnist(lying, without={"upright"}), to_mnist(upright))


def test_grey_is_the_weighted_sum_of_red_green_and_blue_and_without_it_red_ink_vanishes():
    red = Image.merge("RGB", (Image.new("L", (400, 400), 255), stroke(), stroke()))
    grey = np.asarray(read(red).stages[1].picture)
    assert grey.min() == round(0.299 * 255)
    assert apart(to_mnist(red), to_mnist(stroke())) < 1
    with pytest.raises(HandwritingError, match="no ink found"):
        to_mnist(red, without={"grey"})


def test_light_ink_on_a_dark_ground_is_the_same_digit():
    chalk = ImageOps.invert(stroke())
    assert apart(to_mnist(chalk), to_mnist(stroke())) < 1
    assert read(chalk).light_ink
    assert not read(stroke()).light_ink
    with pytest.raises(HandwritingError, match="no ink found"):  # the dark that is left is no stroke
        to_mnist(chalk, without={"polarity"})


def test_the_polarity_can_be_overridden():
    assert apart(to_mnist(ImageOps.invert(stroke()), ink="light"), to_mnist(stroke())) < 1


def test_light_that_falls_to_a_half_and_a_shadow_with_an_edge_are_evened_out():
    light = np.linspace(1, 0.5, 400)[None, :] * np.where(np.arange(400) < 150, 0.6, 1)[:, None]
    shaded = Image.fromarray((np.asarray(stroke(paper=230, ink=40)) * light).astype(np.uint8))
    assert apart(to_mnist(shaded), to_mnist(stroke())) < 5
    with pytest.raises(HandwritingError, match="no ink found"):  # the shadow is darker than half of the ink
        to_mnist(shaded, without={"light", "ink"})


def test_a_clean_drawing_is_not_changed_by_evening_out_its_light():
    assert apart(to_mnist(stroke()), to_mnist(stroke(), without={"light"})) == 0


def test_noise_of_the_paper_becomes_0():
    noise = np.random.default_rng(1).normal(0, 8, (400, 400))
    grainy = Image.fromarray(np.clip(np.asarray(stroke(paper=200, ink=50)) + noise, 0, 255).astype(np.uint8))
    assert apart(to_mnist(grainy), to_mnist(stroke())) < 3
    paper = np.asarray(read(grainy).stages[4].picture)[310:, :]
    assert (paper == 255).mean() > 0.95


def test_specks_are_dropped_and_dots_near_the_digit_do_not_widen_its_box():
    speckled = stroke()
    for x, y in [(20, 20), (380, 30), (200, 60), (60, 350)]:
        ImageDraw.Draw(speckled).ellipse((x, y, x + 6, y + 6), fill=0)
    assert torch.equal(to_mnist(speckled), to_mnist(stroke()))
    assert apart(to_mnist(speckled, without={"specks"}), to_mnist(stroke())) > 5


def test_a_digit_in_two_pieces_stays_whole():
    """A 5 whose bar does not touch its body."""
    five = stroke(points=((150, 120), (150, 200), (240, 220), (240, 300), (140, 310)), width=24)
    ImageDraw.Draw(five).line(((175, 95), (250, 95)), fill=0, width=20)
    top = np.asarray(read(five).digits[0].stages[0].picture)
    assert (top[:20, -60:] < 128).any()
    assert len(read_all(five).digits) == 1


def test_of_several_digits_to_mnist_keeps_the_main_one():
    two = stroke()
    ImageDraw.Draw(two).line(((340, 40), (340, 90)), fill=0, width=10)
    assert torch.equal(to_mnist(two), to_mnist(stroke()))


@pytest.mark.parametrize("width", [6, 12, 30, 60])
def test_a_thin_and_a_thick_pen_write_the_same_digit(width):
    usual = to_mnist(stroke(width=32))
    assert apart(to_mnist(stroke(width=width)), usual) < 12
    inks = [float(to_mnist(stroke(width=width), without=off).float().mean()) for off in ((), {"pen"})]
    assert abs(inks[0] - float(usual.float().mean())) <= abs(inks[1] - float(usual.float().mean())) + 1


def test_without_the_box_the_whole_page_is_scaled_and_without_the_centre_the_box_is_in_the_middle():
    small = page((280, 280), (140, 140, 180, 180))
    whole = to_mnist(small, without={"box", "centre", "pen"})
    assert [extent(whole, axis, least=128) for axis in (0, 1)] == [(14, 18)] * 2
    heavy = page((300, 300), (100, 20, 200, 60))
    ImageDraw.Draw(heavy).line((150, 60, 150, 280), fill=0, width=4)
    assert extent(to_mnist(heavy, without={"centre", "pen"}), 0) == (4, 24)


def test_without_the_box_a_digit_among_others_keeps_its_surroundings_only():
    sheet = Image.new("L", (600, 300), 255)
    for x in (100, 400):
        ImageDraw.Draw(sheet).line(((x, 80), (x + 60, 80), (x + 30, 220)), fill=0, width=16)
    for digit in read_all(sheet, without={"box", "pen"}).digits:
        start, end = extent(digit.pixels, 0, least=128)
        assert 28 * 2 / 3 - 2 <= end - start <= 28 * 2 / 3 + 2


# -- several digits --------------------------------------------------------------------------------


def test_digits_are_read_line_by_line_from_left_to_right():
    sheet = Image.new("L", (600, 400), 255)
    corners = [(60, 60), (250, 40), (450, 70), (80, 240), (300, 260)]
    for number, (x, y) in enumerate(corners):
        ImageDraw.Draw(sheet).line(((x, y), (x + 30, y), (x + 10 * number, y + 90)), fill=0, width=10)
    found = read_all(sheet).digits
    assert len(found) == 5
    for digit, (x, y) in zip(found, corners, strict=True):
        left, top, right, bottom = digit.box
        assert abs(left - x) < 15
        assert abs(top - y) < 15
        assert bottom - top > 85
        assert right - left > 25


def test_the_pictures_of_a_digit_among_others_show_its_surroundings_only():
    sheet = Image.new("RGB", (600, 300), "white")
    for x in (100, 400):
        ImageDraw.Draw(sheet).line(((x, 80), (x + 60, 80), (x + 30, 220)), fill=0, width=16)
    stages = read_all(sheet).stages_of(1)
    assert stages[0].shape[0] < 250
    assert stages[0].shape[1] < 200
    assert stages[-1].shape == (28, 28)


def test_a_dark_desk_around_the_paper_is_no_digit():
    desk = Image.new("L", (500, 500), 60)
    desk.paste(stroke(paper=235, ink=20), (60, 60))
    assert apart(to_mnist(desk, ink="dark"), to_mnist(stroke())) < 6


def test_more_than_a_hundred_digits_are_refused():
    sheet = Image.new("L", (1200, 1200), 255)
    for x in range(20, 1180, 80):
        for y in range(20, 1180, 80):
            ImageDraw.Draw(sheet).line(((x, y), (x + 20, y), (x + 5, y + 40)), fill=0, width=5)
    with pytest.raises(HandwritingError, match="more than 100 shapes found"):
        read_all(sheet)


# -- no ink ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_a_picture_without_ink_is_refused(grey):
    with pytest.raises(HandwritingError, match="no ink found"):
        to_mnist(Image.new("L", (50, 50), grey))


@pytest.mark.parametrize("size", [28, 100, 500])
@pytest.mark.parametrize("kind", ["uniform", "normal", "smooth"])
def test_pure_noise_is_refused(size, kind):
    generator = np.random.default_rng(size)
    noise = (
        generator.uniform(0, 255, (size, size))
        if kind == "uniform"
        else generator.normal(128, 30, (size, size))
    )
    picture = Image.fromarray(np.clip(noise, 0, 255).astype(np.uint8))
    with pytest.raises(HandwritingError, match="no ink found"):
        to_mnist(picture.filter(ImageFilter.GaussianBlur(1)) if kind == "smooth" else picture)


# -- the real MNIST --------------------------------------------------------------------------------


@pytest.mark.parametrize("photo", [False, True], ids=["scan", "photo"])
@pytest.mark.parametrize("light_on_dark", [False, True], ids=["dark", "light"])
def test_digits_of_mnist_on_a_sheet_are_read_back_as_well_as_untouched(mnist, photo, light_on_dark):
    """100 validation digits, small; benchmarks.handwriting has more, of every size, and closer limits."""
    places = torch.randperm(10_000, generator=torch.Generator().manual_seed(20))[:100]
    prepared = []
    for place in places.tolist():
        generator = np.random.default_rng(place)
        ink = sheets.coverage(mnist.valid.images[place], generator, sizes=(60, 100), largest=200)
        picture = (
            sheets.photograph(ink, generator, light_on_dark=light_on_dark)
            if photo
            else sheets.scan(ink, light_on_dark=light_on_dark)
        )
        prepared.append(to_mnist(picture))
    classes, labels = mnist.labels, mnist.valid.labels[places]
    for norm in NORMS.values():
        untouched, read_back = (
            accuracy(
                predict(norm.distances(stack, ideals(mnist.train, classes)), classes), labels, classes
            ).pooled
            for stack in (mnist.valid.images[places], torch.stack(prepared))
        )
        assert read_back >= untouched - (0.03 if photo else 0.02), norm.name
