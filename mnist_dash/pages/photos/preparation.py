"""From a picture to an image like the set's: the steps as a strip, each with its switch, and its worth."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from torch import Tensor

from mnist_dash import compute
from mnist_dash.components import tables
from mnist_dash.components.reading import step_strip
from mnist_dash.components.shared.mount import Values
from mnist_dash.core.baseline import Accuracy
from mnist_dash.core.handwriting import Stage
from mnist_dash.pages.photos.found import chosen_digit
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.drawn import as_it_is, like, seen, titles, word
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.names import are_digits, class_name
from mnist_dash.pages.shared.progress import progress
from mnist_dash.pages.shared.set_in_use import in_use, shape
from mnist_dash.pages.shared.settings import EVERY
from mnist_dash.pages.shared.words import plain, times

Scores = dict[str, Accuracy] | None  # by norm; None before the first sheet is read


@dataclass(frozen=True)
class Prepared:
    """words: what it is. stages: None without a digit. seen: what it becomes; usual: that with every step."""

    words: str
    stages: Sequence[Stage] | None = None
    seen: Tensor | None = None
    usual: Tensor | None = None


@exhibit
def preparation() -> None:
    """The strip of the chosen picture's digit, or else of the drawing, and what its switches are worth."""
    st.header(f"How it becomes {times(shape())}", anchor=False)
    chosen = choices()
    off = frozenset(chosen["off"])
    prepared = _of_picture(off) or _of_drawing(off)
    st.caption(prepared.words)

    def switched(name: str) -> Values:
        return {"off": {*chosen["off"]} ^ {name}}

    steps = compute.steps(like())
    chosen.mount(step_strip, "steps", steps, stages=prepared.stages, off=off, on_switch=switched)
    if not off:
        st.caption(
            f"Switch off a step to see what it is worth for this {word()} and for the validation images."
        )
        return
    this_digit, all_of_them = st.columns([2, 3], gap="large")
    with this_digit:
        st.subheader(f"This {word()}", anchor=False)
        _this_digit(prepared, off)
        chosen.button("Switch every step on", {"off": ()})
    with all_of_them:
        st.subheader("The validation images", anchor=False)
        _validation_images(off)


def _of_picture(off: frozenset[str]) -> Prepared | None:
    if (found := chosen_digit()) is None:
        return None
    picture, number = found
    ink = choices()["ink"]
    reading = compute.reading(picture.data, off - {"scale"}, ink, like())
    digit = reading.digits[number]

    def apart(other: tuple[int, int, int, int]) -> int:
        return sum(abs(a - b) for a, b in zip(digit.box, other, strict=True))

    usual = digit.pixels
    if off - {"scale"}:
        with_all = compute.reading(picture.data, frozenset(), ink, like()).digits
        usual = min(with_all, key=lambda each: apart(each.box)).pixels if with_all else None
    words = f"{word().capitalize()} {number + 1} of {plain(picture.name)}, step by step."
    return Prepared(words, reading.stages_of(number), digit.pixels, usual)


def _of_drawing(off: frozenset[str]) -> Prepared:
    drawing, bring = choices()["drawing"], "Bring a picture"
    if choices()["pictures"]:
        bring = f"No {word()} was found in your picture. Bring another"
    if as_it_is(choices()):
        return Prepared(
            "The 28 × 28 on the pad was put there as it is, without any of these steps. "
            f"{bring}, or draw on blank paper, to see them."
        )
    if reading := drawing.reading(off, like()):
        words = f"Your drawing, step by step. {bring} to see the steps of its {word(2)}."
        return Prepared(words, reading.stages_of(0), reading.digits[0].pixels, seen(choices()))
    something = "a digit" if are_digits() else "something"
    return Prepared(f"{bring}, or draw {something}, and every step from it to {times(shape())} shows here.")


def _this_digit(prepared: Prepared, off: frozenset[str]) -> None:
    """What each norm calls it, with every step and without those that are off."""
    if prepared.seen is None or prepared.usual is None:
        st.caption(f"No {word()} to compare.")
        return
    data, digits = in_use(), choices()["digits"]
    images = {
        "with every step": prepared.usual,
        f"without {titles(off)}": compute.as_fed(prepared.seen, off),
    }
    st.table(
        tables.answers(
            {
                title: {
                    norm: class_name(verdict.nearest)
                    for norm, verdict in compute.verdicts(image, data, digits).items()
                }
                for title, image in images.items()
            }
        )
    )


# -- what the steps are worth ----------------------------------------------------------------------


@dataclass(frozen=True)
class Worth:
    """How well the norms call what was read: ``said`` with every step, and without those that are off."""

    done: bool
    said: tuple[Scores, Scores]


def _validation_images(off: frozenset[str]) -> None:
    """How often each norm is right on validation images that were photographed and read back."""
    chosen, data = choices(), in_use()
    digits = chosen["digits"]
    total = len(data.valid.of(digits))
    goal = min(total, chosen["sheets"])
    if not total:
        st.caption("None of the possible answers has a validation image.")
        return

    def look() -> Worth:
        jobs = [compute.worth(data, digits, without, goal) for without in (frozenset(), off)]
        return Worth(all(job.done for job in jobs), tuple(job.said for job in jobs))

    def told(said: tuple[Scores, Scores]) -> tuple[float, str]:
        return _read(said) / goal, f"{_read(said):,} of {goal:,} sheets read"

    def show(said: tuple[Scores, Scores]) -> None:
        if _read(said):
            rows = dict(zip(("with every step", f"without {titles(off)}"), said, strict=True))
            st.table(tables.accuracies(rows))
        st.caption(
            f"Accuracy, pooled, on {_read(said):,} of the {total:,} validation images of the possible "
            "answers. Each was put on a sheet at a random place and size and photographed: in coloured pen "
            "or chalk, some on ruled or squared paper, in uneven light, tilted, dusty, noisy, or with the "
            "camera turned. Then it was read back with these steps."
        )

    worth = look()
    if not worth.done:
        progress(look, told, show)
        return
    show(worth.said)
    if goal < total:
        chosen.button(f"Read all {total:,}", {"sheets": EVERY}, key="read all")


def _read(said: tuple[Scores, Scores]) -> int:
    """How many sheets both know of."""
    return min(sum(scores["L1"].total) if scores else 0 for scores in said)
