"""The quiz: every question of the lesson once more, beside what was guessed on its page."""

from collections.abc import Iterable

import streamlit as st

from mnist_dash.pages.recap.asked import link_to
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.guess import Answered, answered, answers, book
from mnist_dash.pages.shared.questions import QUESTIONS, View

KNOWN = ("right", "near")


@exhibit
def quiz() -> None:
    """One question at a time, the last one's truth above it; after all of them, the score."""
    chosen = choices()
    st.header("The quiz", anchor=False)
    said = {each.question: answered(each) for each in chosen["quiz"]}
    asked = [name for name in QUESTIONS if QUESTIONS[name].given(_view(name, chosen.values)) is not None]
    guessed = {each.question: each for each in chosen["guessed"]}
    with st.container(key="guess-quiz"):
        if said:
            name, last = list(said.items())[-1]
            before = guessed.get(name)
            st.markdown(f"{last.asked}  \n{last.words}{_before(before and answered(before))}")
        left = [name for name in asked if name not in said]
        if left:
            name = left[0]
            question = QUESTIONS[name]
            view = _view(name, dict(guessed[name].view) if name in guessed else chosen.values)
            st.markdown(f"**{len(said) + 1} of {len(said) + len(left)}. {question.ask(view)}**")
            answers(name, question, view, "quiz")
    if not left:
        _score(said, [answered(each) for each in guessed.values()])
        chosen.button("Once more", {"quiz": ()}, key="quiz again")


def _view(name: str, values: View) -> View:
    """What is asked about: what the guess was about, or what is chosen now; else what the book has."""
    view = {**book(), **values}
    return view if QUESTIONS[name].given(view) is not None else book()


def _before(guess: Answered | None) -> str:
    """What was guessed on the page, before its exhibits were seen."""
    if guess is None or guess.said is None:
        return ""
    return f" *On its page you guessed {guess.said}.*"


def _score(said: dict[str, Answered], guessed: Iterable[Answered]) -> None:
    before = [each for each in guessed if each.mark != "skipped"]
    score = f"**{_known(said.values())} of {len(said)}** right or close."
    if before:
        score += f" Before you had seen the exhibits, you guessed {_known(before)} of {len(before)}."
    st.markdown(score)
    missed = {name: each for name, each in said.items() if each.mark not in KNOWN}
    if missed:
        with st.container(key="recap-missed", gap=None):
            st.markdown("Worth another look:")
            for name, each in missed.items():
                link_to(name, each.asked)


def _known(found: Iterable[Answered]) -> int:
    return sum(each.mark in KNOWN for each in found)
