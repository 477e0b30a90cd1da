"""Pixels: a picture is numbers, and the numbers have a shape."""

import streamlit as st

from mnist_dash import compute
from mnist_dash.pages.pixels.colour import colour
from mnist_dash.pages.pixels.numbers import numbers
from mnist_dash.pages.pixels.rank import rank
from mnist_dash.pages.shared import settings
from mnist_dash.pages.shared.code import begin, download
from mnist_dash.pages.shared.picker import pick_image, there

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
