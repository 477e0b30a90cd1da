"""What a session keeps of its visit, by name: asked of Streamlit once a run, not 170 times."""

from collections.abc import Callable
from threading import local
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

_found = local()  # context: of the run that this thread is in, and what it has asked for


def of_visit(name: str, make: Callable[[], Any]) -> Any:
    """What the session keeps under this name. make: how it begins, when it is first asked for."""
    context = get_script_run_ctx()
    if context is None or context is not getattr(_found, "context", None):
        _found.context, _found.kept = context, {}
    if name not in _found.kept:
        if name not in st.session_state:
            st.session_state[name] = make()
        _found.kept[name] = st.session_state[name]
    return _found.kept[name]
