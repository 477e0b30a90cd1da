"""Which ideal a page looks at, and which it is held against."""

from collections.abc import Callable

import streamlit as st

from mnist_dash.core.datasets import Dataset
from mnist_dash.pages.shared import settings

session = st.session_state


def pick_pair(dataset: Dataset, on_change: Callable[[], None]) -> tuple[int, int]:
    """The controls, and what they choose: two different digits. One chosen twice makes them change places.

    on_change: called when another was chosen.
    """
    before = {name: session.get(f"last {name}", session[name]) for name in ("ideal", "rival")}
    if session["ideal"] == session["rival"]:
        changed = next((name for name in before if session[name] != before[name]), "ideal")
        other = {"ideal": "rival", "rival": "ideal"}[changed]
        session[other] = before[changed]
        if session["ideal"] == session["rival"]:  # so it was in the URL
            session["rival"] = next(digit for digit in dataset.classes if digit != session["ideal"])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for label, key in {"Ideal": "ideal", "Its rival": "rival"}.items():
            st.segmented_control(
                label, dataset.classes, key=key, required=True, width="content", on_change=on_change
            )
    return settings.kept("ideal"), settings.kept("rival")
