"""What the scatter sends is one of its dots, or nothing."""

from types import SimpleNamespace

import pytest
import torch

from mnist_dash.components import scatter as module
from mnist_dash.components.scatter import Pointed, scatter


@pytest.fixture
def heard(monkeypatch):
    """What is chosen by a message from three dots."""
    sent = SimpleNamespace()
    monkeypatch.setattr(module, "component", lambda name: sent.__dict__.update)
    return scatter(
        "s",
        torch.zeros(3, 2),
        ("3", "7"),
        each=("a 3", "a 7"),
        split=1,
        t=0.0,
        pointed=Pointed(0, torch.zeros(28, 28, dtype=torch.uint8), ["a"]),
        label="",
        hint="",
        on_point=lambda dot: {"dot": dot},
        on_open=lambda dot: {"image": dot},
        answered=None,
    )


@pytest.mark.parametrize(
    ("message", "values"),
    [
        ({"point": {"at": 0, "number": 1}}, {"dot": 0}),
        ({"point": {"at": 2}}, {"dot": 2}),
        ({"open": {"at": 2, "number": 1}}, {"image": 2}),
        *(
            ({name: wrong}, {})
            for name in ("point", "open")
            for wrong in (None, {}, {"at": 3}, {"at": -1}, {"at": "1"}, {"at": 1.0}, 3)
        ),
        (None, {}),
        ({}, {}),
        (3, {}),
        ("x", {}),
    ],
)
def test_a_dot_that_is_pointed_at_or_opened_is_one_of_them(heard, message, values):
    assert heard(message) == values
