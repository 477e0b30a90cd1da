"""Two classifiers on the same images: counts by a loop, the test and the interval by counting coin tosses."""

from math import comb

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_dash.paired import Paired, paired

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


@settings(deadline=None)  # the first one waits for SciPy
@given(first=st.integers(0, 30), second=st.integers(0, 30))
def test_the_p_value_is_that_of_a_fair_coin_on_both_sides(first, second):
    more = tosses(max(first, second), first + second, 0.5)
    assert Paired(5, first, second, 5).p_value == pytest.approx(min(2 * more, 1))


@settings(deadline=None)  # the first one waits for SciPy
@given(first=st.integers(0, 30), second=st.integers(0, 30))
def test_the_interval_holds_the_difference_and_leaves_out_0_when_the_test_says_so(first, second):
    split = Paired(7, first, second, 3)
    low, high = split.interval
    assert low - 1e-9 <= split.difference <= high + 1e-9
    assert (low > 0 or high < 0) == (split.p_value < 0.05)


def test_at_the_ends_of_the_interval_the_split_has_2_5_percent_on_its_side():
    split = Paired(50, 4, 16, 30)
    shares = [(end * split.total / 20 + 1) / 2 for end in split.interval]
    assert tosses(16, 20, shares[0]) == pytest.approx(0.025)
    assert 1 - tosses(17, 20, shares[1]) == pytest.approx(0.025)


def test_without_a_split_nothing_is_shown_to_be_better():
    split = Paired(9, 0, 0, 1)
    assert (split.difference, split.p_value, split.interval) == (0, 1, (0, 0))
