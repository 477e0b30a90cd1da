"""The images farthest from the ideal of their own class: among them are those with a wrong label."""

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components.wall import Tile, wall
from mnist_dash.pages.data.opened import KEY, hint, on_open, opened, wall_key
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.controls import norm_control
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.set_in_use import given, in_use

COUNT = 10  # of each class
MOST = 100  # in view


@exhibit
def farthest() -> None:
    """Of each class ten, the farthest first, with what both norms call each."""
    chosen, data = choices(), in_use()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        norm = norm_control("Farthest by")
        st.caption(
            f"Of each class the {COUNT} training images farthest from its ideal, the farthest first. "
            "**Look here for wrong labels**: an image far from its own ideal, and called something else by "
            f"both norms, may be mislabelled, or just badly written. Click one to see its numbers {hint()}."
        )
    values = {**given(), "norm": norm, "count": COUNT}
    far = run("farthest", "The images farthest from their own ideal.", chapter.farthest_images, values)
    called = run("calls of farthest", "What both norms call them.", chapter.calls_of_farthest, values)
    first = min(chosen["farthest_from"], len(far.value) - 1) // MOST * MOST
    shown = slice(first, first + MOST)
    numbers = far.value[shown]
    labels = data.train.labels[numbers].tolist()
    answers = zip(*(each[shown].tolist() for each in called.value.values()), strict=True)
    opened()
    chosen.mount(
        wall,
        wall_key("farthest"),
        [
            Tile(
                number,
                data.classes[label],
                {norm: data.classes[cls] for norm, cls in zip(called.value, classes, strict=True)},
            )
            for number, label, classes in zip(numbers.tolist(), labels, answers, strict=True)
        ],
        data.train.images[numbers],
        first=first,
        most=MOST,
        total=len(far.value),
        opened=chosen["opened"],
        on_open=on_open,
        on_turn=lambda start: {"farthest_from": start},
        size="ten",
        reveals=KEY,
        what="Training image",
    )
    show_code(far, called)
