"""Ideals: from folders of files to the mean of a stack, and what that mean can do."""

import streamlit as st

from mnist_dash import compute
from mnist_dash.pages.ideal.focus import focus, strip
from mnist_dash.pages.ideal.ten_ideals import tells_of_digit, ten_ideals
from mnist_dash.pages.line.weight import weight
from mnist_dash.pages.shared import settings
from mnist_dash.pages.shared.code import begin, download
from mnist_dash.pages.shared.later import at_once, later
from mnist_dash.pages.shared.pair import pick_pair
from mnist_dash.pages.stack.comprehension import comprehension
from mnist_dash.pages.stack.folders_view import folders
from mnist_dash.pages.stack.stacking import stacking

OF_BOTH = ["folders", "weight"]
OF_DIGIT = ["strip", "comprehension", "stacking"]  # the last two open 6,000 files

session = st.session_state
mnist = compute.mnist()
begin()
st.title("The ideal is a mean", anchor=False)


def pair_chosen() -> None:
    later(*OF_BOTH)
    if session["ideal"] == session["rival"] or session["ideal"] != session["last ideal"]:
        later(*OF_DIGIT, *(["ten"] if tells_of_digit() else []))
    at_once("choice", "focus")


@st.fragment(key="choice")
def choose() -> None:
    """The digit and its rival. The large ideal is the first to show them."""
    settings.take_note()
    pick_pair(mnist, pair_chosen)


choose()
st.fragment(lambda: strip(mnist, session["ideal"]), key="strip")()
st.fragment(lambda: focus(mnist, session["ideal"], session["rival"]), key="focus")()
st.fragment(lambda: folders(session["ideal"], session["rival"]), key="folders")()
st.fragment(lambda: comprehension(session["ideal"]), key="comprehension")()
st.fragment(lambda: stacking(session["ideal"]), key="stacking")()
st.fragment(lambda: ten_ideals(mnist, session["ideal"]), key="ten")()
st.fragment(lambda: weight(mnist, session["ideal"], session["rival"]), key="weight")()
download("Ideals")
