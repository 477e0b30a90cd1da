"""Some images of each digit, picked at random."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from mnist_dash import chapter, compute
from mnist_dash.components.wall import Tile, wall
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.settings import SEEDS


@exhibit
def samples() -> None:
    """Ten training images of each digit; one that is clicked is taken apart on Pixels."""
    st.header("Ten of each digit", anchor=False)
    chosen = choices()
    given = {"seed": chosen["seed"]}
    ran = run("samples", "Ten training images of each digit, picked at random.", chapter.samples, given)
    images, labels, numbers = ran.value
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen.button("Show others", lambda: {"seed": (chosen["seed"] + 1) % SEEDS})
        st.caption(
            f"{len(images)} of the {len(compute.mnist().train):,} training images. Click one, or press Enter "
            "on it, to see its numbers on the page Pixels.",
            width="content",
        )
    tiles = [Tile(*each, {}) for each in zip(numbers.tolist(), labels.tolist(), strict=True)]

    def opened(number: int) -> Mapping[str, Any]:
        digit = next(tile.label for tile in tiles if tile.image == number)
        files = compute.made(chapter.files, {"folder": f"train/{digit}"})
        place = next(place for place, file in enumerate(files) if file.number == number)
        return {"page": "pixels", "from": "train", "digit": digit, "place": place}

    chosen.mount(
        wall,
        "samples",
        tiles,
        images,
        first=0,
        most=len(tiles),
        total=len(tiles),
        opened=None,
        on_open=opened,
        on_turn=lambda start: {},
        size="ten",
        what="Training image",
    )
    show_code(ran)
