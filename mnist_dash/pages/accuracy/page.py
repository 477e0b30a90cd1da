"""Accuracy: how often the nearest ideal is right, and one of four ways to judge that number."""

import streamlit as st

from mnist_dash.pages.accuracy.baseline import baseline
from mnist_dash.pages.accuracy.be_the_classifier import be_the_classifier
from mnist_dash.pages.accuracy.learning_curve import learning_curve
from mnist_dash.pages.accuracy.live_numbers import live_numbers
from mnist_dash.pages.accuracy.overfitting import overfitting
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.controls import digits_control, exhibits_control
from mnist_dash.pages.shared.guess import guess
from mnist_dash.pages.shared.names import without_validation
from mnist_dash.pages.shared.settings import JUDGED
from mnist_dash.pages.shared.validation import told_of_what_differs

EXHIBITS = {
    "baseline": baseline,
    "overfitting": overfitting,
    "race": be_the_classifier,
    "images": learning_curve,
}

judged = choices()["judged"] or "baseline"
with st.container(key="led by digits"):
    digits_control()
    told_of_what_differs(ideals=False)
    nothing = without_validation(choices()["digits"])
    if nothing:
        st.info(nothing)
    else:
        guess("right", "own")
        live_numbers()
if not nothing:
    exhibits_control("judged", JUDGED, judged)
    EXHIBITS[judged]()
