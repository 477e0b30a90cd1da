import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageOps

from mnist_dash.baseline import NORMS, accuracy, ideals, predict
from mnist_dash.handwriting import HandwritingError, to_mnist


def page(size, box, shape="rectangle"):
    """A white page of this size with a black shape whose edges are box = left, top, right, bottom."""
    picture = Image.new("L", size, 255)
    left, top, right, bottom = box
    getattr(ImageDraw.Draw(picture), shape)((left, top, right - 1, bottom - 1), fill=0)
    return picture


def extent(prepared, axis):
    """First and one past the last row (axis 0) or column (axis 1) with ink."""
    inked = prepared.amax(1 - axis).nonzero()[:, 0]
    return int(inked[0]), int(inked[-1]) + 1


def centre_of_mass(prepared):
    ink = prepared.double()
    index = torch.arange(28, dtype=torch.double)
    return [float((ink.sum(1 - axis) * index).sum() / ink.sum()) for axis in (0, 1)]


@settings(max_examples=60)
@given(st.integers(40, 400), st.integers(0, 300), st.integers(0, 300), st.floats(0.1, 1), st.booleans())
def test_the_longer_side_is_20_pixels_the_aspect_is_kept_and_the_mass_is_central(
    longer, left, top, aspect, tall
):
    shorter = max(round(longer * aspect), 1)
    width, height = (shorter, longer) if tall else (longer, shorter)
    picture = page((720, 720), (left, top, left + width, top + height), "ellipse")
    prepared = to_mnist(picture)
    assert (prepared.shape, prepared.dtype) == ((28, 28), torch.uint8)
    rows, columns = (end - start for start, end in (extent(prepared, 0), extent(prepared, 1)))
    assert max(rows, columns) == 20
    assert abs(min(rows, columns) - 20 * shorter / longer) <= 1
    assert centre_of_mass(prepared) == pytest.approx([14, 14], abs=0.51)  # to the nearest whole pixel


def test_ink_is_255_and_paper_is_0_whatever_the_pencil():
    pencil = Image.new("L", (100, 100), 230)
    ImageDraw.Draw(pencil).rectangle((30, 30, 69, 69), fill=150)
    prepared = to_mnist(pencil)
    assert prepared[4:24, 4:24].min() == 255
    assert prepared.sum() == 20 * 20 * 255


def test_where_on_the_page_and_how_large_a_digit_is_does_not_matter():
    small = page((100, 100), (10, 10, 30, 50), "ellipse")
    large = page((600, 500), (300, 80, 500, 480), "ellipse")
    difference = (to_mnist(small).int() - to_mnist(large).int()).abs()
    assert difference.float().mean() < 4  # grey values of 255: only the edges' anti-aliasing


def test_edges_are_anti_aliased():
    greys = to_mnist(page((400, 400), (50, 50, 350, 350), "ellipse")).unique()
    assert len(greys) > 10


def test_a_digit_heavy_on_one_end_is_not_cut_off():
    """Its centre of mass would want it farther than the edge: it stays whole instead."""
    picture = page((300, 300), (100, 20, 200, 60))
    ImageDraw.Draw(picture).line((150, 60, 150, 280), fill=0, width=4)
    start, end = extent(to_mnist(picture), 0)
    assert end - start == 20


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_a_picture_without_ink_is_refused(grey):
    with pytest.raises(HandwritingError, match="no ink found"):
        to_mnist(Image.new("L", (50, 50), grey))


def test_digits_of_mnist_put_on_a_page_are_read_back_as_well_as_untouched(mnist):
    """1,000 validation digits on white pages of 600 x 600, at several sizes and places."""
    generator = torch.Generator().manual_seed(20)
    places = torch.randperm(10_000, generator=generator)[:1_000]
    images, labels = mnist.valid.images[places], mnist.valid.labels[places]
    prepared = []
    for image in images:
        side, left, top = (int(torch.randint(60, 300, (), generator=generator)) for _ in range(3))
        digit = ImageOps.invert(Image.fromarray(image.numpy())).resize((side, side))
        sheet = Image.new("L", (600, 600), 255)
        sheet.paste(digit, (left, top))
        prepared.append(to_mnist(sheet))
    classes = mnist.classes
    for norm in NORMS.values():
        untouched, read = (
            accuracy(
                predict(norm.distances(stack, ideals(mnist.train, classes)), classes),
                labels,
                classes,
            )
            for stack in (images, torch.stack(prepared))
        )
        assert read.pooled >= untouched.pooled - 0.01, norm.name
