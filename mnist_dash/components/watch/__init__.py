"""Reloads a page that has gone blank (a Streamlit component, v2).

Streamlit's front end takes everything down when a message doesn't fit what it shows ("Bad delta path index").
All choices are in the address, so the reader finds the page as it was.
"""

from mnist_dash.components.shared.mount import component


def watch() -> None:
    """Put it first on a page, or it watches too late: nothing of it is seen."""
    component("watch")(key="frame watch", data=None)
