"""Accuracy: how often the nearest ideal is right, beside what is simpler and beside the reader."""

import streamlit as st

from mnist_dash.pages.accuracy.baseline import baseline
from mnist_dash.pages.accuracy.be_the_classifier import be_the_classifier
from mnist_dash.pages.accuracy.learning_curve import learning_curve
from mnist_dash.pages.accuracy.live_numbers import live_numbers
from mnist_dash.pages.accuracy.overfitting import overfitting
from mnist_dash.pages.shared.controls import digits_control
from mnist_dash.pages.shared.guess import guess
from mnist_dash.pages.shared.validation import told_of_what_differs

digits_control()
told_of_what_differs(ideals=False)
guess("right", "own")
live_numbers()
simple, own = st.columns(2, gap="large")
with simple:
    baseline()
with own:
    overfitting()
be_the_classifier()
learning_curve()
