"""Two classifiers on the same images: counts by a loop, the test and the interval by counting coin tosses."""

from math import comb

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from mnist_dash.core.paired import Paired, paired

RIGHT = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40)


def tosses(heads, count, chance):
    """The probability of at least so many heads."""
    return sum(comb(count, k) * chance**k * (1 - chance) ** (count - k) for k in range(heads, count + 1))


@given(right=RIGHT)
def test_images_are_counted_by_who_is_right(right):
    split = paired(*torch.tensor(right).T)
    pairs = [(True, True), (True, False), (False, True), (False, False)]
    assert [split.both, split.only_first, split.only_second, split.neither] == [*map(right.count, pairs)]
    assert split.total == len(right)
    accuracies = [sum(each) / len(right) for each in zip(*right, strict=True)]
    assert split.difference == pytest.approx(accuracies[1] - accuracies[0])


@given(first=st.integers(0, 30), second=st.integers(0, 30))
def test_the_p_value_is_that_of_a_fair_coin_on_both_sides(first, second):
    more = tosses(max(first, second), first + second, 0.5)
    assert Paired(5, first, second, 5).p_value == pytest.approx(min(2 * more, 1))


@pytest.mark.parametrize(
    "counts", [(6541, 144, 1662, 1653), (1927, 12, 42, 57), (1586, 549, 1, 10), (40, 3, 5, 2)]
)
def test_of_a_hundred_intervals_95_hold_the_true_difference(counts):
    """Samples drawn from a population with these shares, the page's own among them."""
    shares = np.array(counts) / sum(counts)
    samples = np.random.default_rng(1998).multinomial(sum(counts), shares, size=4_000)
    intervals = np.array([Paired(*map(int, sample)).interval for sample in samples])
    held = (intervals[:, 0] <= shares[2] - shares[1]) & (shares[2] - shares[1] <= intervals[:, 1])
    assert 0.94 < held.mean() < 0.98


@given(both=st.integers(0, 30), first=st.integers(0, 30), second=st.integers(0, 30))
def test_the_interval_lies_within_what_a_difference_can_be_and_turns_with_the_order(both, first, second):
    low, high = Paired(both, first, second, 1).interval
    assert -1 <= low < high <= 1
    assert Paired(both, second, first, 1).interval == pytest.approx((-high, -low))


def test_without_a_split_nothing_is_shown_to_be_better():
    split = Paired(9, 0, 0, 1)
    low, high = split.interval
    assert (split.difference, split.p_value) == (0, 1)
    assert low == -high < 0
