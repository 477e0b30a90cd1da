"""What a page shows, for the tests of several: its words, its pictures, its numbers."""

import base64
import re

import numpy as np
import pytest

from mnist_dash import compute
from tests.app import components, words


def text(at):
    said = " ".join(words(element) for element in [*at.markdown, *at.caption])
    return said.replace("\N{NO-BREAK SPACE}", " ")


def sent(at, place):
    """The pictures of one exhibit, in order. place: its place among those with pictures."""
    return [each for group in components(at, "maps")[place]["groups"] for each in group["maps"]]


def pixels(each):
    return np.frombuffer(base64.b64decode(each["pixels"]), np.float32).reshape(28, 28)


def metrics(at):
    return {re.sub(r":\w+\[(\w+)\]", r"\1", metric.label): metric for metric in at.metric}


def exact(metric):
    """The four decimals behind a share: those who ask see them, and everybody sees them rounded."""
    found = re.search(r"\d\.\d{4}", metric.help)[0]
    assert float(metric.value.removesuffix("\N{NO-BREAK SPACE}%")) == pytest.approx(
        100 * float(found), abs=0.056
    )
    return found


def ideal_of(mnist, digit):
    return (mnist.train.images[mnist.train.labels == digit].float() / 255).mean(0)


def of(function, given):
    outcome = compute.outcome(function, given)
    assert outcome.error is None
    return outcome.value
