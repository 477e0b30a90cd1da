"""Two digits, two distances: the dots, the line, and what moving it trades."""

import base64
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from mnist_dash import chapter, compute
from mnist_dash.components import scatter as scatter_module
from mnist_dash.components.scatter import Pointed, pointed_at, scatter
from tests.app import button, component, components, run

ALL = tuple(range(10))


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
    return {m.label: m.value for m in at.metric if m.label.endswith(wanted)}


@pytest.fixture(scope="module")
def at():
    return run("accuracy")


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
    assert (sent["digits"], sent["split"], sent["t"]) == ([3, 7], 1010, 0.0)
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
    at = run("accuracy", t="0.016")
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
    assert f"is best on these images: {best:.4f} instead of {shares[0.0]:.4f} on the diagonal" in words
    assert "cheating a little" in words
    at = run("accuracy")
    button(at, "The best here").click().run()
    assert shares[component(at, "scatter")["t"]] == best


def one_digit(at):
    return next(control for control in at.segmented_control if control.label == "One digit")


def test_with_more_digits_the_pair_most_often_confused_is_shown_and_any_other_can_be_picked(mnist):
    at = run("accuracy", digits=[str(digit) for digit in ALL], norm="L2")
    table = compute.outcome(chapter.confusions, {"digits": ALL, "how": "mean", "first": None}).value["L2"]
    both = {(a, b): int(table[a, b] + table[b, a]) for a in ALL for b in ALL if a < b}
    assert tuple(component(at, "scatter")["digits"]) == max(both, key=both.get)
    assert "one" not in at.query_params
    one_digit(at).set_value(1).run()
    other = at.session_state["other"]
    assert component(at, "scatter")["digits"] == sorted([1, other])
    assert at.query_params["one"] == "1"
    one_digit(at).set_value(other).run()  # so they change places
    assert component(at, "scatter")["digits"] == sorted([1, other])
    assert (at.session_state["one"], at.session_state["other"]) == (other, 1)


@pytest.mark.parametrize(
    "query",
    [
        {"t": "x"},
        {"t": "9999"},
        {"t": "0.0013", "one": "3", "other": "3"},
        {"one": "5", "other": "6", "digits": ["1", "2", "3"]},
        {"one": "x", "other": "-1", "digits": ["1", "2", "3"]},
        {"also": ["undivided", "inverted"], "t": "-0.05"},
    ],
)
def test_nonsense_in_the_url_is_survived(query):
    sent = component(run("accuracy", **query), "scatter")
    assert -0.1 <= sent["t"] <= 0.1
    assert sent["digits"][0] < sent["digits"][1]
    assert np.isfinite(points(sent)).all()


# -- what the browser sends -------------------------------------------------------------------------


@pytest.fixture
def mounted(monkeypatch):
    place = SimpleNamespace(session_state={}, kwargs={})
    monkeypatch.setattr(
        scatter_module, "component", lambda name, css: lambda **kwargs: place.kwargs.update(kwargs)
    )
    monkeypatch.setattr(scatter_module, "st", place)
    return place


NONSENSE = [None, {}, 3, "x", {"point": None}, {"point": {}}, {"point": {"at": "1"}}, {"point": {"at": 1.0}}]


@pytest.mark.parametrize(
    ("message", "at"),
    [
        ({"point": {"at": 0, "number": 1}}, 0),
        ({"point": {"at": 4}}, 4),
        ({"point": {"at": 5}}, None),
        ({"point": {"at": -1}}, None),
        *((nonsense, None) for nonsense in NONSENSE),
    ],
)
def test_a_dot_that_is_pointed_at_is_one_of_them(mounted, message, at):
    mounted.session_state["s"] = message
    assert pointed_at("s", 5) == at


@pytest.mark.parametrize(
    ("message", "opened"),
    [
        ({"open": {"at": 2, "number": 1}}, [2]),
        ({"open": {"at": 3}}, []),
        ({"open": {"at": -1}}, []),
        ({"open": {"at": "2"}}, []),
        *((nonsense, []) for nonsense in NONSENSE),
    ],
)
def test_a_dot_that_is_opened_is_one_of_them(mounted, message, opened):
    found = []
    pointed = Pointed(0, torch.zeros(28, 28, dtype=torch.uint8), ["a"])
    scatter(
        "s",
        torch.zeros(3, 2),
        (3, 7),
        split=1,
        t=0.0,
        pointed=pointed,
        label="",
        hint="",
        on_open=found.append,
        reveals="",
    )
    mounted.session_state["s"] = message
    mounted.kwargs["on_open_change"]()
    assert found == opened
    assert mounted.kwargs["data"]["answered"] is None


def test_the_two_charts_say_in_words_what_they_show(at):
    assert component(at, "scatter")["label"].startswith("1,010 images of 3 and 1,028 of 7")
    trade = next(sent for sent in components(at, "live_curves") if sent["title"] == "where the line lies")
    assert [curve["now"] for curve in trade["curves"]] == ["0.9168", "0.9854", "0.9514"]
    assert "0.9168" in trade["label"]
