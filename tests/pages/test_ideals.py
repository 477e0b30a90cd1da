"""The Ideals page: its numbers against the book's own lines in plain PyTorch; nonsense in every setting."""

import base64

import pytest
import torch

from mnist_dash import chapter, compute
from tests import oracle
from tests.app import button, components, run


def shown(at, group, place=0, name="maps"):
    """The pixels of a picture. group: the key's place among the maps on the page."""
    sent = components(at, name)[group]["groups"][0]["maps"][place]["pixels"]
    return torch.frombuffer(bytearray(base64.b64decode(sent)), dtype=torch.float32).view(28, 28)


STRIP, FOCUS, TEN, WEIGHT, WEIGHED = range(5)  # in this order on the page


def metrics(at):
    return [metric.value for metric in at.metric]


def html(at):
    return "".join(element.proto.body for element in at.get("html"))


def text(at):
    return "\n".join(element.value for element in [*at.markdown, *at.caption])


def ran(at, name):
    return at.session_state["cells"]["ideals"][name]


# -- the ideal as a weight -------------------------------------------------------------------------


@pytest.mark.parametrize("digit", range(10))
def test_both_rules_agree_on_every_validation_image_of_every_pair(mnist, digit):
    for rival in set(range(10)) - {digit}:
        same, total = compute.outcome(chapter.both_rules, {"digit": digit, "rival": rival}).value
        assert int(same) == total == len(mnist.valid.stacks[digit]) + len(mnist.valid.stacks[rival])


def test_the_weight_is_ideal_less_rival_and_says_what_l2_says(mnist):
    at = run("ideals")
    means = [(mnist.train.stacks[cls].double() / 255).mean(0) for cls in (3, 7)]
    assert torch.allclose(shown(at, WEIGHT, 2), (means[0] - means[1]).float(), atol=1e-6)
    threshold = float(((means[0] ** 2).sum() - (means[1] ** 2).sum()) / 2)
    assert components(at, "maps")[WEIGHT]["groups"][0]["value"] == f"{threshold:.2f}"
    assert "agree on all **2,038 of 2,038** validation images" in text(at)
    right, totals, _ = oracle.right(mnist, (3, 7), "L2")
    assert f"On {sum(totals) - sum(right)} of them both are wrong" in text(at)


def test_an_image_is_weighed(mnist):
    at = run("ideals", at="1010")  # the first 7
    x = mnist.valid.stacks[7][0].float() / 255
    w = shown(at, WEIGHT, 2)
    assert torch.equal(shown(at, WEIGHED, 0), x)
    assert torch.allclose(shown(at, WEIGHED, 2), x * w, atol=1e-6)
    value = components(at, "maps")[WEIGHED]["groups"][0]["value"]
    assert float(value.replace("−", "-")) == pytest.approx(float((x * w).sum()), abs=0.006)
    assert "The label is 7" in text(at)


def test_the_mistakes_are_visited_one_after_the_other(mnist):
    at = run("ideals")
    mistakes = compute.outcome(chapter.mistakes, {"digit": 3, "rival": 7}).value.tolist()
    for place in mistakes[:2]:
        button(at, "Next mistake").click().run()
        assert at.session_state["at"] == place
        assert "the nearer is **7**. The label is 3" in text(at)
    button(at, "First 7").click().run()
    assert at.session_state["at"] == 1010


@pytest.mark.parametrize(("at_", "place"), [("99999", 1865), ("-1", 0), ("x", 0), ("", 0), ("1.5", 0)])
def test_the_image_that_is_weighed_is_one_of_the_two_digits(at_, place):
    assert run("ideals", ideal="8", rival="5", at=at_).session_state["at"] == place
