"""Distance: one image against one ideal, broadcasting over the whole set, NumPy and PyTorch, and autograd."""

import streamlit as st

from mnist_dash import compute
from mnist_dash.exhibits.broadcasting import broadcasting
from mnist_dash.exhibits.code import begin, download
from mnist_dash.exhibits.confidence import confidence
from mnist_dash.exhibits.gradient import gradient
from mnist_dash.exhibits.one_pixel import one_pixel
from mnist_dash.exhibits.pair import pick_pair
from mnist_dash.exhibits.picker import pick_image
from mnist_dash.exhibits.shape_lab import shape_lab
from mnist_dash.exhibits.three_ways import three_ways
from mnist_dash.exhibits.two_libraries import two_libraries

mnist = compute.mnist()
begin()
st.title("How far is an image from an ideal?", anchor=False)
picked = pick_image(mnist)
ideal, rival = pick_pair(mnist)
pair = {"digit": ideal, "rival": rival}
if picked:
    given = picked.given | pair
    three_ways(given, picked.words)
    one_pixel(given)
    confidence(given)
broadcasting(pair)
shape_lab()
two_libraries(pair)
if picked:
    gradient(given)
download("Distance")
