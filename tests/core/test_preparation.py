"""A picture is made into one of a set: the size, the box and the centre of its images are measured."""

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw
from scipy import ndimage

from mnist_dash import to_mnist
from mnist_dash.core.handwriting import MNIST, STEPS, Preparation, read, read_all, steps_like
from mnist_dash.core.handwriting import preparation as measuring


def stroke(size=(200, 200), at=(60, 40, 110, 160), ink=0):
    """An upright stroke and a foot, dark on white."""
    picture = Image.new("L", size, 255)
    draw = ImageDraw.Draw(picture)
    left, top, right, bottom = at
    draw.line((left, top, left, bottom), fill=ink, width=14)
    draw.line((left, bottom, right, bottom), fill=ink, width=14)
    return picture


def boxes(images):
    """The longer side of what is at least half as dark as the darkest, by SciPy."""
    for image in images:
        (rows, columns), *_ = ndimage.find_objects((image >= image.max() / 2).astype(int))
        yield max(rows.stop - rows.start, columns.stop - columns.start)


def test_mnists_is_measured_on_its_training_images(mnist):
    assert Preparation.of(mnist.train.images) == MNIST == Preparation(28, 28, 20, 14.0, 14.0)


def test_a_set_is_measured_as_scipy_measures_it():
    chance = np.random.default_rng(0)
    images = np.zeros((51, 12, 30), np.uint8)
    for image in images:
        top, left = chance.integers(0, 5), chance.integers(0, 15)
        high, wide = chance.integers(2, 8), chance.integers(2, 15)
        image[top : top + high, left : left + wide] = chance.integers(1, 256, (high, wide))
    centres = np.mean([ndimage.center_of_mass(image.astype(float)) for image in images], axis=0)
    found = Preparation.of(torch.from_numpy(images))
    assert found.shape == (12, 30)
    assert found.box == int(np.median([*boxes(images)]))
    assert (found.row, found.column) == tuple(round(float(centre), 1) for centre in centres)


def test_of_a_large_set_some_images_are_enough(mnist, monkeypatch):
    monkeypatch.setattr(measuring, "ENOUGH", 500)
    assert Preparation.of(mnist.train.images).box == 20
    assert Preparation.of(mnist.train.images) == Preparation.of(mnist.train.images)


def test_without_ink_the_box_is_the_image():
    blank = torch.zeros(3, 6, 9, dtype=torch.uint8)
    assert Preparation.of(blank) == Preparation.of(blank[:0]) == Preparation(6, 9, 9, 2.5, 4.0)


@pytest.mark.parametrize(
    "like",
    [
        Preparation(8, 8, 8, 3.5, 3.6),
        Preparation(4, 4, 4, 1.5, 1.5),
        Preparation(32, 32, 24, 15.5, 15.5),
        Preparation(128, 128, 100, 64.0, 60.0),
        Preparation(12, 30, 20, 5.5, 15.0),  # the box would not fit
        Preparation(30, 12, 30, 15.0, 5.5),
    ],
    ids=lambda like: f"{like.height}x{like.width}",
)
@pytest.mark.parametrize("off", [(), ("box",), ("centre",), ("pen",)], ids=lambda off: "".join(off) or "all")
def test_a_picture_is_made_like_the_images_of_a_set(like, off):
    made = to_mnist(stroke(), like=like, without=off)
    assert made.shape == like.shape
    assert made.max() > 40
    if not off:
        rows, columns = ndimage.find_objects((made.numpy() >= made.max().item() / 2).astype(int))[0]
        sides = rows.stop - rows.start, columns.stop - columns.start
        as_large_as_fits = max(sides) >= like.box - 1 or any(
            a >= b for a, b in zip(sides, made.shape, strict=True)
        )
        assert max(sides) <= like.box
        assert as_large_as_fits
        middle = ndimage.center_of_mass(made.numpy().astype(float))
        for wanted, found, side, most in zip((like.row, like.column), middle, sides, made.shape, strict=True):
            assert abs(found - wanted) <= 0.6 or most - side < side  # nothing is cut off for it


def test_as_mnist_measures_is_as_it_is_by_default(mnist):
    like, page = Preparation.of(mnist.train.images), Image.new("L", (400, 200), 255)
    page.paste(stroke(), (0, 0))
    page.paste(stroke(at=(30, 60, 150, 120)), (200, 0))
    assert to_mnist(page, like=like).equal(to_mnist(page))
    for found, usual in zip(read_all(page, like=like).digits, read_all(page).digits, strict=True):
        assert found.pixels.equal(usual.pixels)


def test_the_steps_say_what_they_do_for_the_set():
    assert steps_like(MNIST) == STEPS
    small = steps_like(Preparation(8, 8, 7, 3.5, 3.6))
    assert [*small] == [*STEPS]
    assert small["box"].title == "Box of 7"
    assert "(3.5, 3.6)" in small["centre"].does
    words = " ".join(f"{step.title} {step.does} {step.off}" for step in small.values())
    assert "28" not in words
    assert "MNIST" not in words
    assert read(stroke(), like=Preparation(8, 8, 7, 3.5, 3.6)).stages_of(0)[-1].shape == (8, 8)
