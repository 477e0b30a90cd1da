"""The numbers of the Accuracy page and their controls, apart from the page below as long as one drags."""

from collections.abc import Callable, Hashable

import streamlit as st

from mnist_dash import compute
from mnist_dash.core.baseline import IDEALS, NORMS
from mnist_dash.core.stress import STRAINS
from mnist_dash.pages.accuracy.both_norms import both_norms, training
from mnist_dash.pages.shared import settings
from mnist_dash.pages.shared.code import show_code
from mnist_dash.pages.shared.later import at_once
from mnist_dash.pages.shared.settings import EVERY
from mnist_dash.pages.shared.slide import slid, slide_first
from mnist_dash.pages.stress.stress_test import stress, stress_controls
from mnist_dash.pages.stress.what_norms_see import what_norms_see

session = st.session_state
FOLLOWED = ("digits", "how", "first", "also", *STRAINS)  # settings that change the whole page


def asked(digits: tuple[int, ...]) -> dict[str, Hashable]:
    """What is chosen, as ``chapter`` takes it."""
    if session["first"] >= _most(digits):
        session["first"] = EVERY
    first = slid("first")
    how = settings.kept("how")
    return {"digits": digits, "how": how, "first": None if first == EVERY else first, **stress()}


def _most(digits: tuple[int, ...]) -> int:
    """How many training images the digit with the most has."""
    return max(len(compute.mnist().train.places[digit]) for digit in digits)


def _norm_chosen() -> None:
    settings.kept("norm")
    at_once("opened", "two distances")


@st.fragment(key="numbers")
def live_numbers(digits: tuple[int, ...], on_open: Callable[[int], None]) -> None:
    """The controls, both norms' numbers, the stress test, and some images under stress.

    When a control has come to rest, the whole page runs.
    """
    settings.mend()
    if session.get("dragged") is None and settings.outdated():
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control("An ideal is the", list(IDEALS), key="how", required=True)
        st.segmented_control(
            "Norm of the close-ups", list(NORMS), key="norm", required=True, on_change=_norm_chosen
        )
        first_place = st.container(width=360)
    settings.kept("norm")
    given = asked(digits)
    numbers, controls = st.columns([5, 4], gap="large")
    with numbers:
        ran = both_norms(given)
    # The sliders come after the numbers, so that the next move is sent once these are on their way.
    with first_place:
        slide_first("Training images per ideal:", _most(digits))
    with controls:
        stress_controls(given, ran[0].value)
    with numbers:
        if session.get("dragged") == "first":
            st.markdown("**Training accuracy** follows when the slider rests.")
        else:
            training(given)
        show_code(*ran)
    what_norms_see(given, on_open)
