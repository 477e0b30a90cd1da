"""What the live slider's JavaScript says, as Python hears it."""

import pytest

from mnist_dash.components import live_slider as face


@pytest.mark.parametrize(
    ("news", "heard"),
    [
        ({"slide": {"at": "2", "moving": True, "number": 7}}, (1, True)),
        ({"slide": {"at": "1", "moving": False, "number": 7}}, (0, False)),
        ({"slide": {"at": "3", "moving": True}}, None),
        ({"slide": {"at": 1, "moving": True}}, None),
        ({"slide": {"at": "2", "moving": 5}}, None),
        ({"slide": {"moving": True}}, None),
        ({"slide": None}, None),
        ({}, None),
        (None, None),
        ("x", None),
    ],
)
def test_what_the_slider_sends_is_one_of_its_stops(monkeypatch, news, heard):
    monkeypatch.setattr(face, "component", lambda name: lambda **mounted: None)
    hear = face.live_slider(
        "s", "", ["1", "2", "all"], at=0, on_slide=lambda *move: {"moved": move}, answered=None
    )
    assert hear(news) == ({"moved": heard} if heard else {})
