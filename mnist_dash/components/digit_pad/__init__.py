"""The digit pad: a canvas that reports while the stroke is still moving (a Streamlit component, v2).

``drawing`` checks what it sends; ``written`` is a drawing as a text.
"""

from collections.abc import Callable
from typing import Any

from mnist_dash.components.digit_pad.drawing import Drawing, DrawingError
from mnist_dash.components.shared.mount import Heard, Values, component

__all__ = ["Drawing", "DrawingError", "digit_pad"]


def digit_pad(
    key: str,
    *,
    load: Drawing | None,
    number: int,
    after: int,
    received: int | None,
    on_ink: Callable[[Drawing, bool, int, int], Values],
) -> Heard:
    """Mount the pad.

    load: a drawing to put on it, None to leave it as it is; ``number`` is that drawing's, so that it is put
    there once (it can be undone). What was drawn after step ``after`` stays on top of it.
    received: number of the newest state that was answered, which lets the pad send the next.
    on_ink: what is chosen by a new state: the drawing, whether the pen is still down, the number of the
    drawing that was last put there, how many steps were made on the pad.
    """

    def heard(news: Any) -> Values:
        match news:
            case {"ink": {"moving": bool(moving), "marks": marks, "loaded": int(loaded), "step": int(step)}}:
                try:
                    return on_ink(Drawing.from_message(marks), moving, loaded, step)
                except DrawingError:
                    return {}
        return {}

    put = None if load is None else {"number": number, "after": after, "marks": load.message()}
    component("digit_pad")(key=key, data={"key": key, "received": received, "load": put}, says=["ink"])
    return heard
