"""Ideal: the mean of a stack, coming into focus, pixel by pixel, and all ten."""

import streamlit as st

from mnist_dash.pages.ideal.focus import focus, pile_up
from mnist_dash.pages.ideal.ten_ideals import ten_ideals
from mnist_dash.pages.shared.controls import pair_control
from mnist_dash.pages.shared.guess import guess

with st.container(key="led by pair"):
    digit, rival = pair_control()
    pile_up(digit)
    guess("few", "darker")
    focus(digit, rival)
ten_ideals(digit)
