"""The images farthest from the ideal of their own class: among them are those with a wrong label."""

import streamlit as st

from mnist_dash import chapter
from mnist_dash.pages.data.opened import wall_of
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.controls import norm_control
from mnist_dash.pages.shared.exhibit import exhibit

COUNT = 10  # of each class


@exhibit
def farthest() -> None:
    """Of each class ten, the farthest first, with what both norms call each."""
    control, words = st.columns([1, 9], vertical_alignment="bottom")
    with control:
        norm = norm_control("Farthest by")
    words.caption(
        f"Of each class the {COUNT} training images farthest from its ideal, the farthest first. "
        "**Look here for wrong labels**: an image far from its own ideal, and called something else by "
        "both norms, may be mislabelled, or just badly written. Click one to see its numbers on the page "
        "Pixels."
    )
    values = {"norm": norm, "count": COUNT}
    far = run("farthest", "The images farthest from their own ideal.", chapter.farthest_images, values)
    called = run("calls of farthest", "What both norms call them.", chapter.calls_of_farthest, values)
    wall_of("farthest", far.value, called.value)
    show_code(far, called)
