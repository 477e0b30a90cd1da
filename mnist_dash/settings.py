"""What the user chooses: names, defaults, the URL form, and the controls that set it.

Every choice lives in the URL under its name (?digits=3&digits=7&norm=L2), so a link shows exactly this view.
"""

import streamlit as st

from mnist_dash.baseline import NORMS

BOOK = (3, 7)  # the digits of the book


def digits_in_play(classes: tuple[int, ...]) -> tuple[int, ...]:
    """The control "digits in play" and its value: two or more of ``classes``, ascending."""
    if len(st.session_state.get("digits", BOOK)) < 2:
        st.session_state["digits"] = st.session_state.get("digits before", BOOK)
        st.toast("Two digits at least: the nearest ideal needs a rival.")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.segmented_control(
            "Digits in play",
            classes,
            default=BOOK,
            selection_mode="multi",
            key="digits",
            bind="query-params",
        )
        st.button("3 and 7", on_click=_set_digits, args=(BOOK,))
        st.button("All ten", on_click=_set_digits, args=(classes,))
    if len(chosen) < 2:  # from the URL; what the control holds can only be changed before it is drawn
        st.rerun()
    st.session_state["digits before"] = chosen
    return tuple(sorted(chosen))


def _set_digits(digits: tuple[int, ...]) -> None:
    st.session_state["digits"] = digits


def norm() -> str:
    """The control "norm" and its value: a name in ``NORMS``."""
    return st.segmented_control(
        "Norm",
        list(NORMS),
        default="L1",
        key="norm",
        bind="query-params",
        required=True,
        label_visibility="collapsed",
    )
