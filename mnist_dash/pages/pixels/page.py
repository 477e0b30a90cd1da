"""Pixels: a picture is numbers, and the numbers have a shape."""

import streamlit as st

from mnist_dash.pages.pixels.colour import colour
from mnist_dash.pages.pixels.numbers import numbers
from mnist_dash.pages.pixels.rank import rank
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.controls import exhibits_control
from mnist_dash.pages.shared.guess import guess
from mnist_dash.pages.shared.picker import pick_image
from mnist_dash.pages.shared.settings import AXES

with st.container(key="led by image"):
    with st.container():
        picked = pick_image()
    if picked:
        guess("count", "paper")
        numbers(picked)
if picked:
    axes = choices()["axes"]
    exhibits_control("axes", AXES, axes)
    if axes == "rank":
        rank(picked)
    else:
        colour()
