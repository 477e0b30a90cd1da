"""What the walls and the confusion tables say is checked before it is used."""

import pytest
import torch

from mnist_dash.components import confusion as confusion_module
from mnist_dash.components import wall as wall_module
from mnist_dash.components.confusion import confusion
from mnist_dash.components.wall import Tile, wall

NONSENSE = [None, {}, 3, "x", [], {"open": None}, {"turn": None}, {"cell": None}, {"open": 17}]


@pytest.fixture
def mounted(monkeypatch):
    """What was mounted, in place of a browser."""
    kwargs = {}
    for module in (wall_module, confusion_module):
        monkeypatch.setattr(module, "component", lambda name: lambda **given: kwargs.update(given))
    return kwargs


def shown(total=5):
    return wall(
        "w",
        [Tile(17, 3, {"L1": 3, "L2": 7}), Tile(9_000, 7, {"L1": 7, "L2": 7})],
        torch.zeros(2, 28, 28, dtype=torch.uint8),
        first=0,
        most=2,
        total=total,
        opened=None,
        on_open=lambda image: {"image": image},
        on_turn=lambda start: {"start": start},
    )


@pytest.mark.parametrize(
    ("message", "chosen"),
    [
        ({"open": {"at": 17}}, {"image": 17}),
        ({"open": {"at": 9_000}}, {"image": 9_000}),
        ({"open": {"at": 18}}, {}),
        ({"open": {"at": "17"}}, {}),
        ({"open": {"at": 16.5}}, {}),
        ({"turn": {"at": 2}}, {"start": 2}),
        ({"turn": {"at": 4}}, {"start": 4}),
        ({"turn": {"at": 5}}, {}),
        ({"turn": {"at": -2}}, {}),
        ({"turn": {"at": "2"}}, {}),
        *((nonsense, {}) for nonsense in NONSENSE),
    ],
)
def test_a_wall_opens_and_turns_to_images_that_are_there(mounted, message, chosen):
    assert shown()(message) == chosen


def test_a_wall_that_is_all_in_sight_is_not_turned(mounted):
    assert shown(total=2)({"turn": {"at": 1}}) == {}


@pytest.mark.parametrize(
    ("message", "chosen"),
    [
        ({"cell": {"at": ["L1", 3, 7]}}, {"cell": ("L1", 3, 7)}),
        ({"cell": {"at": ["L2", 7, 7]}}, {"cell": ("L2", 7, 7)}),
        ({"cell": {"at": ["L3", 3, 7]}}, {}),
        ({"cell": {"at": ["L1", 3, 4]}}, {}),
        ({"cell": {"at": ["L1", 4, 3]}}, {}),
        ({"cell": {"at": ["L1", "3", 7]}}, {}),
        ({"cell": {"at": ["L1", 3]}}, {}),
        ({"cell": {"at": [[], 3, 7]}}, {}),
        *((nonsense, {}) for nonsense in NONSENSE),
    ],
)
def test_a_cell_that_is_picked_is_in_the_table(mounted, message, chosen):
    counts = dict.fromkeys(("L1", "L2"), torch.eye(2, dtype=torch.int64))
    heard = confusion("c", (3, 7), counts, top=0, picked=("L1", 3, 7), on_pick=lambda *cell: {"cell": cell})
    assert heard(message) == chosen


def test_an_empty_wall_needs_no_picture(mounted):
    nothing = torch.zeros(0, 28, 28, dtype=torch.uint8)
    wall(
        "w",
        [],
        nothing,
        first=0,
        most=2,
        total=0,
        opened=None,
        on_open=print,
        on_turn=print,
        empty="Nothing.",
    )
    assert (mounted["data"]["sprite"], mounted["data"]["tiles"]) == ("", [])
