"""Broadcasting: the whole set against one ideal without a loop, any two shapes, and both libraries."""

import streamlit as st

from mnist_dash.pages.broadcasting.broadcasting import broadcasting
from mnist_dash.pages.broadcasting.shape_lab import shape_lab
from mnist_dash.pages.broadcasting.two_libraries import two_libraries
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.controls import exhibits_control, ideal_control
from mnist_dash.pages.shared.guess import guess
from mnist_dash.pages.shared.settings import FITTING

with st.container(key="led by ideal"):
    digit = ideal_control()
    guess("difference")
    broadcasting(digit)
fitting = choices()["fitting"]
exhibits_control("fitting", FITTING, fitting)
if fitting == "shapes":
    shape_lab()
else:
    two_libraries(digit)
