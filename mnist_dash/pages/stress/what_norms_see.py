"""Some of the validation images, as they are classified."""

from collections.abc import Callable, Hashable, Mapping

import streamlit as st

from mnist_dash import chapter
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.walls import KEY, show_wall

COUNT = 10


@st.fragment(key="strip")
def what_norms_see(given: Mapping[str, Hashable], on_open: Callable[[int], None]) -> None:
    """Ten images, the digits in play taking turns, and what each is called."""
    st.header("What the norms see", anchor=False)
    ran = run("some", "Some images of each digit.", chapter.some_of_each, given | {"count": COUNT})
    how = ", spoiled as chosen above" if "seen" in given else ""
    st.markdown(f"Ten of the validation images{how}. {KEY} Choose one to look at it closer.")
    show_wall("strip wall", ran.value, given, on_open, most=COUNT, size="ten")
    show_code(ran)
