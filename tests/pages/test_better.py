"""Better: both kinds of ideal against an oracle, and the gradient against the slope of the distance."""

import base64

import numpy as np
import pytest
import torch.nn.functional as F

from mnist_dash import chapter, compute
from tests import oracle
from tests.app import choose, chosen, component, components, run
from tests.pages.shown import text

BOOK = {"folder": "train/3", "place": 1, "digit": 3}


def sent(at, place):
    """The pictures of one exhibit, in order. place: its place among those with pictures."""
    return [each for group in components(at, "maps")[place]["groups"] for each in group["maps"]]


def pixels(each):
    return np.frombuffer(base64.b64decode(each["pixels"]), np.float32).reshape(28, 28)


def of(function, given):
    outcome = compute.outcome(function, given)
    assert outcome.error is None
    return outcome.value


# -- mean or median ---------------------------------------------------------------------------------


@pytest.mark.parametrize("digits", [(3, 7), (1, 4, 8)])
def test_both_accuracies_of_both_kinds_of_ideal_are_an_oracle_s(mnist, digits):
    shown = text(run("better", digits=[str(digit) for digit in digits]))
    for norm, colour in {"L1": "blue", "L2": "orange"}.items():
        shares = {}
        for how in ("mean", "median"):
            right, total, ties = oracle.right(mnist, digits, norm, how)
            assert not ties
            shares[how] = sum(right) / sum(total)
        best = max(shares.values())
        cells = [f"{100 * share:.1f} %" for share in shares.values()]
        told = [
            f"**{cell}**" if share == best else cell
            for cell, share in zip(cells, shares.values(), strict=True)
        ]
        assert f"| :{colour}[{norm}] | {' | '.join(told)} |" in shown


def test_the_median_beats_the_mean_by_l1_and_not_by_l2():
    shown = text(run("better"))
    assert "By :blue[L1] the median **beats** the mean: +9 of 2,038 images" in shown
    assert "By :orange[L2] the median **does not beat** the mean: −25 of 2,038 images" in shown


# -- autograd ---------------------------------------------------------------------------------------


def test_an_older_address_with_a_step_shows_the_gradient_until_another_exhibit_is_chosen():
    at = run("better", step="157")
    assert component(at, "live_slider")["at"] == 157
    assert chosen(choose(at, improved="median"), "improved") == "median"
    address = at.session_state["choices"].address()
    assert address == {"step": ["157"], "improved": ["median"]}
    assert component(run("better", **address), "live_slider") is None
    assert component(run("better", **dict(reversed(address.items()))), "live_slider") is None


@pytest.mark.parametrize("norm", ["L1", "L2"])
def test_the_gradient_is_the_slope_of_the_distance(norm):
    x, ideal = of(chapter.x, BOOK).double(), of(chapter.ideal, BOOK).double()
    gradient = of({"L1": chapter.gradient_l1, "L2": chapter.gradient_l2}[norm], BOOK)

    def distance(image):
        return F.l1_loss(image, ideal) if norm == "L1" else F.mse_loss(image, ideal).sqrt()

    for row, column in [(14, 14), (24, 7), (6, 20)]:
        higher, lower = x.clone(), x.clone()
        higher[row, column] += 1e-5
        lower[row, column] -= 1e-5
        slope = (distance(higher) - distance(lower)) / 2e-5
        assert slope == pytest.approx(float(gradient[row, column]), abs=1e-6)


def test_a_step_moves_both_distances_down_and_is_shown():
    at = run("better", improved="gradient")
    way_l1, after_l1, way_l2, after_l2 = sent(at, 0)
    x = of(chapter.x, BOOK).numpy()
    for way, after in [(way_l1, after_l1), (way_l2, after_l2)]:
        assert np.allclose(pixels(after), x + 50 * pixels(way), atol=1e-6)
    assert [group["value"] for group in components(at, "maps")[0]["groups"]] == ["0.1004", "0.1383"]
    assert "−0.001276, 0.000000, +0.001276" in text(at)


def test_no_step_leaves_the_image_as_it_is():
    at = choose(run("better", improved="gradient"), step=0)
    assert [group["value"] for group in components(at, "maps")[0]["groups"]] == ["0.1114", "0.2021"]
    assert at.query_params["step"] == "0"


def test_numpy_has_no_gradient():
    errors = [error.value for error in run("better", improved="gradient").error]
    assert "`AttributeError: 'numpy.ndarray' object has no attribute 'backward'`" in errors
