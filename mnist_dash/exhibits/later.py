"""Exhibits that follow a choice once its first answer stands, so that they do not hold that up."""

from typing import Any

import streamlit as st

from mnist_dash import settings
from mnist_dash.maps import maps

session = st.session_state


def later(*keys: str) -> None:
    """Run the fragments with these keys again once ``maps_first`` stand."""
    session["follow"] = session.get("follow", 0) + 1
    waiting = session.setdefault("later", [])
    waiting += [key for key in keys if key not in waiting]


@st.fragment  # of its own: a run of another one drops what that has not sent yet
def maps_first(*what: Any, **options: Any) -> None:
    """``maps``, which tell when they stand, if anything waits for that."""
    maps(*what, **options, on_shown=_go_on, turn=session["follow"] if session.get("later") else 0)


def _go_on(painted: int) -> None:
    late = painted != session.get("follow")
    settings.asked(late=late)
    if not late and (keys := session.pop("later", None)):
        st.rerun(keys)
