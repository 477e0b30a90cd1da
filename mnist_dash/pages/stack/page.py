"""Stack: the folders, one line instead of a loop, and from a list of images to their mean."""

import streamlit as st

from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.controls import class_control
from mnist_dash.pages.shared.guess import guess
from mnist_dash.pages.shared.names import kind
from mnist_dash.pages.stack.comprehension import comprehension
from mnist_dash.pages.stack.folders_view import folders
from mnist_dash.pages.stack.stacking import stacking

digit = choices()["ideal"]
with st.container(key="led by digit"):
    class_control("ideal", kind().capitalize())
    folders(digit)
comprehension(digit)
guess("shape")
stacking(digit)
