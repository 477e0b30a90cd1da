"""Where the norms disagree: the images that only one of them gets right, and those that neither does."""

from collections.abc import Mapping

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components import figures
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.glossary import explained
from mnist_dash.pages.shared.validation import asked
from mnist_dash.pages.shared.walls import show_wall

MOST = 25  # pictures at a time, in each wall
NAMES = {name: f":{colour}[{name}]" for name, colour in figures.COLOURS.items()}
TITLES = {name: f"Only {words}" for name, words in NAMES.items()} | {"neither": "Neither"}


@exhibit
def disagreement() -> None:
    """Three walls, each with its count."""
    given = asked()
    ran = run("who is right", "Which images only one norm has right.", chapter.who_is_right, given)
    scores = run("scores", "How often each norm is right.", chapter.scores, given)
    total = sum(next(iter(scores.value.values())).total)
    st.markdown(
        explained(
            "**The two [[norms|norm]] make mistakes on different images.** :orange[L2] squares the "
            "differences, so a few large ones weigh more than many small ones; :blue[L1] takes them as they "
            "are."
        ),
        unsafe_allow_html=True,
    )
    alone = {name: len(which) for name, which in ran.value.items()}
    for column, (name, which) in zip(st.columns(3, gap="large"), ran.value.items(), strict=True):
        with column:
            with st.container(gap="xxsmall"):
                st.subheader(f"{TITLES[name]} is right", anchor=False)
                st.caption(f"{len(which):,} of {total:,} images")
            show_wall(name, which, given, most=MOST, empty=_empty(name, alone))
    show_code(ran)


def _empty(name: str, alone: Mapping[str, int]) -> str:
    """Why nothing is there. alone: how many images each wall has."""
    if name == "neither":
        return "Nothing here: at least one norm is right on every image."
    if not sum(alone[each] for each in NAMES):
        return "Nothing here: both norms are right, and wrong, on the same images."
    other = next(each for each in NAMES if each != name)
    return f"Nothing here: wherever {name} is right, {other} is right too."
