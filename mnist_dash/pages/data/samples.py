"""Some images of each class, picked at random."""

import streamlit as st

from mnist_dash import chapter
from mnist_dash.pages.data.opened import wall_of
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.set_in_use import in_use
from mnist_dash.pages.shared.settings import SEEDS


@exhibit
def samples() -> None:
    """Ten training images of each class; one that is clicked is taken apart."""
    chosen, data = choices(), in_use()
    values = {"seed": chosen["seed"]}
    ran = run("samples", "Ten training images of each class, picked at random.", chapter.samples, values)
    *_, numbers = ran.value
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen.button("Show others", lambda: {"seed": (chosen["seed"] + 1) % SEEDS})
        st.caption(
            f"{len(numbers)} of the {len(data.train):,} training images, up to ten of each class. Click one, "
            f"or press Enter on it, to see its numbers on the page Pixels.",
            width="content",
        )
    wall_of("samples", numbers, {})
    show_code(ran)
