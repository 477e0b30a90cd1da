"""A wall of small pictures, each with its label and what the norms call it (a Streamlit component, v2).

All pictures travel as one. A click or Enter opens one, the arrow keys go from one to the next. Nothing is
computed here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st
from torch import Tensor

from mnist_dash.components.shared.mount import component, sprite_url


@dataclass(frozen=True)
class Tile:
    """One picture's number, by which it is opened, its label, and what each norm calls it."""

    image: int
    label: int
    called: Mapping[str, int]


def wall(
    key: str,
    tiles: Sequence[Tile],
    pixels: Tensor,
    *,
    first: int,
    most: int,
    total: int,
    opened: int | None,
    on_open: Callable[[int], None],
    on_turn: Callable[[int], None],
    size: str = "small",
    empty: str = "",
    reveals: str = "",
) -> None:
    """Show these pictures, uint8 (n, H, W); their greys are rounded to sixteen.

    first, most, total: they are those from ``first`` on, at most so many of so many; one can turn to the
    others. opened: number of the picture that is marked. on_open: called with that of one that is clicked.
    on_turn: called with what ``first`` is to be. size: "small", or "ten" in a row, five on a phone. empty:
    said when there is none. reveals: key of the container that a click scrolls to.
    """
    images = [tile.image for tile in tiles]
    state = st.session_state

    def open_one() -> None:
        match state.get(key):
            case {"open": int(image)} if image in images:
                on_open(image)

    def turn() -> None:
        match state.get(key):
            case {"turn": int(start)} if 0 <= start < total:
                on_turn(start)

    component("wall")(
        key=key,
        data={
            "sprite": sprite_url(pixels) if tiles else "",
            "side": list(pixels.shape[1:]),
            "tiles": [[tile.image, tile.label, *tile.called.values()] for tile in tiles],
            "norms": list(tiles[0].called) if tiles else [],
            "first": first,
            "most": most,
            "total": total,
            "opened": opened,
            "size": size,
            "empty": empty,
            "reveals": reveals,
        },
        on_open_change=open_one,
        on_turn_change=turn,
    )
