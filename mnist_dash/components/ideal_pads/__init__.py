"""The ideals as pads to paint on, and how often they are right (a Streamlit component, v2).

It speaks while the stroke is still moving. Numbers in, picture out: nothing is scored here.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from torch import Tensor

from mnist_dash.components.shared.mount import Heard, Values, component, packed


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
    names: Sequence[str],
    shape: tuple[int, int],
    of: int,
    number: int,
    busy: bool,
    received: int | None,
    on_paint: Callable[[Mapping[int, bytes], bool, int, int], Values],
) -> Heard:
    """Show them.

    pads: uint8 (K, H, W), None while a stroke is moving; ``number`` is theirs, so that they are put there
    once, as a step that can be undone. names: what the classes are called. shape: (H, W). of: a number that
    is another one for the pads of another set. busy: they are only shown, as somebody else paints.
    received: number of the newest message that was answered, which lets the next be sent.
    on_paint: what is chosen by pads that changed: the bytes of each, whether the stroke still moves, the
    number of the pads that were last put there, how many steps were made.
    """

    def heard(news: Any) -> Values:
        match news:
            case {"paint": {"moving": bool(moving), "pads": said, "loaded": int(loaded), "step": int(step)}}:
                try:
                    return on_paint(painted(said, classes, shape[0] * shape[1]), moving, loaded, step)
                except PaintError:
                    return {}
        return {}

    component("ideal_pads")(
        key=key,
        data={
            "key": key,
            "classes": list(classes),
            "names": list(names),
            "side": list(shape),
            "of": of,
            "pads": None if pads is None else [packed(pad) for pad in pads],
            "scores": [{"norm": norm, **vars(right)} for norm, right in scores.items()],
            "number": number,
            "busy": busy,
            "received": received,
        },
        says=["paint"],
    )
    return heard


def painted(said: object, classes: Sequence[int], pixels: int) -> dict[int, bytes]:
    """Class in words -> base64 of so many bytes, as the pads send it, checked. Raises PaintError."""
    known = {str(cls): cls for cls in classes}
    if not isinstance(said, dict) or not said or not said.keys() <= known.keys():
        raise PaintError(f"pads are those of {', '.join(known)}")
    return {known[name]: _bytes(text, pixels) for name, text in said.items()}


def _bytes(text: object, pixels: int) -> bytes:
    try:
        found = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except ValueError:
        found = b""
    if len(found) != pixels:
        raise PaintError(f"a pad is {pixels} bytes in base64")
    return found
