"""Distance: one image against one ideal, broadcasting over the whole set, NumPy and PyTorch, and autograd."""

import streamlit as st

from mnist_dash import compute
from mnist_dash.pages.broadcasting.broadcasting import broadcasting
from mnist_dash.pages.broadcasting.shape_lab import shape_lab
from mnist_dash.pages.broadcasting.two_libraries import two_libraries
from mnist_dash.pages.distance.confidence import confidence
from mnist_dash.pages.distance.one_pixel import one_pixel
from mnist_dash.pages.distance.three_ways import three_ways
from mnist_dash.pages.line.gradient import gradient
from mnist_dash.pages.shared import settings
from mnist_dash.pages.shared.code import begin, download
from mnist_dash.pages.shared.later import later
from mnist_dash.pages.shared.pair import pick_pair
from mnist_dash.pages.shared.picker import pick_image, there

OF_IMAGE = ["one pixel", "confidence", "gradient"]
OF_PAIR = ["broadcasting", "two libraries"]  # the last takes its time

chosen = {}  # given: what the lines of the chapter need, None without an image. pair: both ideals, for them.
mnist = compute.mnist()
begin()
st.title("How far is an image from an ideal?", anchor=False)


def image_chosen() -> None:
    if there() != bool(chosen["given"]):  # other exhibits, so the whole page
        st.rerun()
    later(*OF_IMAGE)


def pair_chosen() -> None:
    if not chosen["given"]:
        st.rerun()
    later(*OF_IMAGE, *OF_PAIR)


@st.fragment
def choose() -> None:
    """The image, the pair of ideals, and at once the difference; the other exhibits follow."""
    settings.take_note()
    picked = pick_image(mnist, image_chosen)
    pair = dict(zip(("digit", "rival"), pick_pair(mnist, pair_chosen), strict=True))
    chosen.update(given=picked and picked.given | pair, pair=pair)
    if picked:
        three_ways(chosen["given"], picked.words, image_chosen)


choose()
if chosen["given"]:
    st.fragment(lambda: one_pixel(chosen["given"]), key="one pixel")()
    st.fragment(lambda: confidence(chosen["given"]), key="confidence")()
st.fragment(lambda: broadcasting(chosen["pair"]), key="broadcasting")()
shape_lab()
st.fragment(lambda: two_libraries(chosen["pair"]), key="two libraries")()
if chosen["given"]:
    st.fragment(lambda: gradient(chosen["given"]), key="gradient")()
download("Distance")
