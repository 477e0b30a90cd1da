"""Pixels: a picture is numbers, and the numbers have a shape."""

import streamlit as st

from mnist_dash import compute, settings
from mnist_dash.exhibits.code import begin, download
from mnist_dash.exhibits.colour import colour
from mnist_dash.exhibits.numbers import numbers
from mnist_dash.exhibits.picker import pick_image, there
from mnist_dash.exhibits.rank import rank

mnist = compute.mnist()
begin()
st.title("A picture is numbers", anchor=False)
had_image = there()


def image_chosen() -> None:
    if there() != had_image:  # the notebook has other cells, so the whole page
        st.rerun()


@st.fragment
def one_image() -> None:
    """The image, its numbers, and what has which rank."""
    settings.take_note()
    if picked := pick_image(mnist, image_chosen):
        st.fragment(numbers)(picked)
        st.fragment(rank)(picked, st.session_state["digit"])


one_image()
st.fragment(colour)()
download("Pixels")
