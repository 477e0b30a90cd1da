"""Accuracy: how often the nearest ideal is right, by which norm, and how many images that takes."""

import streamlit as st

from mnist_dash.pages.accuracy.learning_curve import learning_curve
from mnist_dash.pages.accuracy.live_numbers import live_numbers
from mnist_dash.pages.shared.controls import digits_control
from mnist_dash.pages.shared.guess import guess
from mnist_dash.pages.shared.validation import told_of_what_differs

st.markdown("Every validation image is called by the ideal it is nearest to.")
digits_control()
told_of_what_differs(ideals=False)
guess("right", "blank")
live_numbers()
learning_curve()
