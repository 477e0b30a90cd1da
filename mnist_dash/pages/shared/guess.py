"""Guess first: a question before the exhibit that answers it. The truth is worked out once it is asked for.

Guesses last as long as the reader's browser keeps them: ``remember`` stands in the frame.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mnist_dash.components.memory import memory
from mnist_dash.components.shared.mount import Values
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import note
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.further_questions import FURTHER
from mnist_dash.pages.shared.lines import outcome
from mnist_dash.pages.shared.picker import source
from mnist_dash.pages.shared.questions import QUESTIONS, Question, Truth, View
from mnist_dash.pages.shared.settings import SETTINGS, Guess

ASKED = QUESTIONS | FURTHER
SIGNS = {"right": "✓", "near": "≈", "wrong": "✗", "skipped": "→"}


@dataclass(frozen=True)
class Answered:
    """A guess beside the truth. said: the guess, in words, None if it was skipped. mark: a name in ``SIGNS``.

    words: both, and why, in Markdown.
    """

    asked: str
    said: str | None
    mark: str
    words: str


@exhibit
def guess(*names: str) -> None:
    """These questions side by side, each with its answers, or with the reader's guess and the truth."""
    chosen = choices()
    names = [name for name in names if ASKED[name].given(chosen.values) is not None]
    if chosen["guess"] == "off" or not names:
        return
    places = st.columns(len(names), gap="small") if len(names) > 1 else [st.container()]
    said = {each.question: each for each in chosen["guessed"]}
    of_page = (name for name, question in ASKED.items() if question.page == chosen.page)
    first = next((name for name in of_page if name not in said), None)
    for place, name in zip(places, names, strict=True):
        question = ASKED[name]
        with place, st.container(key=f"guess-{name}", height="stretch"):
            asked = question.ask(chosen.values)
            note(f"guess {name}", f"**Guess first.** {asked}", question.line, question.given(chosen.values))
            if name in said:
                _answered(said[name], now=_view(question, chosen.values))
            else:
                st.markdown(f"**{asked}**")
                row = answers(name, question, chosen.values, "guessed")
                if name == first:
                    with row:
                        chosen.button(
                            "No questions, please",
                            {"guess": "off"},
                            key=f"{name} no questions",
                            type="tertiary",
                        )


def answered(made: Guess) -> Answered:
    """What the guess was worth: the truth is that of its view, where this says nothing that of the book."""
    question, view = ASKED[made.question], {**book(), **dict(made.view)}
    truth = question.truth(view, outcome(question.line, question.given(view)).value)
    mark = _mark(made.said, truth.answer, question.near)
    said = None if made.said is None else _shown(made.said)
    return Answered(question.ask(view), said, mark, f"**{SIGNS[mark]}** {_words(said, truth, mark)}")


def answers(name: str, question: Question, view: View, setting: str) -> DeltaGenerator:
    """The answers in a row, as buttons or as a field for a number, and a way to skip it.

    setting: the one that keeps what is said of each question.
    """
    chosen, offered = choices(), question.answers(view)

    def said(answer: str | int | None) -> Values:
        """The first answer counts: a second may have been clicked before the truth was in sight."""
        known = chosen[setting]
        if any(each.question == name for each in known):
            return {}
        return {setting: (*known, Guess(name, answer, _view(question, view)))}

    row = st.container(horizontal=True, vertical_alignment="center", gap="xsmall")
    with row:
        if isinstance(offered, range):

            def typed(number: int | None) -> Values:
                return {} if number is None else said(number)

            st.number_input(
                "Your guess",
                offered[0],
                offered[-1],
                width=110,
                placeholder="A number",
                label_visibility="collapsed",
                **chosen.control(setting, "value", lambda made: None, typed),
            )
            # A field speaks as soon as it is left, so the click has nothing to add.
            chosen.button("That is my guess", {}, key=f"{setting} {name}")
        else:
            for answer in offered:
                chosen.button(answer, lambda answer=answer: said(answer), key=f"{setting} {name} {answer}")
        chosen.button("Skip", lambda: said(None), key=f"{setting} {name} skip", type="tertiary")
    return row


def _answered(made: Guess, now: tuple) -> None:
    """The guess beside the truth. now: the view that would be asked about now."""
    found = answered(made)
    st.markdown(f"**{found.asked}**")
    st.markdown(found.words)
    if now != made.view:
        choices().button(
            "Ask me about the current choice",
            lambda: {"guessed": tuple(each for each in choices()["guessed"] if each != made)},
            key=f"{made.question} again",
            type="tertiary",
        )


def _view(question: Question, view: View) -> tuple[tuple[str, Any], ...]:
    values = {**view, "from": source(view)}
    return tuple((name, values[name]) for name in question.settings(values))


def book() -> dict[str, Any]:
    """The view that the book has, or would have of the set in use: every setting as it is at first."""
    return {name: setting.default for name, setting in choices().settings.items()}


def _mark(said: str | int | None, truth: str | int, near: int) -> str:
    if said is None:
        return "skipped"
    if said == truth:
        return "right"
    return "near" if near and abs(said - truth) <= near else "wrong"


def _words(said: str | None, truth: Truth, mark: str) -> str:
    answer = _shown(truth.answer)
    said_and_is = {
        "right": f"You said **{said}**, and that is right.",
        "near": f"You said **{said}**. Close: it is **{answer}**.",
        "wrong": f"You said **{said}**. It is **{answer}**.",
        "skipped": f"It is **{answer}**.",
    }
    return f"{said_and_is[mark]} {truth.because}"


def _shown(answer: str | int | None) -> str:
    return f"{answer:,}" if isinstance(answer, int) else str(answer)


# -- in the browser --------------------------------------------------------------------------------------


@exhibit
def remember() -> None:
    """What keeps the guesses in the reader's browser, and tells those of earlier visits: those on MNIST."""
    chosen = choices()
    if chosen.settings is not SETTINGS:
        return
    written = {each.question: _written(each) for each in chosen["guessed"]}
    chosen.mount(
        memory,
        "frame memory",
        {name: note for name, note in written.items() if note},
        visit=chosen.began,
        on_recall=_recalled,
    )


def _written(made: Guess) -> dict[str, Any] | None:
    """A guess as JSON has it; None where its view, such as a long drawing, can't be written."""
    view = {name: SETTINGS[name].write(value) for name, value in made.view}
    return None if None in view.values() else {"said": made.said, "view": view}


def _recalled(notes: Mapping[str, Any]) -> Values:
    chosen = choices()
    if chosen["recalled"]:
        return {}
    known = {each.question for each in chosen["guessed"]}
    found = [_read(name, written) for name, written in notes.items() if name not in known]
    return {"recalled": True, "guessed": (*filter(None, found), *chosen["guessed"])}


def _read(name: str, written: Any) -> Guess | None:
    """The guess that was written so; None if none was: a browser may say anything."""
    match written:
        case {"said": said, "view": dict(texts)} if name in ASKED:
            question, view = ASKED[name], {}
            for setting, text in texts.items():
                if setting not in SETTINGS or not _texts(text):
                    return None
                view[setting] = SETTINGS[setting].read(text)
            whole: View = {**book(), **view}
            names = question.settings(whole)
            sound = None not in view.values() and {*view} == {*names} and question.given(whole) is not None
            if sound and (said is None or _fits(said, question.answers(whole))):
                return Guess(name, said, tuple((each, view[each]) for each in names))
    return None


def _texts(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(text, str) for text in found)


def _fits(said: Any, answers: Any) -> bool:
    return type(said) is (int if isinstance(answers, range) else str) and said in answers
