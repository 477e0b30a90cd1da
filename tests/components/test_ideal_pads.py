"""The ideals' pads: what they send is checked before it is used."""

import base64
from random import Random

import pytest
import torch

from mnist_dash.components import ideal_pads as module
from mnist_dash.components.ideal_pads import PaintError, ideal_pads, painted

PAD = bytes(range(196)) * 4
SENT = base64.b64encode(PAD).decode()
JUNK = [None, True, 3, 0.5, "", "x", [], [1], {}, {"3": SENT}, SENT, SENT[:-4], "ä" * 784]


@pytest.fixture
def face(monkeypatch):
    monkeypatch.setattr(module, "component", lambda name: lambda **kwargs: None)
    return ideal_pads(
        "painting",
        [3, 7],
        torch.zeros(2, 28, 28, dtype=torch.uint8),
        {},
        names=["3", "7"],
        shape=(28, 28),
        of=1,
        number=0,
        busy=False,
        received=None,
        on_paint=lambda *said: {"painted": said},
    )


def test_a_pad_that_changed_is_its_784_pixels(face):
    said = {"pads": {"7": SENT}, "moving": True, "loaded": 5, "step": 2, "number": 9}
    assert face({"paint": said}) == {"painted": ({7: PAD}, True, 5, 2)}


@pytest.mark.parametrize("pixels", [16, 64, 16_384])
def test_a_pad_of_another_size_has_as_many_bytes_as_pixels(pixels):
    pad = bytes(pixels)
    said = {"25": base64.b64encode(pad).decode()}
    assert painted(said, range(26), pixels) == {25: pad}
    with pytest.raises(PaintError, match=f"a pad is {pixels + 1} bytes"):
        painted(said, range(26), pixels + 1)


@pytest.mark.parametrize(
    "pads",
    [None, [], {}, {"4": SENT}, {"x": SENT}, {"3": SENT[:-4]}, {"3": None}, {"3": [SENT]}, {"3": "é"}],
    ids=["none", "a list", "no pad", "another digit", "no digit", "short", "empty", "in a list", "no base64"],
)
def test_anything_else_is_refused_in_one_sentence(face, pads):
    with pytest.raises(PaintError) as raised:
        painted(pads, [3, 7], 784)
    assert "\n" not in str(raised.value)
    assert face({"paint": {"pads": pads, "moving": True, "loaded": 5, "step": 2}}) == {}


def test_a_forged_message_chooses_nothing(face):
    chance = Random(3)
    for _ in range(500):
        said = {name: chance.choice(JUNK) for name in ("moving", "loaded", "step")}
        said["pads"] = chance.choice([*JUNK[:9], {chance.choice("3794x"): chance.choice(JUNK)}])
        try:
            sound = painted(said["pads"], [3, 7], 784) and type(said["moving"]) is bool
        except PaintError:
            sound = False
        assert sound or face({"paint": said}) == {}
    assert face(None) == face({}) == face({"paint": 3}) == {}
