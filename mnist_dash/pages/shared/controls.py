"""Controls that several pages share."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from mnist_dash.core.baseline import NORMS
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.names import are_digits, class_name, listed
from mnist_dash.pages.shared.set_in_use import in_use

MANY = 12  # classes, from which on one of them is chosen from a list
LIST = 200  # width of that, in pixels


def digits_control() -> tuple[int, ...]:
    """The control of the possible answers, with two shortcuts. Returns them: two or more, ascending."""
    chosen, labels = choices(), in_use().labels
    first = chosen.settings["digits"].default
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        class_control("digits", "Possible answers", selection_mode="multi")
        if first != labels:
            chosen.button(listed(map(class_name, first)), {"digits": first}, key="digits of the book")
            every = "All ten" if len(labels) == 10 else f"All {len(labels)}"
            chosen.button(every, {"digits": labels}, key="every digit")
    return chosen["digits"]


def class_control(setting: str, label: str, **options: Any) -> None:
    """A control of one class, which of many is a list, or, for a setting that holds several, of these."""
    labels = in_use().labels
    if "selection_mode" not in options:
        if len(labels) > MANY:
            control = choices().control(setting, "index", labels.index)
            st.selectbox(label, labels, format_func=in_use().classes.__getitem__, width=LIST, **control)
            return
        options["required"] = True
    names = {cls: class_name(cls) for cls in labels}
    if not are_digits():
        options["wrap"] = True  # of many, or of long names
    st.segmented_control(label, names, format_func=names.get, **options, **choices().control(setting))


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
    class_control("ideal", "Ideal", width="content")
    return choices()["ideal"]


def pair_control() -> tuple[int, int]:
    """The same, and which it is held against: two classes, never the same."""
    chosen = choices()
    with st.container(horizontal=True, vertical_alignment="bottom", width="content"):
        ideal_control()
        class_control("rival", "Its rival", width="content")
    return chosen["ideal"], chosen["rival"]
