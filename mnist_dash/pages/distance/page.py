"""Distance: one image against two ideals, pixel by pixel, and what its distances are not."""

import streamlit as st

from mnist_dash.pages.distance.confidence import confidence
from mnist_dash.pages.distance.names import names
from mnist_dash.pages.distance.one_pixel import one_pixel
from mnist_dash.pages.distance.three_ways import nearest_two, three_ways
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.controls import exhibits_control, pair_control
from mnist_dash.pages.shared.guess import guess
from mnist_dash.pages.shared.picker import pick_image
from mnist_dash.pages.shared.settings import CLOSER

EXHIBITS = {"pixel": one_pixel, "torch": names, "confidence": confidence}

with st.container(key="led by image"):
    with st.container():
        picked = pick_image()
        with st.container(horizontal=True, vertical_alignment="bottom"):
            digit, rival = pair_control()
            if picked:
                nearest_two(picked)
    if picked:
        given = {**picked.given, "digit": digit, "rival": rival}
        guess("nearer", "signed")
        three_ways(given, picked.words)
if picked:
    closer = choices()["closer"]
    exhibits_control("closer", CLOSER, closer)
    if closer == "pixel":
        guess("one pixel")
    EXHIBITS[closer](given)
