"""Pixels: a picture is numbers, and the numbers have a shape."""

import streamlit as st

from mnist_dash import compute
from mnist_dash.exhibits.code import begin, download
from mnist_dash.exhibits.colour import colour
from mnist_dash.exhibits.numbers import numbers
from mnist_dash.exhibits.picker import pick_image
from mnist_dash.exhibits.rank import rank

mnist = compute.mnist()
begin()
st.title("A picture is numbers", anchor=False)
if picked := pick_image(mnist):
    st.fragment(numbers)(picked)
    st.fragment(rank)(picked, st.session_state["digit"])
st.fragment(colour)()
download("Pixels")
