"""What our components send is checked before it is used: the browser is a border."""

import base64
from types import SimpleNamespace

import pandas as pd
import pytest
import torch

from mnist_dash.components import maps as maps_module
from mnist_dash.components import pixel_table as table_module
from mnist_dash.components.maps import Group, Map, maps
from mnist_dash.components.pixel_table import pixel_table
from mnist_dash.components.shared import mount as components

NONSENSE = [None, {}, 3, "x", {"slice": None}, {"pixel": None}]


@pytest.fixture
def mounted(monkeypatch):
    """Takes the place of the browser: what was mounted, and a session to send messages into."""
    place = SimpleNamespace(session_state={}, kwargs={})

    def component(name, folder=None):
        return lambda **kwargs: place.kwargs.update(kwargs)

    for module in (maps_module, table_module):
        monkeypatch.setattr(module, "component", component)
        monkeypatch.setattr(module, "st", place)
    return place


@pytest.mark.parametrize(
    ("message", "slice_"),
    [
        ({"slice": [4, 10, 0, 28]}, ((4, 10), (0, 28))),
        ({"slice": [0, 1, 27, 28]}, ((0, 1), (27, 28))),
        ({"slice": [4, 4, 0, 28]}, None),
        ({"slice": [9, 4, 0, 28]}, None),
        ({"slice": [-1, 4, 0, 28]}, None),
        ({"slice": [0, 29, 0, 28]}, None),
        ({"slice": [0.5, 2, 0, 28]}, None),
        ({"slice": ["0", 2, 0, 28]}, None),
        ({"slice": [0, 2, 0]}, None),
        *((nonsense, None) for nonsense in NONSENSE),
    ],
)
def test_a_slice_that_is_drawn_lies_within_the_picture(mounted, message, slice_):
    drawn = []
    image, table = torch.zeros(28, 28, dtype=torch.uint8), pd.DataFrame([[0]]).style
    pixel_table(
        "t",
        image=image,
        table=table,
        rows=(0, 1),
        columns=(0, 1),
        label="",
        on_slice=lambda *s: drawn.append(s),
    )
    mounted.session_state["t"] = message
    mounted.kwargs["on_slice_change"]()
    assert drawn == ([] if slice_ is None else [slice_])


@pytest.mark.parametrize(
    ("message", "pixel"),
    [
        ({"pixel": [0, 0]}, (0, 0)),
        ({"pixel": [3, 4]}, (3, 4)),
        ({"pixel": [4, 4]}, None),
        ({"pixel": [3, 5]}, None),
        ({"pixel": [-1, 0]}, None),
        ({"pixel": [1.0, 0]}, None),
        ({"pixel": [1]}, None),
        *((nonsense, None) for nonsense in NONSENSE),
    ],
)
def test_a_pixel_that_is_picked_lies_within_the_picture(mounted, message, pixel):
    picked = []
    maps("m", [Group([Map("a", torch.zeros(4, 5), "")])], on_pick=lambda *p: picked.append(p))
    mounted.session_state["m"] = message
    mounted.kwargs["on_pixel_change"]()
    assert picked == ([] if pixel is None else [pixel])


def test_paper_is_sent_as_how_much_of_it_there_is():
    pixels = torch.zeros(28, 28, dtype=torch.uint8)
    pixels[10, 10:13] = torch.tensor([7, 0, 255])  # after 290 pixels of paper, and before 491
    sent = base64.b64decode(components.packed(pixels))
    assert list(sent) == [0, 255, 0, 35, 7, 0, 1, 255, 0, 255, 0, 236]


def test_what_one_component_says_in_the_same_breath_as_another_is_not_overlooked(monkeypatch):
    """Streamlit runs the fragment of one of them only; the callbacks of both are called."""
    place = SimpleNamespace(session_state={}, mounted={})

    def mount(*, key, **callbacks):
        place.mounted[key] = callbacks

    place.components = SimpleNamespace(v2=SimpleNamespace(component=lambda *args, **kwargs: mount))
    monkeypatch.setattr(components, "st", place)
    show = components.component.__wrapped__("anything")
    heard = []
    for key in ("a", "b"):
        show(key=key, on_click_change=lambda key=key: heard.append(key))
        place.mounted[key]["on_click_change"]()
    assert heard == ["a", "b"]
    show(key="a", on_click_change=print)
    assert components.overlooked()
    assert not components.overlooked()  # told once
    show(key="c", asks={"on_next_change": lambda: heard.append("c")})
    place.mounted["c"]["on_next_change"]()
    assert heard == ["a", "b", "c"]
    assert not components.overlooked()  # nobody has asked for that
