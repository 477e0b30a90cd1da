"""Ideals: from folders of files to the mean of a stack, and what that mean can do."""

import streamlit as st

from mnist_dash import compute
from mnist_dash.exhibits.code import begin, download
from mnist_dash.exhibits.comprehension import comprehension
from mnist_dash.exhibits.focus import focus
from mnist_dash.exhibits.folders_view import folders
from mnist_dash.exhibits.pair import pick_pair
from mnist_dash.exhibits.stacking import stacking
from mnist_dash.exhibits.ten_ideals import ten_ideals
from mnist_dash.exhibits.weight import weight

mnist = compute.mnist()
begin()
st.title("The ideal is a mean", anchor=False)
digit, rival = pick_pair(mnist)
focus(mnist, digit, rival)
folders(digit, rival)
comprehension(digit)
stacking(digit)
ten_ideals(mnist, digit)
weight(mnist, digit, rival)
download("Ideals")
