"""What the reader has guessed on the pages, each guess beside the truth."""

from collections import Counter

import streamlit as st

from mnist_dash.pages.recap.asked import link_to
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.guess import Answered, answered
from mnist_dash.pages.shared.questions import QUESTIONS


@exhibit
def guessed() -> None:
    """The questions that were answered, in the order of the lesson, and the way to forget them."""
    st.header("What you guessed", anchor=False)
    chosen = choices()
    made = {each.question: each for each in chosen["guessed"]}
    found = {name: answered(made[name]) for name in QUESTIONS if name in made}
    with st.container(key="recap-guessed"):
        if found:
            st.markdown(_summary(found))
        elif chosen["guess"] == "on":
            _nothing_yet()
        for name, each in found.items():
            with st.container(gap=None):
                link_to(name, each.asked)
                st.markdown(each.words)
    with st.container(horizontal=True, vertical_alignment="center"):
        if found:
            chosen.button("Forget my guesses", {"guessed": ()})
        if chosen["guess"] == "off":
            st.caption("You have switched the questions off.", width="content")
            chosen.button("Ask me questions again", {"guess": "on"})


def _nothing_yet() -> None:
    pages = dict.fromkeys(question.page for question in QUESTIONS.values())
    st.markdown(
        f"Nothing yet. {len(pages)} pages ask you to guess before they show the answer; your guesses stay in "
        "this browser and come back here. The first question:"
    )
    first = next(iter(pages))
    for name, question in QUESTIONS.items():
        if question.page == first:
            link_to(name, question.ask(choices().values))


def _summary(found: dict[str, Answered]) -> str:
    marks = Counter(each.mark for each in found.values())
    words = {"right": "right", "near": "close", "wrong": "wrong", "skipped": "skipped"}
    counts = ", ".join(f"**{marks[mark]} {word}**" for mark, word in words.items() if marks[mark])
    return f"{len(found)} of {len(QUESTIONS)} questions: {counts}."
