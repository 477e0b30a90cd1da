"""The magnet: its numbers against NumPy, and what is said of them."""

import re

import numpy as np
import pytest

from mnist_dash import chapter, compute
from mnist_dash.core.baseline import IDEALS, NORMS
from tests.app import chosen, components, run, words

ALL = tuple(range(10))


@pytest.fixture(scope="module")
def ideals(mnist):
    """Kind -> the ten ideals, (10, 28, 28), by NumPy."""
    stacks = [mnist.train.images[mnist.train.labels == digit].numpy() for digit in ALL]
    kinds = {"mean": np.mean, "median": np.median}
    return {how: np.stack([kind(stack, axis=0) for stack in stacks]) / 255 for how, kind in kinds.items()}


def far(images, ideals, norm):
    apart = np.abs(images[:, None] - ideals)
    return apart.mean((2, 3)) if norm == "L1" else np.sqrt((apart**2).mean((2, 3)))


def of(function, how, **given):
    return compute.outcome(function, {"digits": ALL, "how": how, "first": None} | given).value


@pytest.fixture(scope="module")
def pages():
    return {how: run("magnet", magnets=how) for how in IDEALS}


def text(at):
    return " ".join(words(block) for block in at.markdown)


def table(at):
    return next(block.value for block in at.get("html") if 'class="magnet"' in block.value)


@pytest.mark.parametrize("how", IDEALS)
def test_the_blank_page_is_as_far_as_numpy_says_and_its_l1_distance_is_the_ink(ideals, how):
    blank = of(chapter.far_from_blank, how)
    for norm in NORMS:
        assert np.allclose(blank[norm], far(np.zeros((1, 28, 28)), ideals[how], norm)[0], atol=1e-6)
    assert np.allclose(of(chapter.ink_of_ideals, how), ideals[how].mean((1, 2)), atol=1e-6)
    assert np.allclose(blank["L1"], of(chapter.ink_of_ideals, how), atol=1e-6)


@pytest.mark.parametrize("how", IDEALS)
def test_every_image_is_counted_once_as_numpy_answers_it(mnist, ideals, how):
    images = mnist.valid.images.numpy()[:2000] / 255
    given = of(chapter.how_often_answered, how)
    assert [sum(counts) for counts in given.values()] == [10_000, 10_000]
    assert of(chapter.how_often_true, how) == np.bincount(mnist.valid.labels, minlength=10).tolist()
    answers = compute.made(chapter.answers, {"digits": ALL, "how": how, "first": None})
    for norm in NORMS:
        assert given[norm] == np.bincount(answers[norm], minlength=10).tolist()
        for start in range(0, 2000, 500):
            apart = far(images[start : start + 500], ideals[how], norm)
            said = apart[range(500), answers[norm][start : start + 500]]
            assert (said <= apart.min(1) + 1e-6).all()  # float32 decides what is closer


def test_with_means_l1_answers_1_for_a_third_and_a_blank_page_is_a_1_under_both(pages):
    words = text(pages["mean"])
    assert ":blue[L1] answers **1** for **33 %** of all images (11 % are)" in words
    assert ":blue[L1] calls it **1** and :orange[L2] calls it **1**" in words
    assert "hardly ever far**: that is 1, with 0.0760 on average" in words


@pytest.mark.parametrize("how", IDEALS)
def test_an_empty_pad_and_a_blank_page_that_is_measured_stand_in_one_sentence_which_is_true(
    ideals, pages, how
):
    squares = (ideals[how] ** 2).mean((1, 2))
    least = {"L1": int(ideals[how].mean((1, 2)).argmin()), "L2": int(squares.argmin())}
    blank = of(chapter.far_from_blank, how)
    assert {norm: int(far.argmin()) for norm, far in blank.items()} == least
    assert (
        "An empty pad is not measured; if it were, the ideal with the least ink (for L2, ink squared) would "
        "be nearest, because on blank paper an ideal's own ink is all that counts: "
        f":blue[L1] calls it **{least['L1']}** and :orange[L2] calls it **{least['L2']}**."
    ) in text(pages[how])


def test_with_medians_the_words_follow_the_numbers(ideals, pages):
    words = text(pages["median"])
    nearest = {
        norm: int(far(np.zeros((1, 28, 28)), ideals["median"], norm)[0].argmin()) for norm in ("L1", "L2")
    }
    assert f":blue[L1] calls it **{nearest['L1']}** and :orange[L2] calls it **{nearest['L2']}**" in words
    shown = re.findall(r"0\.\d{4}", table(pages["median"]))
    assert shown[::2] == [f"{ink:.4f}" for ink in ideals["median"].mean((1, 2))]


def test_the_median_helps_l1_and_hurts_l2_as_measured(mnist, pages):
    scores = {how: of(chapter.scores, how) for how in IDEALS}
    change = {n: scores["median"][n].pooled - scores["mean"][n].pooled for n in NORMS}
    assert change["L1"] > 0 > change["L2"]
    said = f"The median helps :blue[L1] (+{100 * change['L1']:.1f} points) and hurts :orange[L2] "
    said += f"(−{-100 * change['L2']:.1f} points)"
    assert said in text(pages["mean"])
    assert any("section 2.4" in caption.value for caption in pages["mean"].caption)


@pytest.mark.parametrize("digits", [["3", "7"], ["0", "5", "6"]])
def test_all_ten_are_shown_whatever_is_in_play(digits):
    at = run("magnet", digits=digits, dx="4", first="5")
    assert ":blue[L1] answers **1** for **33 %** of all images" in text(at)


def test_the_mean_and_the_median_are_what_each_norm_minimises(mnist, ideals):
    for digit in (1, 8):
        images = mnist.train.images[mnist.train.labels == digit].numpy()[:, None] / 255
        l1 = {how: np.abs(images - ideals[how][digit]).mean() for how in IDEALS}
        squares = {how: ((images - ideals[how][digit]) ** 2).mean() for how in IDEALS}
        assert l1["median"] < l1["mean"]
        assert squares["mean"] < squares["median"]


@pytest.mark.parametrize("digit", [8, 0])
def test_an_ideal_with_more_and_more_ink_is_answered_as_numpy_does(ideals, digit):
    ways = of(chapter.answers_by_strength, "mean", faint=digit)
    for percent in (0, 13, 40, 66, 81, 100):
        image = np.round(ideals["mean"][digit] * 255 * percent / 100)[None] / 255
        for norm in NORMS:
            apart = far(image, ideals["mean"], norm)[0]
            assert apart[ways[norm][percent]] <= apart.min() + 1e-5
    assert ways["L1"][0] == 1
    assert ways["L1"][100] == ways["L2"][100] == digit


@pytest.mark.parametrize("query", [{}, {"faint": "x", "strength": "-5"}, {"faint": "99", "strength": "1000"}])
def test_the_picture_is_what_is_measured_and_nonsense_is_ignored(query):
    at = run("magnet", **query)
    sent = components(at, "readout")[-1]
    assert sent["classes"] == list(ALL)
    digit, strength = chosen(at, "faint"), chosen(at, "strength")
    assert sent["note"].startswith(f"Ideal {digit} with {strength} % of its ink.")
    ways = of(chapter.answers_by_strength, "mean", faint=digit)
    assert {norm: sent["verdicts"][norm]["nearest"] for norm in NORMS} == {
        norm: ways[norm][strength] for norm in NORMS
    }
