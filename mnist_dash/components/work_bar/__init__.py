"""How far work has come, and the request for its next piece (a Streamlit component, v2).

Each time it has shown something, it asks for more. So work goes on as long as somebody looks, between two
pieces whatever else was clicked has its turn, and where nobody looks nothing runs.
"""

from collections.abc import Callable

import streamlit as st

from mnist_dash.components.shared.mount import component


def work_bar(
    key: str, share: float, words: str, *, turn: int, waits: bool, on_next: Callable[[int, int], None]
) -> None:
    """Show it. share: what is done, from 0 to 1. words: what is being done. turn: a new number each time.

    waits: whether there is no hurry. on_next: called for the next piece, with the turn that it had shown when
    it asked, and the latest that any bar had; with zeros when it has gone meanwhile.
    """

    def ask() -> None:
        match st.session_state.get(key):
            case {"next": {"turn": int(asked), "shown": int(shown)}}:
                on_next(asked, shown)
            case _:
                on_next(0, 0)

    component("work_bar")(
        key=key,
        data={"share": share, "words": words, "turn": turn, "waits": waits},
        asks={"on_next_change": ask},
    )
