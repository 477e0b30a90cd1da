"""The median and other quantiles, held against NumPy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_dash.core.handwriting.ranks import median, quantile

sides = st.integers(1, 40)
seeds = st.integers(0, 2**32 - 1)


@given(sides, sides, st.sampled_from([np.float32, np.float64, np.int64]), seeds)
def test_the_median_is_numpys_to_the_last_bit(height, width, kind, seed):
    values = np.random.default_rng(seed).integers(0, 50, (height, width)).astype(kind) / kind(7)
    assert median(values) == np.median(values)


@given(sides, sides, st.floats(0, 1), seeds)
def test_a_quantile_is_numpys(height, width, share, seed):
    values = np.random.default_rng(seed).random((height, width))
    assert quantile(values, share) == pytest.approx(np.quantile(values, share), abs=1e-12)
