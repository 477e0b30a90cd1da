"""The digit pad: a canvas that reports while the stroke is still moving (a Streamlit component, v2).

``drawing`` checks what it sends.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from mnist_dash.components.digit_pad.drawing import Drawing, DrawingError
from mnist_dash.components.shared.mount import component

__all__ = ["Drawing", "DrawingError", "PadMessage", "digit_pad", "pad_message"]


@dataclass(frozen=True)
class PadMessage:
    """One state of the pad: its number, whether the pen is still moving, and the drawing.

    loaded: serial number of the last picture that was put on the pad.
    """

    number: int
    moving: bool
    drawing: Drawing
    loaded: object


def pad_message(key: str) -> PadMessage:
    """The newest state the pad ``key`` has sent, checked. Raises DrawingError."""
    match st.session_state.get(key):
        case {"ink": {"number": int(number), "moving": bool(moving), "marks": marks, "loaded": loaded}}:
            return PadMessage(number, moving, Drawing.from_message(marks), loaded)
    raise DrawingError("a message of the pad has a number, a flag, marks and a serial number")


def digit_pad(
    key: str, *, on_ink: Callable[[], None], received: int | None, load: tuple[int, bytes] | None
) -> None:
    """Mount the pad.

    on_ink: called when a new state has arrived; ``pad_message`` reads it. received: number of the
    newest state that was answered, which lets the pad send the next. load: a serial number and 784
    bytes, a picture to put on the pad once (it can be undone).
    """
    data = {"key": key, "received": received, "load": None}
    if load:
        serial, grid = load
        data["load"] = {"serial": serial, "grid": base64.b64encode(grid).decode()}
    component("digit_pad")(key=key, data=data, on_ink_change=on_ink)
