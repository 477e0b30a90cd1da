"""What the memory's JavaScript says, as Python hears it."""

import pytest

from mnist_dash.components import memory as face


@pytest.mark.parametrize(
    ("news", "heard"),
    [
        ({"recall": {"at": {"count": 784}, "number": 7}}, {"count": 784}),
        ({"recall": {"at": {}}}, {}),
        ({"recall": {"at": [1]}}, None),
        ({"recall": {"number": 7}}, None),
        ({"recall": 5}, None),
        ({}, None),
        (None, None),
    ],
)
def test_what_is_recalled_is_notes_by_name(monkeypatch, news, heard):
    monkeypatch.setattr(face, "component", lambda name: lambda **mounted: None)
    hear = face.memory("m", {}, visit=1, on_recall=lambda notes: {"notes": notes})
    assert hear(news) == ({} if heard is None else {"notes": heard})
