"""The stress test: what is done to the validation images, some of them, and how both norms cope."""

from collections.abc import Hashable, Mapping

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components.figures import COLOURS
from mnist_dash.components.shared.numbers import percent
from mnist_dash.core.baseline import Accuracy
from mnist_dash.core.stress import SWITCHES, strains
from mnist_dash.pages.shared.both_norms import both_norms
from mnist_dash.pages.shared.choices import choices, part
from mnist_dash.pages.shared.code import Ran, run, show_code
from mnist_dash.pages.shared.exhibit import NothingToShowError, exhibit
from mnist_dash.pages.shared.names import kind, without_validation
from mnist_dash.pages.shared.set_in_use import shape
from mnist_dash.pages.shared.slide import slide
from mnist_dash.pages.shared.validation import AS_IN_THE_BOOK, asked
from mnist_dash.pages.shared.walls import KEY, show_wall

COUNT = 10  # pictures
WHY = {
    "inverted": "The true ideal now has its ink exactly where the image has none, so it is often the "
    "farthest: that can be worse than guessing.",
    "undivided": "The image's ink goes up to 255 now, an ideal's only to 1, so every ideal is about equally "
    "far away; what decides is how much of its ink lies under the image's.",
}
# On a phone the accuracies stay in sight while the sliders below them are moved.
PINNED = """<style>
:has(> .st-key-pinned) { position: sticky; top: 0; z-index: 5; }
.st-key-pinned { padding-block: .4rem; background: light-dark(#fff, #14161b); }
@media (min-width: 640px) { :has(> .st-key-pinned) { display: none; } }
</style>"""


@part
@exhibit
def stress_test() -> None:
    """The numbers, the pictures and, beside both, the controls that they follow."""
    given = asked()
    if why := without_validation(given["digits"]):
        raise NothingToShowError(why)
    shown, controls = st.columns([5, 4], gap="large")
    with shown:
        scores, compared = both_norms(given)
        some = _what_norms_see(given)
    with controls:  # after what follows them, so that the next move is sent once that is on its way
        _controls(given, scores.value)
    show_code(scores, compared, some)


def _what_norms_see(given: Mapping[str, Hashable]) -> Ran:
    """Ten images, the possible answers taking turns, and what each is called."""
    st.header("What the norms see", anchor=False)
    ran = run("some", f"Some images of each {kind()}.", chapter.some_of_each, given | {"count": COUNT})
    how = ", spoiled as chosen" if "seen" in given else ""
    many = "Ten of the" if len(ran.value) == COUNT else "These are all"
    st.markdown(f"{many} validation images{how}. {KEY} Choose one to flip it.")
    show_wall("strip", ran.value, given, most=COUNT, size="ten")
    return ran


def _controls(given: Mapping[str, Hashable], scores: Mapping[str, Accuracy]) -> None:
    """A slider for every strain, the two switches, and the way back.

    scores: stay in sight above the sliders on a phone, whose screen has no room for both.
    """
    chosen = choices()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header("Stress test", anchor=False, width="stretch")
        chosen.button("Reset", AS_IN_THE_BOOK["images"], disabled="seen" not in given)
    st.markdown("Which norm fails first?")
    st.html(PINNED)
    with st.container(key="pinned"):
        said = (f":{COLOURS[name]}[{name} **{percent(score.pooled)}**]" for name, score in scores.items())
        st.markdown(" · ".join(said))
    of_set = strains(*shape())
    places = [column for _ in range(0, len(of_set), 2) for column in st.columns(2, gap="medium")]
    for place, (name, strain) in zip(places, of_set.items(), strict=True):
        with place:
            slide(name, strain.title, strain.stops, at=chosen[name], words=strain.written)
    st.pills(
        "Also",
        list(SWITCHES),
        selection_mode="multi",
        format_func=SWITCHES.get,
        label_visibility="collapsed",
        **chosen.control("also"),
    )
    for name in chosen["also"]:
        st.caption(WHY[name])
