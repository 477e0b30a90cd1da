"""The stress test against NumPy and SciPy."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from mnist_dash.core.stress import SEED, STRAINS, SWITCHES, Stress, strains

INK = 255


# Rounding moves a value by a half at most, but float32 knows what is rounded only so well: a place up to 28
# to two units in its last place, and a value, along two axes, to that times the steepest slope.
FLOAT32 = 2 * INK * 2 * 2**-19


def steps(stress):
    """A stress as one strain after the other, each of which rounds once."""
    yield Stress(pen=stress.pen)
    yield Stress(turn=stress.turn, size=stress.size)
    yield Stress(dx=stress.dx, dy=stress.dy)
    yield Stress(blur=stress.blur)
    yield Stress(noise=stress.noise)
    yield Stress(salt=stress.salt)
    yield Stress(inverted=stress.inverted)


def by_scipy(images, step):
    """What a step makes of each image, in float64, before it is rounded."""
    images = images.numpy().astype(float)
    pen = step.pen
    while pen:
        part = min(abs(pen), 1)
        if pen > 0:
            wide = ndimage.maximum_filter(images, size=(1, 3, 3), mode="constant", cval=0)
        else:
            wide = ndimage.minimum_filter(images, size=(1, 3, 3), mode="constant", cval=INK)
        images = (1 - part) * images + part * wide
        pen -= np.sign(pen) * part
    if step.turn or step.size != 1:
        angle = np.radians(step.turn)
        # From a place in the new picture, (row, column) from its centre, back to the old one.
        back = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) / step.size
        centre = (np.array(images.shape[1:]) - 1) / 2
        images = np.stack(
            [
                ndimage.affine_transform(
                    image, back, offset=centre - back @ centre, order=1, mode="grid-constant"
                )
                for image in images
            ]
        )
    images = ndimage.shift(images, (0, step.dy, step.dx), order=0, mode="grid-constant")
    if step.blur:
        for axis in (1, 2):
            images = ndimage.gaussian_filter1d(
                images, step.blur, axis=axis, mode="constant", truncate=2 * max(images.shape[1:]) / step.blur
            )
    noise, salt = (torch.Generator().manual_seed(seed) for seed in (SEED, SEED + 1))
    if step.noise:
        noise = INK * step.noise * torch.randn(images.shape, generator=noise).numpy()
        images = np.clip(images + noise, 0, INK)
    if step.salt:
        draw = torch.rand(images.shape, generator=salt).numpy()
        images = np.where(draw < step.salt / 2, 0, np.where(draw > 1 - step.salt / 2, INK, images))
    return INK - images if step.inverted else images


def check(images, stress):
    """Whether every step gives the nearest whole values to SciPy's, and the whole is its steps in order."""
    made = images
    for step in steps(stress):
        exact = by_scipy(made, step)
        made = step.of(made)
        assert (made.dtype, made.shape) == (torch.uint8, images.shape)
        assert np.abs(made.numpy() - exact).max() <= 1 / 2 + FLOAT32, step
    assert stress.of(images).equal(made)


STRESSES = st.builds(
    Stress,
    inverted=st.booleans(),
    **{name: st.sampled_from(strain.stops) for name, strain in STRAINS.items()},
)


@given(stress=STRESSES)
def test_every_mixture_of_strains_is_what_scipy_makes_of_the_images(mnist, stress):
    check(mnist.valid.images[:12], stress)


@pytest.mark.parametrize("name", STRAINS)
def test_every_strain_alone_is_what_scipy_makes_of_the_images(mnist, name):
    for value in (STRAINS[name].stops[0], STRAINS[name].stops[-1]):
        check(mnist.valid.images[:5], Stress(**{name: value}))


@pytest.mark.parametrize("shape", [(8, 8), (12, 20), (128, 128)])
def test_images_of_any_size_are_strained_as_scipy_does_it(shape):
    chance = np.random.default_rng(1)
    images = torch.from_numpy(chance.integers(0, 256, (3, *shape), dtype=np.uint8))
    of_size = strains(*shape)
    for name in ("dx", "dy", "turn", "size", "pen", "blur", "noise", "salt"):
        for value in (of_size[name].stops[0], of_size[name].stops[-1]):
            check(images, Stress(**{name: value}))


def test_large_images_are_moved_and_blurred_by_more_pixels_and_small_ones_by_fewer():
    ends = {side: strains(side, side) for side in (4, 8, 28, 128)}
    assert [each["dx"].stops[-1] for each in ends.values()] == [1, 2, 6, 27]
    assert [each["pen"].stops[0] for each in ends.values()] == [-0.5, -0.5, -1, -5]
    assert [each["blur"].stops[-1] for each in ends.values()] == [1.5, 1.5, 3, 15]
    assert {tuple(each["noise"].stops) for each in ends.values()} == {tuple(STRAINS["noise"].stops)}


def test_at_rest_the_images_stay_as_they_are(mnist):
    rest = Stress(**{name: strain.rest for name, strain in STRAINS.items()})
    assert rest == Stress()
    assert rest.of(mnist.valid.images).equal(mnist.valid.images)


def test_every_strain_and_switch_is_a_part_of_the_stress_and_offers_its_rest():
    assert [*STRAINS, *SWITCHES] == list(Stress.__dataclass_fields__)
    for side in (4, 8, 28, 128):
        for strain in strains(side, side).values():
            assert strain.rest in strain.stops
            assert list(strain.stops) == sorted(strain.stops)
            written = [strain.written(stop) for stop in strain.stops]
            assert len({*written}) == len(written)


def test_right_is_right_down_is_down_and_clockwise_is_clockwise():
    one = torch.zeros(1, 9, 9, dtype=torch.uint8)
    one[0, 2, 4] = INK  # above the middle
    assert Stress(dx=2).of(one)[0].nonzero().tolist() == [[2, 6]]
    assert Stress(dy=3).of(one)[0].nonzero().tolist() == [[5, 4]]
    assert Stress(turn=90.0).of(one)[0].argmax() == 4 * 9 + 6  # to the right of the middle
    assert Stress(size=2.0).of(one)[0].argmax() == 0 * 9 + 4


def test_a_pen_of_one_pixel_makes_one_pixel_three_by_three_and_a_thin_one_takes_it_away():
    one = torch.zeros(1, 5, 5, dtype=torch.uint8)
    one[0, 2, 2] = INK
    thick = Stress(pen=1.0).of(one)
    assert thick[0, 1:4, 1:4].eq(INK).all()
    assert thick.count_nonzero() == 9
    assert Stress(pen=-1.0).of(thick).equal(one)
    assert not Stress(pen=-1.0).of(one).any()


def test_the_same_noise_comes_again_and_some_noise_is_not_none(mnist):
    images = mnist.valid.images[:3]
    noisy = Stress(noise=0.3, salt=0.1).of(images)
    assert noisy.equal(Stress(noise=0.3, salt=0.1).of(images))
    assert not noisy.equal(images)


def test_forgetting_the_division_leaves_numbers_up_to_255(mnist):
    images = mnist.valid.images[:3]
    ours = Stress(undivided=True).of(images)
    assert ours.dtype == torch.float32
    assert ours.equal(images.float())
    assert float(ours.max()) == INK


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("dx", -2, "−2 px"),
        ("dx", 0, "0 px"),
        ("turn", 15.0, "+15°"),
        ("salt", 0.05, "5%"),
        ("size", 1.0, "× 1"),
    ],
)
def test_a_value_is_written_as_people_write_it(name, value, words):
    assert STRAINS[name].written(value) == words
