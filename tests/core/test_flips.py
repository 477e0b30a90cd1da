"""The fewest pixels that change the answer, against every picture there is."""

from itertools import product

import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st

from mnist_dash import compute
from mnist_dash.core.baseline import NORMS, predict
from mnist_dash.core.flips import fewest
from tests.properties import examples

POWERS = {"L1": 1, "L2": 2}
NEARLY = 1e-5  # distances closer than this are equal but for rounding
values = st.integers(0, 255)
parts = st.integers(0, 40).map(lambda part: part / 40)


@st.composite
def cases(draw, pixels, rivals):
    image = torch.tensor(draw(st.lists(values, min_size=pixels, max_size=pixels)), dtype=torch.uint8)
    count = draw(st.integers(2, rivals))
    ideals = draw(
        st.lists(
            st.lists(parts, min_size=pixels, max_size=pixels),
            min_size=count,
            max_size=count,
            unique_by=tuple,
        )
    )
    return image, torch.tensor(ideals)


def by_hand(image, ideals, p, floats):
    """Every distance of these pictures, (M, n) to (K, n) -> (M, K), in double precision."""
    scale = 1 if floats else 255
    apart = (image[:, None].double() / scale - ideals.double()).abs()
    return (apart**p).mean(-1) ** (1 / p)


def check(image, ideals, pictures, norm, floats=False):
    """Whether ``fewest`` needs as few pixels as the best of all these pictures, (M, n)."""
    classes = list(range(len(ideals)))
    shape = (1, -1)
    asked = image.float() if floats else image
    flip = fewest(asked.view(shape), ideals.unflatten(1, shape), classes, NORMS[norm])
    answer = int(by_hand(image[None], ideals, POWERS[norm], floats).argmin())
    start = by_hand(image[None], ideals, POWERS[norm], floats)[0].sort().values
    assume(start[1] - start[0] > NEARLY)
    assert flip.before == answer
    # What it says is what really happens.
    changed = flip.of(asked.view(shape), 784)
    distances = NORMS[norm].distances(changed[None], ideals.unflatten(1, shape))
    assert int(predict(distances, classes)) == flip.after
    assert flip.after != flip.before
    assert int((changed.flatten() != asked).sum()) == len(flip.places) == len(set(flip.places))
    # And nothing smaller does it, of all pictures.
    of_all = by_hand(pictures, ideals, POWERS[norm], floats)
    others = torch.arange(len(ideals)) != answer
    behind = of_all[:, answer] - of_all[:, others].min(1).values
    count = (pictures != image).sum(1)
    surely, perhaps = (count[behind > slack].min() for slack in (NEARLY, -NEARLY))
    assert perhaps <= len(flip.places) <= surely


@pytest.mark.parametrize("norm", NORMS)
@given(case=cases(pixels=2, rivals=4))
@examples(0.4)
def test_no_picture_of_two_pixels_needs_fewer(norm, case):
    image, ideals = case
    every = torch.cartesian_prod(*[torch.arange(256, dtype=torch.uint8)] * 2)
    check(image, ideals, every, norm)


@pytest.mark.parametrize("floats", [False, True])
@pytest.mark.parametrize("norm", NORMS)
@given(case=cases(pixels=4, rivals=5))
def test_no_picture_of_two_by_two_in_many_greys_needs_fewer(norm, floats, case):
    image, ideals = case
    greys = [0, 1, 60, 128, 200, 254, 255]
    every = torch.tensor(list(product(*[{*greys, int(value)} for value in image])), dtype=torch.uint8)
    check(image, ideals, every, norm, floats)


@pytest.mark.parametrize("norm", NORMS)
@given(case=cases(pixels=9, rivals=4))
@examples(0.6)
def test_no_subset_of_three_by_three_does_it_with_fewer(norm, case):
    image, ideals = case
    every = torch.cartesian_prod(*[torch.tensor([int(v), 0, 255]).unique().byte() for v in image])
    check(image, ideals, every, norm)


@pytest.mark.parametrize("norm", NORMS)
def test_a_tie_goes_to_the_smaller_class_so_one_pixel_less_may_do(norm):
    image = torch.tensor([[0, 0]], dtype=torch.uint8)
    ideals = torch.tensor([[[1.0, 0.0]], [[0.0, 0.0]]])  # one pixel of ink
    there = fewest(image, ideals, (3, 7), NORMS[norm])
    assert (there.before, there.after, there.places, there.inks) == (7, 3, (0,), (255,))
    # Two pixels apart, one changed: a tie, which is the smaller class's.
    ideals = torch.tensor([[[1.0, 1.0]], [[0.0, 0.0]]])
    assert len(fewest(image, ideals, (3, 7), NORMS[norm]).places) == 1
    assert len(fewest(image, ideals, (7, 3), NORMS[norm]).places) == 2


@pytest.mark.parametrize("norm", NORMS)
def test_equal_ideals_have_no_other_answer(norm):
    with pytest.raises(ValueError, match="the ideals are the same"):
        fewest(torch.zeros(2, 2, dtype=torch.uint8), torch.ones(3, 2, 2), (1, 2, 3), NORMS[norm])


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("digits", [(3, 7), tuple(range(10))])
def test_on_mnist_one_pixel_fewer_never_does_it(mnist, norm, digits):
    ideals = compute.ideals(mnist, digits)
    for place in range(0, 10_000, 500):
        image = mnist.valid.images[place]
        flip = fewest(image, ideals, digits, NORMS[norm])
        steps = torch.stack([flip.of(image, count) for count in range(len(flip.places) + 1)])
        said = predict(NORMS[norm].distances(steps, ideals), digits).tolist()
        assert said == [flip.before] * len(flip.places) + [flip.after]
        assert (steps[1:] != steps[:-1]).sum((1, 2)).tolist() == [1] * len(flip.places)
