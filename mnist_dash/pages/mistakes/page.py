"""Mistakes: which images go wrong, digit by digit, norm by norm, and one of them pixel by pixel."""

import streamlit as st

from mnist_dash.pages.mistakes.digit_by_digit import confusions, digit_by_digit
from mnist_dash.pages.mistakes.disagreement import disagreement
from mnist_dash.pages.mistakes.opened_image import opened_image
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.controls import digits_control, exhibits_control
from mnist_dash.pages.shared.guess import guess
from mnist_dash.pages.shared.names import kind, without_validation
from mnist_dash.pages.shared.settings import MISTAKES
from mnist_dash.pages.shared.validation import told_of_what_differs

chosen = choices()
with st.container(key="led by digits"):
    digits_control()
    told_of_what_differs()
    guess("hardest")
    if why := without_validation(chosen["digits"]):
        st.info(why)
        st.stop()
    kinds = MISTAKES | {"digits": f"{kind().capitalize()} by {kind()}"}
    exhibits_control("mistakes", kinds, chosen["mistakes"])
    if chosen["mistakes"] == "digits":
        digit_by_digit()
        confusions()
    else:
        disagreement()
opened_image()
