"""What no browser of ours would say costs nobody a page: forged states, over a WebSocket, on every page."""

import json
from random import Random

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.visitor import visitor
from mnist_dash.pages.shared.contents import PAGES
from tests.serving import awaited

JUNK = [
    None,
    True,
    -1,
    10**9,
    0.5,
    "",
    "x",
    [],
    [1],
    [1, 2],
    [[1, 2]],
    ["L1", 4, 9],
    [0, 1, 2, 3],
    {},
    {"at": 1},
]
SAID = (
    "ink",
    "pixel",
    "slice",
    "slide",
    "open",
    "turn",
    "point",
    "cell",
    "switch",
    "chosen",
    "catch",
    "recall",
    "kept",
    "end",
    "paint",
)
FORGED = [
    {},
    {"string_value": "0"},
    {"bool_value": True},
    {"int_value": 2**60},
    {"double_value": float("nan")},
    {"double_value": -1e300},
    {"string_array_value": ["0"]},
    {"string_array_value": []},
    {"double_array_value": [9e9, -1.0, 3.0]},
    {"double_array_value": []},
    {"json_value": "{"},
    {"json_value": "[1]"},
    {"trigger_value": True},
    {"string_trigger_value": "x"},
    {"file_uploader_state_value": None},
    {"bytes_value": b"\xff"},
    "words",
    "words",
    "words",
]
EVERY = 3  # one of so many is said


def forged(id, what, chance):
    """A state of the control with this id that says this."""
    state = WidgetState(id=id)
    if what == "words":  # such as a component of ours might say
        fields = ("at", "moving", "number", "marks", "pads", "loaded", "step")
        told = {name: {field: chance.choice(JUNK) for field in fields} for name in SAID}
        what = {"json_value": json.dumps(chance.choice([told, JUNK, chance.choice(JUNK), {"ink": 5}]))}
    for kind, value in what.items():
        if isinstance(value, list):
            getattr(state, kind).data.extend(value)
        elif kind == "string_trigger_value":
            state.string_trigger_value.data = value
        elif value is None:
            getattr(state, kind).SetInParent()
        else:
            setattr(state, kind, value)
    return state


async def forge(url, page):
    """Every control of the page says a third of what it should not; then the page has to stand.

    Which third differs from page to page, and most controls have their like on several.
    """
    chance, begin = Random(page), list(PAGES).index(page) % EVERY
    async with visitor(url) as one:
        await one.join(page)
        for turn in range(begin, len(FORGED), EVERY):
            controls = one.controls()
            kept = dict(one.states)
            for place, control in enumerate(controls):
                what = FORGED[(turn + place) % len(FORGED)]
                one.states[control.element.id] = forged(control.element.id, what, chance)
            await one._run()
            one.states = {id: state for id, state in kept.items() if id in one.states}
        await one._run(fragment="no part")
        one.query = "digits=x&place=-1&norm=%00&pixel=a,b&drawing=AAAA&cell=L1,9,99&page=" + "9" * 500
        await one._run()
        one.page = "no page"
        await one._run()
    async with visitor(url) as another:
        await another.join(page)
        return another.title


@pytest.mark.parametrize("page", PAGES)
def test_a_forged_state_costs_no_page(server, page):
    assert awaited(forge(server, page)) == PAGES[page].title
