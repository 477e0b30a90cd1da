"""Exhibits that follow a choice: at once, or once its first answer stands, so as not to hold that up."""

from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from mnist_dash.components.maps import maps
from mnist_dash.pages.shared import settings

session = st.session_state


def at_once(*keys: str) -> None:
    """From a callback, run the fragments with these keys again.

    The whole page instead, where its last run was cut short before it came to all of them, or was made with
    other settings, or where another fragment is about to run, which came together with the callback's click:
    Streamlit would run these instead.
    """
    if together() or not session["whole"] or settings.outdated():
        st.rerun()
    st.rerun(keys)


def together() -> bool:
    """Whether several fragments have been asked for at once."""
    return len(get_script_run_ctx().fragment_ids_this_run or ()) > 1


def later(*keys: str) -> None:
    """Run the fragments with these keys again once ``maps_first`` stand."""
    session["follow"] = settings.turn()
    waiting = session.setdefault("later", [])
    waiting += [key for key in keys if key not in waiting]


@st.fragment  # of its own: a run of another one drops what that has not sent yet
def maps_first(*what: Any, **options: Any) -> None:
    """``maps``, which tell when they stand, if anything waits for that."""
    maps(*what, **options, on_shown=_go_on, turn=session["follow"] if session.get("later") else 0)


def _go_on(painted: int) -> None:
    settings.mend(painted)
    if painted == session.get("follow") and (keys := session.pop("later", None)):
        at_once(*keys)
