"""From a picture to 28 x 28: the steps as a strip, each with its switch, and what each one is worth."""

from collections.abc import Callable

import streamlit as st

from mnist_dash import compute
from mnist_dash.components import tables
from mnist_dash.components.digit_pad import Drawing
from mnist_dash.components.reading import step_strip
from mnist_dash.core.baseline import Accuracy
from mnist_dash.core.datasets import Dataset
from mnist_dash.pages.photos.pictures import chosen_digit, with_every_step
from mnist_dash.pages.shared import settings
from mnist_dash.pages.shared.later import at_once

ENOUGH = 1_000  # validation images: the accuracy is then known to about a hundredth
POLL = 0.5  # seconds between two looks at how far the reading has come


def preparation(
    drawing: Drawing,
    dataset: Dataset,
    classes: tuple[int, ...],
    off: frozenset[str],
    *,
    on_switch: Callable[[list[str]], None],
) -> None:
    """The strip of the chosen picture's digit, or else of the drawing, and what its switches are worth.

    on_switch: called with the names of the steps that are to be off.
    """
    st.header("How it becomes 28 × 28", anchor=False)
    stages, seen, usual = None, None, None
    if chosen := chosen_digit(off):
        name, reading, number = chosen
        st.caption(f"Digit {number + 1} of {name}, step by step.")
        stages, seen = reading.stages_of(number), reading.digits[number].pixels
        usual = with_every_step(reading.digits[number].box) if off else seen
    elif drawing.exact:
        st.caption(
            "This 28 × 28 was put on the pad as it is: no step was taken. Draw on blank paper to see them."
        )
    elif reading := drawing.reading(off):
        st.caption("Your drawing, step by step.")
        stages, seen, usual = reading.stages_of(0), reading.digits[0].pixels, drawing.seen()
    else:
        st.caption("Draw a digit, or bring a picture, and every step from it to 28 × 28 shows here.")
    step_strip("steps", stages=stages, off=off, on_switch=on_switch)
    if not off:
        st.caption("Switch a step off to see what it is worth, to this digit and to the validation images.")
        return
    without = f"without {settings.titles(off)}"
    this_digit, all_of_them = st.columns([2, 3], gap="large")
    with this_digit:
        st.subheader("This digit", anchor=False)
        if seen is None or usual is None:
            st.caption("No digit to compare.")
        else:
            images = {"with every step": usual, without: compute.as_fed(seen, off)}
            st.table(
                tables.answers(
                    {
                        title: {
                            norm: verdict.nearest
                            for norm, verdict in compute.verdicts(image, dataset, classes).items()
                        }
                        for title, image in images.items()
                    }
                )
            )
        st.button("Switch every step on", on_click=on_switch, args=([],))
    with all_of_them:
        st.subheader("The validation images", anchor=False)
        measuring = _so_far(dataset, classes, off)[0] < _goal(dataset, classes)
        st.fragment(_worth, run_every=POLL if measuring else None)(
            dataset, classes, off, without, measuring=measuring
        )


def _goal(dataset: Dataset, classes: tuple[int, ...]) -> int:
    total = len(dataset.valid.of(classes))
    return total if st.session_state.get("read all") else min(total, ENOUGH)


def _so_far(
    dataset: Dataset, classes: tuple[int, ...], off: frozenset[str]
) -> tuple[int, list[dict[str, Accuracy]]]:
    """How many images are read by now, and how well, with every step and without those that are off."""
    scores = [
        compute.worth(dataset, classes, out, _goal(dataset, classes)).said for out in (frozenset(), off)
    ]
    return min(sum(score["L1"].total) if score else 0 for score in scores), scores


def _worth(
    dataset: Dataset, classes: tuple[int, ...], off: frozenset[str], without: str, *, measuring: bool
) -> None:
    """How often each norm is right on validation images that were photographed and read back.

    measuring: whether this is run again and again, until all of them are read.
    """
    total, goal = len(dataset.valid.of(classes)), _goal(dataset, classes)
    done, scores = _so_far(dataset, classes, off)
    if measuring and done == goal:
        st.rerun()
    if done:
        st.table(tables.accuracies(dict(zip(("with every step", without), scores, strict=True))))
    if done < goal:
        st.progress(done / goal, f"{done:,} of {goal:,} sheets read")
    st.caption(
        f"Accuracy, pooled, on {done:,} of the {total:,} validation images of the digits in play. Each was "
        "put on a sheet at a random place and size and photographed, with coloured pens or chalk, uneven "
        "light, tilt, dust, noise, the camera turned; then it was read back with these steps."
    )
    if done == goal < total:
        st.button(f"Read all {total:,}", on_click=_read_all)


def _read_all() -> None:
    st.session_state["read all"] = True
    at_once("steps")
