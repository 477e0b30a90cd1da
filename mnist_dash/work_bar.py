"""How far work has come, and the request for its next piece (a Streamlit component, v2).

Each time it has shown something, it asks for more. So work goes on as long as somebody looks, between two
pieces whatever else was clicked has its turn, and where nobody looks nothing runs.
"""

from collections.abc import Callable

import streamlit as st

from mnist_dash.components import component

session = st.session_state


def work_bar(key: str, share: float, words: str, *, waits: bool, on_next: Callable[[bool], None]) -> None:
    """Show it. share: what is done, from 0 to 1. words: what is being done.

    waits: whether there is no hurry. on_next: called for the next piece, with whether the browser asked
    before it had been shown this.
    """
    turn = session[f"{key} turn"] = session.get(f"{key} turn", 0) + 1

    def ask() -> None:
        said = session.get(key) or {}  # nothing, when the bar has gone meanwhile
        on_next(said.get("next") != turn)

    component("work_bar", "work_bar.css")(
        key=key,
        data={"share": share, "words": words, "turn": turn, "waits": waits},
        on_next_change=ask,
    )
