"""A slider that speaks while it is dragged (a Streamlit component, v2).

Streamlit's own waits until it is let go.
"""

from collections.abc import Callable, Sequence

import streamlit as st

from mnist_dash.components.shared.mount import component


def live_slider(
    key: str, label: str, stops: Sequence[str], *, at: int, on_slide: Callable[[int, bool], None]
) -> None:
    """Show it. Call this last in its fragment, into a container above: then the next move is sent.

    stops: what the places of the slider are called. at: where it stands. on_slide: called with the place
    it was moved to, and whether it is still being moved.
    """

    def slid() -> None:
        match st.session_state.get(key):
            case {"slide": {"at": int(place), "moving": bool(moving)}} if 0 <= place < len(stops):
                on_slide(place, moving)

    match st.session_state.get(key):
        case {"slide": {"number": int(number)}}:
            answered = number
        case _:
            answered = None
    component("live_slider")(
        key=key,
        data={"label": label, "stops": list(stops), "at": at, "answered": answered},
        on_slide_change=slid,
    )
