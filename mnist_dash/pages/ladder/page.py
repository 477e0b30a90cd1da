"""Ladder: methods simpler than the nearest ideal, methods that cost more, and what they gain."""

import streamlit as st

from mnist_dash.pages.ladder.ladder import ladder
from mnist_dash.pages.shared.controls import digits_control
from mnist_dash.pages.shared.guess import guess
from mnist_dash.pages.shared.validation import told_of_what_differs

with st.container(key="led by digits"):
    digits_control()
    told_of_what_differs()
    guess("by ink")
    ladder()
