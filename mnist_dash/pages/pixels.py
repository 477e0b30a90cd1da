"""Pixels: a picture is numbers, and the numbers have a shape."""

import streamlit as st

from mnist_dash import compute
from mnist_dash.exhibits.code import begin, download
from mnist_dash.exhibits.numbers import numbers

mnist = compute.mnist()
begin()
st.title("A picture is numbers", anchor=False)
numbers(mnist)
download("Pixels")
