"""How far slow work has come, which goes on for as long as somebody looks."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from mnist_dash.pages.shared.choices import again, choices, part

EVERY = 0.5  # seconds between two looks


@part(run_every=EVERY)
def progress(
    look: Callable[[], Any],
    told: Callable[[Any], tuple[float, str]],
    show: Callable[[Any], None] = lambda said: None,
) -> None:
    """A bar, and what is known so far; when the work is done, the page runs again. Only for unfinished work.

    look: at the work, which keeps it going. told: what it says -> the share that is done, and what it does.
    show: what it says -> shown below the bar.
    """
    job = look()
    if job.done and not choices().moving:
        again()
    share, words = told(job.said)
    st.progress(min(share, 1.0), words)
    show(job.said)
