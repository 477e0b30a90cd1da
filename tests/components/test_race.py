"""What a race says at the end is checked before anything is chosen by it."""

import pytest
import torch

from mnist_dash.components import race as race_module
from mnist_dash.components.race import LATE, race


@pytest.fixture
def heard(monkeypatch):
    monkeypatch.setattr(race_module, "component", lambda name: lambda **given: None)
    pixels = torch.zeros(3, 28, 28, dtype=torch.uint8)
    return race(
        "r", [17, 4, 9], pixels, {3: "3", 7: "7"}, kind="digit", seconds=3, on_end=lambda said: {"said": said}
    )


def end(images, said):
    return {"end": {"at": {"images": images, "said": said}, "number": 1}}


def test_an_answer_for_every_image_is_a_race(heard):
    assert heard(end([17, 4, 9], [3, LATE, 7])) == {"said": (3, -1, 7)}


@pytest.mark.parametrize(
    "message",
    [
        end([17, 4, 8], [3, 7, 7]),  # other images
        end([17, 4, 9], [3, 7]),
        end([17, 4, 9], [3, 7, 7, 7]),
        end([17, 4, 9], [3, 7, 8]),
        end([17, 4, 9], [3, 7, "7"]),
        end([17, 4, 9], [3, 7, 7.0]),
        end([17, 4, 9], [3, 7, None]),
        end([17, 4, 9], [3, 7, [7]]),
        end(None, [3, 7, 7]),
        end([17, 4, 9], 3),
        {"end": {"at": [3, 7, 7]}},
        *(None, {}, 3, "x", {"end": None}),
    ],
)
def test_anything_else_is_none(heard, message):
    assert heard(message) == {}
