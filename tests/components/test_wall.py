"""What the walls and the confusion tables send is checked before it is used."""

from types import SimpleNamespace

import pytest
import torch

from mnist_dash.components import confusion as confusion_module
from mnist_dash.components import wall as wall_module
from mnist_dash.components.confusion import confusion
from mnist_dash.components.wall import Tile, wall

NONSENSE = [None, {}, 3, "x", [], {"open": None}, {"turn": None}, {"cell": None}]


@pytest.fixture
def mounted(monkeypatch):
    """Takes the place of the browser: what was mounted, and a session to send messages into."""
    place = SimpleNamespace(session_state={}, kwargs={})

    def component(name, folder=None):
        return lambda **kwargs: place.kwargs.update(kwargs)

    for module in (wall_module, confusion_module):
        monkeypatch.setattr(module, "component", component)
        monkeypatch.setattr(module, "st", place)
    return place


def mount(heard):
    wall(
        "w",
        [Tile(17, 3, {"L1": 3, "L2": 7}), Tile(9_000, 7, {"L1": 7, "L2": 7})],
        torch.zeros(2, 28, 28, dtype=torch.uint8),
        first=0,
        most=2,
        total=5,
        opened=None,
        on_open=heard.append,
        on_turn=heard.append,
    )


@pytest.mark.parametrize(
    ("message", "heard"),
    [
        ({"open": 17}, [17]),
        ({"open": 9_000}, [9_000]),
        ({"open": 18}, []),
        ({"open": -1}, []),
        ({"open": "17"}, []),
        ({"open": 17.0}, []),
        *((nonsense, []) for nonsense in NONSENSE),
    ],
)
def test_an_image_that_is_opened_is_on_the_wall(mounted, message, heard):
    mount(got := [])
    mounted.session_state["w"] = message
    mounted.kwargs["on_open_change"]()
    assert got == heard


@pytest.mark.parametrize(
    ("message", "heard"),
    [
        ({"turn": 2}, [2]),
        ({"turn": 4}, [4]),
        ({"turn": 5}, []),
        ({"turn": -2}, []),
        ({"turn": "2"}, []),
        *((nonsense, []) for nonsense in NONSENSE),
    ],
)
def test_a_wall_is_turned_to_images_that_are_there(mounted, message, heard):
    mount(got := [])
    mounted.session_state["w"] = message
    mounted.kwargs["on_turn_change"]()
    assert got == heard


@pytest.mark.parametrize(
    ("message", "heard"),
    [
        ({"cell": ["L1", 3, 7]}, [("L1", 3, 7)]),
        ({"cell": ["L2", 7, 7]}, [("L2", 7, 7)]),
        ({"cell": ["L3", 3, 7]}, []),
        ({"cell": ["L1", 3, 4]}, []),
        ({"cell": ["L1", 4, 3]}, []),
        ({"cell": ["L1", "3", 7]}, []),
        ({"cell": ["L1", 3]}, []),
        ({"cell": [[], 3, 7]}, []),
        *((nonsense, []) for nonsense in NONSENSE),
    ],
)
def test_a_cell_that_is_picked_is_in_the_table(mounted, message, heard):
    got = []
    counts = dict.fromkeys(("L1", "L2"), torch.eye(2, dtype=torch.int64))
    confusion("c", (3, 7), counts, top=0, picked=("L1", 3, 7), on_pick=lambda *cell: got.append(cell))
    mounted.session_state["c"] = message
    mounted.kwargs["on_cell_change"]()
    assert got == heard


def test_an_empty_wall_needs_no_picture(mounted):
    wall(
        "w",
        [],
        torch.zeros(0, 28, 28, dtype=torch.uint8),
        first=0,
        most=2,
        total=0,
        opened=None,
        on_open=print,
        on_turn=print,
        empty="Nothing here.",
    )
    assert (mounted.kwargs["data"]["sprite"], mounted.kwargs["data"]["tiles"]) == ("", [])
