"""Distance: one image against two ideals, pixel by pixel, and what its distances are not."""

import streamlit as st

from mnist_dash.pages.distance.confidence import confidence
from mnist_dash.pages.distance.one_pixel import one_pixel
from mnist_dash.pages.distance.three_ways import nearest_two, three_ways
from mnist_dash.pages.shared.controls import pair_control
from mnist_dash.pages.shared.guess import guess
from mnist_dash.pages.shared.picker import pick_image

picked = pick_image()
with st.container(horizontal=True, vertical_alignment="bottom"):
    digit, rival = pair_control()
    if picked:
        nearest_two(picked)
if picked:
    given = {**picked.given, "digit": digit, "rival": rival}
    guess("nearer", "signed")
    three_ways(given, picked.words)
    guess("one pixel")
    one_pixel(given)
    confidence(given)
