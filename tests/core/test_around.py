"""What lies around each pixel, held against scipy.ndimage to the last bit."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from mnist_dash.core.handwriting.around import closed, grown, highest, lowest, medians, opened, to_paper

sides, sizes = st.integers(1, 60), st.integers(1, 30)
seeds = st.integers(0, 2**32 - 1)


@given(sides, sides, sizes, seeds)
def test_highest_lowest_median_closed_and_opened_are_those_of_ndimage(height, width, size, seed):
    values = np.random.default_rng(seed).random((height, width), np.float32)
    assert np.array_equal(highest(values, size), ndimage.maximum_filter(values, size))
    assert np.array_equal(lowest(values, size), ndimage.minimum_filter(values, size))
    assert np.array_equal(closed(values, size), ndimage.grey_closing(values, size))
    assert np.array_equal(opened(values, size), ndimage.grey_opening(values, size))
    small = size % 7 + 1
    assert np.array_equal(medians(values, small), ndimage.median_filter(values, small))


@given(sides, sides, st.integers(1, 6), st.floats(0, 0.3), seeds)
def test_a_mask_grows_as_it_does_in_ndimage(height, width, by, share, seed):
    mask = np.random.default_rng(seed).random((height, width)) < share
    assert np.array_equal(grown(mask, by), ndimage.binary_dilation(mask, iterations=by))


@given(st.integers(2, 200), st.integers(2, 200), st.integers(1, 20), st.floats(0.001, 0.6), seeds)
def test_the_distance_to_paper_is_that_of_ndimage_as_far_as_it_is_asked_for(height, width, most, share, seed):
    generator = np.random.default_rng(seed)
    ink = generator.random((height, width)) >= share
    ink[generator.integers(height), generator.integers(width)] = False  # ndimage needs some paper
    expected = ndimage.distance_transform_edt(ink)
    assert np.array_equal(to_paper(ink), expected)
    near = to_paper(ink, most)
    assert np.array_equal(near[expected <= most], expected[expected <= most])
    assert (near[expected > most] > most).all()


def test_where_all_is_ink_paper_is_farther_away_than_the_picture_is_long():
    assert to_paper(np.ones((3, 4), bool)).min() > 5
