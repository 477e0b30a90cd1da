"""Line: two digits by their two distances, the line that separates them, and the sum behind L2."""

import streamlit as st

from mnist_dash.pages.line.two_distances import most_confused, two_distances
from mnist_dash.pages.line.weight import weight
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.controls import norm_control, pair_control
from mnist_dash.pages.shared.guess import guess
from mnist_dash.pages.shared.names import class_name, listed
from mnist_dash.pages.shared.set_in_use import in_use

with st.container(key="led by two digits"):
    with st.container(horizontal=True, vertical_alignment="bottom"):
        digit, rival = pair_control()
        norm = norm_control()
        most_confused()
    unseen = [cls for cls in (digit, rival) if cls not in in_use().valid.places]
    if not unseen:
        two_distances(digit, rival, norm)
if unseen:
    names = listed(map(class_name, unseen))
    st.info(f"The validation set has no image of {names}: choose two classes of which it has some.")
else:
    guess("two rules")
    weight(digit, rival)
choices().button(
    "And which way should each pixel change? →", {"page": "better", "improved": "gradient"}, type="tertiary"
)
