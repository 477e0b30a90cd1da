"""What a baseline is: the simplest ways to answer, and how far above them the nearest ideal stands."""

from collections.abc import Hashable, Mapping
from html import escape

import streamlit as st

from mnist_dash import chapter
from mnist_dash.pages.accuracy.bars import Bar, bars
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.glossary import explained
from mnist_dash.pages.shared.lines import made, outcome
from mnist_dash.pages.shared.names import kind
from mnist_dash.pages.shared.set_in_use import in_use
from mnist_dash.pages.shared.validation import asked


@exhibit
def baseline() -> None:
    """A short ladder: the same answer always, darkness alone, the nearest ideal by both norms."""
    st.markdown(
        explained(
            "**A [[baseline]] is the score that every more complicated model must beat.** The chapter's "
            "baseline is the nearest ideal, which must itself beat simpler ones."
        ),
        unsafe_allow_html=True,
    )
    given = asked()
    ran = run("baselines", "What is simpler than the nearest ideal.", chapter.baselines, given)
    same = made(chapter.commonest_digit, given)
    ideas = {
        "same answer": (f"Always “{escape(in_use().classes[same])}”", f"the commonest {kind()}"),
        "darkness": ("Darkness", "whose mean ink is nearest?"),
        "L1": ("Ideal, L1", f"whose {given['how']} is nearest?"),
        "L2": ("Ideal, L2", "the same, squared"),
    }
    bars(
        [Bar(ideas[name][0], score, ideas[name][1], name) for name, score in ran.value.items()],
        chance=ran.value["same answer"].pooled,
    )
    st.caption(
        "Dashed: the line of chance, how often it is right to give the same answer every time. Only a score "
        "above it shows that something was learned."
    )
    show_code(ran, line="commonest_digit =")


def chance(given: Mapping[str, Hashable]) -> float:
    """The line of chance: how often the commonest class is right."""
    return outcome(chapter.baselines, given).value["same answer"].pooled
