"""What the pad says is checked before anything is chosen by it, and what it gets is marks."""

import pytest

from mnist_dash.components import digit_pad as module
from mnist_dash.components.digit_pad import Drawing, digit_pad
from tests.components.test_drawing import GRID, PEN

INK = {"number": 7, "moving": False, "marks": [GRID, PEN], "loaded": 0, "step": 2}


@pytest.fixture
def mounted(monkeypatch):
    sent = {}
    monkeypatch.setattr(module, "component", lambda name: lambda **kwargs: sent.update(kwargs))
    return sent


def pad(load=None, number=0, after=0, on_ink=lambda *said: {"said": said}):
    return digit_pad("pad", load=load, number=number, after=after, received=None, on_ink=on_ink)


def test_a_state_of_the_pad_is_a_drawing(mounted):
    assert pad()({"ink": INK}) == {"said": (Drawing.from_message([GRID, PEN]), False, 0, 2)}


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"ink": None},
        {"ink": 3},
        {"ink": {}},
        *(
            {"ink": {**INK, **wrong}}
            for wrong in [
                {"moving": 1},
                {"moving": None},
                {"loaded": "0"},
                {"loaded": None},
                {"step": None},
                {"step": 1.5},
                {"marks": None},
                {"marks": [{**PEN, "size": 10**6}]},
            ]
        ),
    ],
)
def test_anything_else_is_not_heard(mounted, said):
    assert pad()(said) == {}


def test_a_drawing_is_put_on_the_pad_as_its_marks(mounted):
    pad(Drawing.from_message([GRID, PEN]), number=5, after=2)
    assert mounted["data"]["load"] == {"number": 5, "after": 2, "marks": [GRID, PEN]}
    pad(Drawing(), number=6)
    assert mounted["data"]["load"] == {"number": 6, "after": 0, "marks": []}
    pad()
    assert mounted["data"]["load"] is None
