"""Accuracy: L1 against L2 on the whole validation set, live, and why they differ."""

import streamlit as st

from mnist_dash import compute, settings
from mnist_dash.baseline import IDEALS, NORMS
from mnist_dash.exhibits.both_norms import both_norms, training
from mnist_dash.exhibits.code import begin, download, show_code
from mnist_dash.exhibits.slide import slid, slide
from mnist_dash.exhibits.stress_test import stress, stress_controls
from mnist_dash.settings import EVERY, FIRSTS

session = st.session_state


def open_image(image: int) -> None:
    """Look closer at one validation image, by its place in the whole set."""
    session["image"] = image
    st.rerun(["opened"])


mnist = compute.mnist()
begin()
st.title("How good is the nearest ideal?", anchor=False)
digits = settings.digits_in_play(mnist.classes)
with st.container(horizontal=True, vertical_alignment="bottom"):
    st.segmented_control("An ideal is the", list(IDEALS), key="how", required=True)
    st.segmented_control("Norm, where only one is shown", list(NORMS), key="norm", required=True)
    first_place = st.container(width=360)
first = slid("first")
given = {
    "digits": digits,
    "how": settings.kept("how"),
    "first": None if first == EVERY else first,
    **stress(),
}
norm = settings.kept("norm")
numbers, controls = st.columns([5, 4], gap="large")
with numbers:
    ran = both_norms(given)
# The sliders come after the numbers, so that the next move is sent once these are on their way.
with first_place:
    slide(
        "first",
        "Training images per ideal:",
        sorted({*FIRSTS, first, EVERY}),
        at=first,
        words=lambda stop: "all" if stop == EVERY else f"{stop:,}",
    )
with controls:
    stress_controls(given)
with numbers:
    training(given)
    show_code(*ran)


@st.fragment(key="opened")
def opened() -> None:
    """The image that is looked at closer."""


opened()
download("Accuracy")
