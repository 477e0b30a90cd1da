"""The Data page: where the images come from, and some of each digit, without a browser."""

import base64
import io

import numpy as np
from PIL import Image

from tests.app import button, component, run


def numbers(at):
    """Which training images are shown, in order."""
    return [number for number, _ in component(at, "wall")["tiles"]]


def test_ten_of_each_digit_are_shown_as_they_are(mnist):
    sent = component(run("data"), "wall")
    assert [label for _, label in sent["tiles"]] == [digit for digit in range(10) for _ in range(10)]
    shown = [number for number, _ in sent["tiles"]]
    assert mnist.train.labels[shown].tolist() == [label for _, label in sent["tiles"]]
    assert len(set(shown)) == 100
    sprite = Image.open(io.BytesIO(base64.b64decode(sent["sprite"].partition(",")[2]))).convert("L")
    ink = 255 - np.asarray(sprite).reshape(100, 28, 28).astype(int)
    assert abs(ink - mnist.train.images[shown].numpy()).max() <= 8  # sixteen greys


def test_others_are_shown_on_a_click_and_the_same_by_the_same_address():
    at = run("data")
    first = numbers(at)
    button(at, "Show others").click().run()
    second = numbers(at)
    assert first != second
    assert dict(at.query_params) == {"seed": "1"}
    assert numbers(run("data", seed="1")) == second
    assert numbers(run("data", seed="999")) != second


def test_what_is_in_the_box_is_told_with_its_source_and_licence():
    at = run("data")
    assert "MNIST" in [header.value for header in at.header]
    words = " ".join(element.value for element in at.markdown)
    for fact in ("60,000 training and 10,000 validation", "LeCun", "CC BY-SA 3.0", "6bbc9ace898e44ae"):
        assert fact in words
