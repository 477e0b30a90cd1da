"""Draw: the pad, what the computer sees, and what both norms say of it while the ink flows."""

import streamlit as st

from mnist_dash.components.reading import catch_pictures
from mnist_dash.pages.draw.live import buttons, live, pictures
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.controls import digits_control
from mnist_dash.pages.shared.guess import guess
from mnist_dash.pages.shared.mine import remember_mine

pictures()
live()
left, right = st.columns([4, 5], gap="medium", vertical_alignment="bottom")
with left:
    digits_control()
with right:
    buttons()
guess("blank")
remember_mine()
choices().mount(catch_pictures, "catch", on_catch={"page": "photos"})
