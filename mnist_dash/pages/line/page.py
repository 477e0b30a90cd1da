"""Line: two digits by their two distances, the line that separates them, and the sum behind L2."""

import streamlit as st

from mnist_dash.pages.line.two_distances import most_confused, two_distances
from mnist_dash.pages.line.weight import weight
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.controls import norm_control, pair_control
from mnist_dash.pages.shared.guess import guess

with st.container(key="led by digits"):
    with st.container(horizontal=True, vertical_alignment="bottom"):
        digit, rival = pair_control()
        norm = norm_control()
        most_confused()
    two_distances(digit, rival, norm)
guess("two rules")
weight(digit, rival)
choices().button(
    "And which way should each pixel change? →", {"page": "better", "improved": "gradient"}, type="tertiary"
)
