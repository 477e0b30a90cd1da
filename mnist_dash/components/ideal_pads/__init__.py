"""The ideals as pads of 28 x 28 to paint on, and how often they are right (a Streamlit component, v2).

It speaks while the stroke is still moving. Numbers in, picture out: nothing is scored here.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from torch import Tensor

from mnist_dash.components.shared.mount import Heard, Values, component, packed

PIXELS = 28 * 28


class PaintError(ValueError):
    """What came from the browser is no painted pads; the message says what is wrong with it."""


@dataclass(frozen=True)
class Right:
    """How many images a norm gets right, of how many, and what it has to beat on the same images.

    training: the share of training images that it gets right; None if that is not known yet.
    """

    count: int
    total: int
    beat: int
    training: float | None


def ideal_pads(
    key: str,
    classes: Sequence[int],
    pads: Tensor | None,
    scores: Mapping[str, Right],
    *,
    number: int,
    busy: bool,
    received: int | None,
    on_paint: Callable[[Mapping[int, bytes], bool, int, int], Values],
) -> Heard:
    """Show them.

    pads: uint8 (K, 28, 28), None while a stroke is moving; ``number`` is theirs, so that they are put there
    once, as a step that can be undone. busy: they are only shown, as somebody else paints.
    received: number of the newest message that was answered, which lets the next be sent.
    on_paint: what is chosen by pads that changed: 784 bytes each, whether the stroke still moves, the number
    of the pads that were last put there, how many steps were made.
    """

    def heard(news: Any) -> Values:
        match news:
            case {"paint": {"moving": bool(moving), "pads": said, "loaded": int(loaded), "step": int(step)}}:
                try:
                    return on_paint(painted(said, classes), moving, loaded, step)
                except PaintError:
                    return {}
        return {}

    component("ideal_pads")(
        key=key,
        data={
            "key": key,
            "classes": list(classes),
            "pads": None if pads is None else [packed(pad) for pad in pads],
            "scores": [{"norm": norm, **vars(right)} for norm, right in scores.items()],
            "number": number,
            "busy": busy,
            "received": received,
        },
        says=["paint"],
    )
    return heard


def painted(said: object, classes: Sequence[int]) -> dict[int, bytes]:
    """Digit in words -> base64 of 784 bytes, as the pads send it, checked. Raises PaintError."""
    names = {str(cls): cls for cls in classes}
    if not isinstance(said, dict) or not said or not said.keys() <= names.keys():
        raise PaintError(f"pads are those of {', '.join(names)}")
    return {names[name]: _pixels(text) for name, text in said.items()}


def _pixels(text: object) -> bytes:
    try:
        pixels = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except ValueError:
        pixels = b""
    if len(pixels) != PIXELS:
        raise PaintError(f"a pad is {PIXELS} bytes in base64")
    return pixels
