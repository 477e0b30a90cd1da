"""What is done to the validation images before they are classified, and its controls."""

from collections.abc import Hashable, Mapping

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components.figures import COLOURS
from mnist_dash.core.baseline import Accuracy
from mnist_dash.core.stress import STRAINS, SWITCHES
from mnist_dash.pages.shared import settings
from mnist_dash.pages.shared.settings import SETTINGS
from mnist_dash.pages.shared.slide import slid, slide

session = st.session_state
WHY = {
    "inverted": "The true ideal has its ink just where the image has none now, so it is often the farthest: "
    "that can be worse than guessing.",
    "undivided": "The image's ink goes up to 255 now, an ideal's only to 1. So where there is ink, every "
    "ideal is about as far; what still decides is how much of its ink lies under the image's.",
}


def stress() -> dict[str, Hashable]:
    """What is chosen, as ``chapter`` takes it; nothing when the images stay as they are."""
    chosen = {name: slid(name) for name in STRAINS}
    switched = settings.kept("also")
    if not switched and all(chosen[name] == strain.rest for name, strain in STRAINS.items()):
        return {}
    return {"seen": chapter.stressed} | chosen | {name: name in switched for name in SWITCHES}


def stress_controls(given: Mapping[str, Hashable], scores: Mapping[str, Accuracy]) -> None:
    """A slider for every strain, the two switches, and the way back. Call after the numbers.

    scores: stay in sight above the sliders on a phone, whose screen has no room for both.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header("Stress test", anchor=False, width="stretch")
        st.button("Reset", on_click=_reset, disabled="seen" not in given)
    st.markdown(
        "Spoil the validation images; the ideals stay as they are. Which norm falls first? What is further "
        "below follows when the slider rests."
    )
    with st.container(key="pinned"):
        said = (f":{COLOURS[name]}[{name} **{score.pooled:.4f}**]" for name, score in scores.items())
        st.markdown(" · ".join(said))
    places = [column for _ in range(0, len(STRAINS), 2) for column in st.columns(2, gap="medium")]
    for place, (name, strain) in zip(places, STRAINS.items(), strict=True):
        with place:
            slide(name, strain.title, strain.stops, at=session[name], words=strain.written)
    st.pills(
        "Also",
        list(SWITCHES),
        selection_mode="multi",
        key="also",
        format_func=SWITCHES.get,
        label_visibility="collapsed",
    )
    for name in session["also"]:
        st.caption(WHY[name])


def _reset() -> None:
    session.update({name: SETTINGS[name].default for name in STRAINS})
    settings.choose({"also": []})
