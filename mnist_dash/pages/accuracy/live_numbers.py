"""How an ideal is made, and how often the nearest is right then."""

import streamlit as st

from mnist_dash.core.baseline import IDEALS
from mnist_dash.pages.shared.both_norms import both_norms
from mnist_dash.pages.shared.choices import choices, part
from mnist_dash.pages.shared.code import show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.slide import slide_first
from mnist_dash.pages.shared.validation import asked, most_images


@part
@exhibit
def live_numbers() -> None:
    """The controls of the ideals, and the numbers of both norms, which follow the slider."""
    chosen = choices()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control("An ideal is the", list(IDEALS), required=True, **chosen.control("how"))
        slider = st.container(width=360)
    given = asked()
    ran = both_norms(given)
    with slider:  # after the numbers, so that the next move is sent once these are on their way
        slide_first("Training images per ideal:", most_images(given["digits"]))
    show_code(*ran, line="predict(distances")
