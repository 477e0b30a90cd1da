"""What a page shows, for the tests of several: its words, its pictures, its numbers."""

import base64
import re

import numpy as np

from mnist_dash import compute
from tests.app import components


def text(at):
    return " ".join(element.value for element in [*at.markdown, *at.caption])


def sent(at, place):
    """The pictures of one exhibit, in order. place: its place among those with pictures."""
    return [each for group in components(at, "maps")[place]["groups"] for each in group["maps"]]


def pixels(each):
    return np.frombuffer(base64.b64decode(each["pixels"]), np.float32).reshape(28, 28)


def metrics(at):
    return {re.sub(r":\w+\[(\w+)\]", r"\1", metric.label): metric for metric in at.metric}


def ideal_of(mnist, digit):
    return (mnist.train.images[mnist.train.labels == digit].float() / 255).mean(0)


def of(function, given):
    outcome = compute.outcome(function, given)
    assert outcome.error is None
    return outcome.value
