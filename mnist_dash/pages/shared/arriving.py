"""On every page: which set of the reader's own it shows, and how far the reading of another has come."""

import streamlit as st

from mnist_dash.core.datasets import Dataset
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.contents import PAGES
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.navigation import link
from mnist_dash.pages.shared.progress import progress
from mnist_dash.pages.shared.set_in_use import Desk, desk
from mnist_dash.pages.shared.words import plain


@exhibit
def arriving(page: str) -> None:
    """Nothing while MNIST is in use; Data says all this itself."""
    here = desk()
    if page == "data":
        return
    if here.arrival:
        on_its_way(here)
    if here.own:
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="own set"):
            st.caption(
                f"Your own images: **{plain(here.own.data.name)}**{_kept(here.own.data)}", width="content"
            )
            link(PAGES["data"], "Data")
            choices().button("Back to MNIST", here.clear, type="tertiary")


def _kept(data: Dataset) -> str:
    """Of a set that was read in a stream, how many images the pages show."""
    kept = len(data.train) + len(data.valid)
    return f", {kept:,} of its {len(data.whole):,}, drawn by chance" if data.whole else ""


def on_its_way(here: Desk) -> None:
    """How far it has come, and a way to stop it."""
    arrival, name = here.arrival, plain(here.files.name)

    def told(said: tuple[int, int]) -> tuple[float, str]:
        done, total = said
        if not total:
            return 0.0, f"Reading {name}"
        return done / total, f"Reading {name}: {done:,} of {total:,}"

    left, right = st.columns([6, 1], vertical_alignment="center")
    with left:
        progress(lambda: arrival, told)
    with right:
        choices().button("Cancel", here.cancel, key="cancel reading")
