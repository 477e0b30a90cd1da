"""Accuracy: L1 against L2 on the whole validation set, live, and why they differ."""

import streamlit as st

from mnist_dash import compute, settings
from mnist_dash.baseline import IDEALS, NORMS
from mnist_dash.exhibits.both_norms import both_norms, training
from mnist_dash.exhibits.code import begin, download, show_code
from mnist_dash.exhibits.digit_by_digit import digit_by_digit
from mnist_dash.exhibits.disagreement import disagreement
from mnist_dash.exhibits.flip import flip
from mnist_dash.exhibits.ladder import ladder
from mnist_dash.exhibits.learning_curve import learning_curve
from mnist_dash.exhibits.magnet import magnet
from mnist_dash.exhibits.opened_image import opened_image
from mnist_dash.exhibits.slide import slid, slide
from mnist_dash.exhibits.stress_test import stress, stress_controls
from mnist_dash.exhibits.two_distances import two_distances
from mnist_dash.exhibits.what_norms_see import what_norms_see
from mnist_dash.settings import EVERY, FIRSTS
from mnist_dash.stress import STRAINS

session = st.session_state


def open_image(image: int) -> None:
    """Look closer at one validation image, by its place in the whole set."""
    session["image"] = image
    st.rerun(["opened", "strip", "confusions", "disagreement"])


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
settings.ran_with("digits", "how", "first", "norm", "also", *STRAINS)
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
what_norms_see(given, open_image)
digit_by_digit(given, open_image)
disagreement(given, open_image)


@st.fragment(key="opened")
def opened() -> None:
    """The image that is looked at closer."""
    flip(given, opened_image(given, norm))


opened()
two_distances(given, norm, open_image)
learning_curve(given)
magnet()
ladder(given)
download("Accuracy")
