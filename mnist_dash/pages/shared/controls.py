"""Controls that several pages share."""

from collections.abc import Mapping

import streamlit as st

from mnist_dash import compute
from mnist_dash.core.baseline import NORMS
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.settings import BOOK


def digits_control() -> tuple[int, ...]:
    """The control of the possible answers, with two shortcuts. Returns them: two or more, ascending."""
    chosen, classes = choices(), compute.mnist().labels
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.segmented_control("Possible answers", classes, selection_mode="multi", **chosen.control("digits"))
        chosen.button("3 and 7", {"digits": BOOK})
        chosen.button("All ten", {"digits": tuple(classes)})
    return chosen["digits"]


def exhibits_control(name: str, titles: Mapping[str, str], shown: str) -> None:
    """The control of a setting that says which of several exhibits is in view. shown: that one's name."""
    st.segmented_control(
        "In view",
        titles,
        format_func=titles.get,
        required=True,
        label_visibility="collapsed",
        **choices().control(name, shown=lambda _: shown),
    )


def norm_control(label: str = "Norm") -> str:
    """The control of the norm, and its value: a name in ``NORMS``."""
    chosen = choices()
    st.segmented_control(label, list(NORMS), required=True, **chosen.control("norm"))
    return chosen["norm"]


def ideal_control() -> int:
    """Which ideal a page looks at."""
    chosen, classes = choices(), compute.mnist().labels
    st.segmented_control("Ideal", classes, required=True, width="content", **chosen.control("ideal"))
    return chosen["ideal"]


def pair_control() -> tuple[int, int]:
    """The same, and which it is held against: two digits, never the same."""
    chosen, classes = choices(), compute.mnist().labels
    with st.container(horizontal=True, vertical_alignment="bottom", width="content"):
        ideal_control()
        st.segmented_control("Its rival", classes, required=True, width="content", **chosen.control("rival"))
    return chosen["ideal"], chosen["rival"]
