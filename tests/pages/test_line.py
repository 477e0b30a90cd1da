"""Line: the dots, the line between them, what moving it trades; and the ideal as a weight."""

import base64

import numpy as np
import pytest
import torch

from mnist_dash import chapter, compute
from mnist_dash.components.shared.numbers import percent
from tests import oracle
from tests.app import button, choose, chosen, component, components, control, run
from tests.pages.shown import exact, text

ALL = tuple(range(10))
WEIGHT, WEIGHED = range(2)  # those with pictures


def shown(at, group, place):
    """The pixels of a picture. group: its place among those with pictures."""
    sent = components(at, "maps")[group]["groups"][0]["maps"][place]["pixels"]
    return torch.frombuffer(bytearray(base64.b64decode(sent)), dtype=torch.float32).view(28, 28)


def by_hand(mnist, pair, norm):
    """Distances of the pair's images to the pair's means, (n, 2), and whether each shows the second."""
    ideals = [
        mnist.train.images[mnist.train.labels == digit].numpy().astype(np.float64).mean(0) / 255
        for digit in pair
    ]
    images = [mnist.valid.images[mnist.valid.labels == digit].numpy() / 255 for digit in pair]
    stacked = np.concatenate(images)
    power = {"L1": 1, "L2": 2}[norm]
    apart = [(np.abs(stacked - ideal) ** power).mean((1, 2)) ** (1 / power) for ideal in ideals]
    return np.stack(apart, 1), np.arange(len(stacked)) >= len(images[0])


def points(sent):
    return np.frombuffer(base64.b64decode(sent["points"]), np.float32).reshape(-1, 2)


def metrics(at):
    wanted = ("right", "accuracy on both")
    return {
        m.label: exact(m) if "accuracy" in m.label else m.value for m in at.metric if m.label.endswith(wanted)
    }


@pytest.fixture(scope="module")
def at():
    return run("line")


@pytest.mark.parametrize(("norm", "pair"), [("L1", (3, 7)), ("L2", (4, 9))])
def test_the_dots_are_the_distances_of_every_image_of_both_digits(mnist, norm, pair):
    given = {"digits": ALL, "how": "mean", "first": None, "norm": norm, "pair": pair}
    expected, second = by_hand(mnist, pair, norm)
    assert np.allclose(compute.outcome(chapter.distances_of_pair, given).value, expected, atol=1e-6)
    for t in (-0.021, 0.0, 0.0137):
        right = compute.outcome(chapter.right_at, given | {"t": t}).value
        called = expected[:, 0] - expected[:, 1] > t
        assert np.abs(expected[:, 0] - expected[:, 1] - t).min() > 1e-8
        hand = tuple((int((called == second)[of].sum()), int(of.sum())) for of in (~second, second))
        assert right == hand
    stops, first, other, pooled = (v.numpy() for v in compute.outcome(chapter.right_at_any, given).value)
    lead = expected[:, 0] - expected[:, 1]
    for i in (0, 37, 50, 58, 100):
        called = lead > stops[i]
        assert first[i] == pytest.approx(1 - called[~second].mean(), abs=1e-3)
        assert other[i] == pytest.approx(called[second].mean(), abs=1e-3)
        assert pooled[i] == pytest.approx((called == second).mean(), abs=1e-3)


def test_the_page_sends_the_dots_and_the_image_farthest_on_the_wrong_side(mnist, at):
    sent = component(at, "scatter")
    expected, second = by_hand(mnist, (3, 7), "L1")
    assert np.allclose(points(sent), expected, atol=1e-6)
    assert (sent["names"], sent["split"], sent["t"]) == (["3", "7"], 1010, 0.0)
    lead = np.where(second, -1, 1) * (expected[:, 0] - expected[:, 1])
    worst = sent["pointed"]["at"]
    assert worst == lead.argmax()
    assert (
        sent["pointed"]["lines"][0] == f"A {(3, 7)[int(second[worst])]} called {(7, 3)[int(second[worst])]}"
    )
    places = np.concatenate([(mnist.valid.labels == digit).nonzero()[:, 0] for digit in (3, 7)])
    pixels = np.frombuffer(base64.b64decode(sent["pointed"]["pixels"]), np.uint8).reshape(28, 28)
    assert (pixels == mnist.valid.images[places[worst]].numpy()).all()
    assert sent["pointed"]["lines"][3] == f"validation image {places[worst]:,}"
    assert len(sent["points"]) < 30_000


def test_on_the_diagonal_the_numbers_are_the_page_s_own_and_the_book_s(at):
    assert metrics(at) == {"of the 3s right": "926", "of the 7s right": "1,013", "accuracy on both": "0.9514"}


def test_the_line_moves_and_the_numbers_follow_and_what_it_trades_is_said(mnist):
    expected, second = by_hand(mnist, (3, 7), "L1")
    at = run("line", t="0.016")
    called = expected[:, 0] - expected[:, 1] > 0.016
    assert metrics(at)["of the 3s right"] == f"{(~called & ~second).sum():,}"
    assert metrics(at)["of the 7s right"] == f"{(called & second).sum():,}"
    changes = {m.label: m.delta for m in at.metric}
    assert changes["of the 3s right"] == f"+{(~called & ~second).sum() - 926}"
    assert changes["of the 7s right"] == f"−{1013 - (called & second).sum()}"
    button(at, "The diagonal").click().run()
    assert component(at, "scatter")["t"] == 0.0
    assert "t" not in at.query_params


def test_the_best_line_is_the_best_of_the_slider_s_and_choosing_it_is_called_cheating(mnist, at):
    expected, second = by_hand(mnist, (3, 7), "L1")
    lead = expected[:, 0] - expected[:, 1]
    shares = {k / 500: float(((lead > k / 500) == second).mean()) for k in range(-50, 51)}
    best = max(shares.values())
    words = " ".join(block.value for block in at.markdown)
    assert f"is best on these images: {percent(best)} instead of {percent(shares[0.0])}." in words
    assert "cheating a little" in words
    at = run("line")
    button(at, "The best here").click().run()
    assert shares[component(at, "scatter")["t"]] == best


@pytest.mark.parametrize("norm", ["L1", "L2"])
def test_the_two_most_often_confused_are_one_click_away_and_the_smaller_one_comes_first(norm):
    at = run("line", norm=norm)
    table = compute.outcome(chapter.confusions, {"digits": ALL, "how": "mean", "first": None}).value[norm]
    both = {(a, b): int(table[a, b] + table[b, a]) for a in ALL for b in ALL if a < b}
    button(at, "The two most often confused").click().run()
    assert (chosen(at, "ideal"), chosen(at, "rival")) == max(both, key=both.get)
    first, second = map(int, component(at, "scatter")["names"])
    control(at, "ideal").set_value(second).run()  # so they change places
    assert (chosen(at, "ideal"), chosen(at, "rival")) == (second, first)
    assert component(at, "scatter")["names"] == [str(first), str(second)]


@pytest.mark.parametrize(
    "query",
    [
        {"t": "x"},
        {"t": "9999"},
        {"t": "0.0013", "ideal": "3", "rival": "3"},
        {"ideal": "x", "rival": "-1"},
        {"also": ["undivided", "inverted"], "t": "-0.05"},
        {"how": "median", "first": "1", "ideal": "9", "rival": "4"},
    ],
)
def test_nonsense_in_the_url_is_survived(query):
    sent = component(run("line", **query), "scatter")
    assert -0.1 <= sent["t"] <= 0.1
    assert sent["names"][0] < sent["names"][1]
    assert np.isfinite(points(sent)).all()


def test_ideals_and_images_that_are_not_the_book_s_are_told_of():
    at = run("line", how="median", turn="12")
    assert "an ideal is the median; the validation images are spoiled" in at.caption[0].value
    button(at, "As in the book").click().run()
    assert metrics(at)["accuracy on both"] == "0.9514"


# -- pointing at dots, and opening them -------------------------------------------------------------


def test_a_dot_that_is_pointed_at_is_shown_as_long_as_its_digits_are(mnist, at):
    at = choose(run("line"), dot=(3, 7, 1010))  # the first 7
    pointed = component(at, "scatter")["pointed"]
    assert pointed["at"] == 1010
    assert pointed["lines"][0].startswith("A 7 called")
    pixels = np.frombuffer(base64.b64decode(pointed["pixels"]), np.uint8).reshape(28, 28)
    assert (pixels == mnist.valid.images[mnist.valid.labels == 7][0].numpy()).all()
    assert component(at, "scatter")["hint"] == ""
    control(at, "rival").set_value(9).run()
    assert "farthest on the wrong side" in component(at, "scatter")["hint"]


def test_the_two_charts_say_in_words_what_they_show(at):
    assert component(at, "scatter")["label"].startswith("1,010 images of 3 and 1,028 of 7")
    trade = next(sent for sent in components(at, "live_curves") if sent["title"] == "where the line lies")
    assert [curve["now"] for curve in trade["curves"]] == [
        percent(share) for share in (0.9168, 0.9854, 0.9514)
    ]
    assert percent(0.9168) in trade["label"]


# -- the ideal as a weight ------------------------------------------------------------------------


@pytest.mark.parametrize("digit", range(10))
def test_both_rules_agree_on_every_validation_image_of_every_pair(mnist, digit):
    for rival in set(range(10)) - {digit}:
        same, total = compute.outcome(chapter.both_rules, {"digit": digit, "rival": rival}).value
        assert int(same) == total == len(mnist.valid.stacks[digit]) + len(mnist.valid.stacks[rival])


def test_the_weight_is_ideal_less_rival_and_says_what_l2_says(mnist):
    at = run("line")
    means = [(mnist.train.stacks[cls].double() / 255).mean(0) for cls in (3, 7)]
    assert torch.allclose(shown(at, WEIGHT, 2), (means[0] - means[1]).float(), atol=1e-6)
    threshold = float(((means[0] ** 2).sum() - (means[1] ** 2).sum()) / 2)
    assert components(at, "maps")[WEIGHT]["groups"][0]["value"] == f"{threshold:.2f}"
    assert "agree on all **2,038 of 2,038** validation images" in text(at)
    right, totals, _ = oracle.right(mnist, (3, 7), "L2")
    assert f"; on {sum(totals) - sum(right)} both are wrong" in text(at)


def test_an_image_is_weighed(mnist):
    at = run("line", at="1010")  # the first 7
    x = mnist.valid.stacks[7][0].float() / 255
    w = shown(at, WEIGHT, 2)
    assert torch.equal(shown(at, WEIGHED, 0), x)
    assert torch.allclose(shown(at, WEIGHED, 2), x * w, atol=1e-6)
    value = components(at, "maps")[WEIGHED]["groups"][0]["value"]
    assert float(value.replace("−", "-")) == pytest.approx(float((x * w).sum()), abs=0.006)
    assert "The label is 7" in text(at)


def test_the_mistakes_are_visited_one_after_the_other(mnist):
    at = run("line")
    mistakes = compute.outcome(chapter.mistakes, {"digit": 3, "rival": 7}).value.tolist()
    for place in mistakes[:2]:
        button(at, "Next mistake").click().run()
        assert chosen(at, "at") == place
        assert "the nearer is **7**. The label is 3" in text(at)
    button(at, "First 7").click().run()
    assert chosen(at, "at") == 1010


@pytest.mark.parametrize(("at_", "place"), [("99999", 1865), ("-1", 0), ("x", 0), ("", 0), ("1.5", 0)])
def test_the_image_that_is_weighed_is_one_of_the_two_digits(at_, place):
    at = run("line", ideal="8", rival="5", at=at_)
    assert components(at, "maps")[WEIGHED]["groups"][0]["maps"][0]["label"].startswith(
        f"Validation image {place}, digit"
    )
    assert control(at, "at").value == place


def test_every_picture_and_chart_has_a_text_alternative():
    at = run("line")
    labels = [each["label"] for sent in components(at, "maps") for each in sent["groups"][0]["maps"]]
    assert len(labels) == 6
    assert all(len(label) > 10 for label in labels)
    assert all(len(chart["label"]) > 10 for chart in components(at, "live_curves"))
