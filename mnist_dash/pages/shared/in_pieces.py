"""Work that goes on while one looks at it, and never keeps a click waiting for long."""

from collections.abc import Callable
from time import monotonic
from typing import Any

import streamlit as st

from mnist_dash.components.shared.mount import overlooked
from mnist_dash.components.work_bar import work_bar
from mnist_dash.compute.background import Job
from mnist_dash.pages.shared import settings
from mnist_dash.pages.shared.later import at_once, together

session = st.session_state
SLICE = 0.08  # seconds of work between two looks at what else was clicked


@st.fragment
def go_on(
    fragment: str,
    work: Job,
    told: Callable[[Any], tuple[float, str]],
    *,
    stage: Callable[[Any], Any] = lambda said: None,
    seconds: float = SLICE,
) -> None:
    """A bar that shows how far the work has come, and has its next piece done, but while a slider is dragged.

    fragment: the key of the one around, which runs again when the work is done or has reached another stage.
    told: what the work says -> which share of it is done, and what it does.
    """

    def next_piece(asked: int, shown: int) -> None:
        settings.mend(shown)
        if session.get("dragged") is not None:
            return
        if settings.overlooked():  # it came together with this
            st.rerun()
        if asked != session[f"{key} turn"] or together():  # what was clicked has its turn first
            return
        before = stage(work.said)
        until = monotonic() + seconds
        while not work.done and monotonic() < until:
            work.go_on()
        if work.done or stage(work.said) != before:
            at_once(fragment)

    key = f"{fragment} bar"
    share, words = told(work.said)
    waits = session.get("dragged") is not None
    if waits:
        words = "Waits until the slider rests."
    elif overlooked() or settings.overlooked():
        st.rerun()
    turn = session[f"{key} turn"] = settings.turn()
    work_bar(key, share, words, turn=turn, waits=waits, on_next=next_piece)
