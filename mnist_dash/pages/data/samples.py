"""Some images of each class, picked at random."""

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components.wall import Tile, wall
from mnist_dash.pages.data.opened import KEY, hint, on_open, opened, wall_key
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.set_in_use import given, in_use
from mnist_dash.pages.shared.settings import SEEDS

MOST = 100  # in view


@exhibit
def samples() -> None:
    """Ten training images of each class; one that is clicked is taken apart."""
    chosen, data = choices(), in_use()
    values = {**given(), "seed": chosen["seed"]}
    ran = run("samples", "Ten training images of each class, picked at random.", chapter.samples, values)
    images, labels, numbers = ran.value
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen.button("Show others", lambda: {"seed": (chosen["seed"] + 1) % SEEDS})
        st.caption(
            f"{len(images)} of the {len(data.train):,} training images, up to ten of each class. Click one, "
            f"or press Enter on it, to see its numbers {hint()}.",
            width="content",
        )
    first = min(chosen["samples_from"], len(numbers) - 1) // MOST * MOST
    shown = slice(first, first + MOST)
    opened()
    chosen.mount(
        wall,
        wall_key("samples"),
        [
            Tile(number, data.classes[label], {})
            for number, label in zip(numbers[shown].tolist(), labels[shown].tolist(), strict=True)
        ],
        images[shown],
        first=first,
        most=MOST,
        total=len(numbers),
        opened=chosen["opened"],
        on_open=on_open,
        on_turn=lambda start: {"samples_from": start},
        size="ten",
        reveals=KEY,
        what="Training image",
    )
    show_code(ran)
