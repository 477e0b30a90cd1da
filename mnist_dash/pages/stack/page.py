"""Stack: the folders, one line instead of a loop, and from a list of images to their mean."""

import streamlit as st

from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.guess import guess
from mnist_dash.pages.shared.set_in_use import in_use
from mnist_dash.pages.stack.comprehension import comprehension
from mnist_dash.pages.stack.folders_view import folders
from mnist_dash.pages.stack.stacking import stacking

chosen = choices()
digit = chosen["ideal"]
with st.container(key="led by digit"):
    st.segmented_control("Digit", in_use().labels, required=True, **chosen.control("ideal"))
    folders(digit)
comprehension(digit)
guess("shape")
stacking(digit)
