"""A wall of small pictures, each with its label and what the norms call it (a Streamlit component, v2).

All pictures travel as one. A click or Enter opens one, the arrow keys go from one to the next. Nothing is
computed here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from torch import Tensor

from mnist_dash.components.shared.mount import Heard, Values, component, sprite_url


@dataclass(frozen=True)
class Tile:
    """One picture's number, by which it is opened, its label, and what each norm, or "you", call it.

    Of who gave no answer it is None. Classes may have names, of any text.
    """

    image: int
    label: int | str
    called: Mapping[str, int | str | None]


def wall(
    key: str,
    tiles: Sequence[Tile],
    pixels: Tensor,
    *,
    first: int,
    most: int,
    total: int,
    opened: int | None,
    on_open: Callable[[int], Values],
    on_turn: Callable[[int], Values],
    size: str = "small",
    empty: str = "",
    reveals: str = "",
    what: str = "Validation image",
) -> Heard:
    """Show these pictures, uint8 (n, H, W); their greys are rounded to sixteen.

    first, most, total: they are those from ``first`` on, at most so many of so many; one can turn to the
    others. opened: number of the picture that is marked. on_open: what is chosen by a click on one.
    on_turn: what is chosen when ``first`` is to be another. size: "small", or "ten" in a row, five on a
    phone. empty: said when there is none. reveals: key of the container that a click scrolls to.
    what: each picture is, for who hears it.
    """
    images = [tile.image for tile in tiles]

    def heard(news: Any) -> Values:
        match news:
            case {"open": {"at": int(image)}} if image in images:
                return on_open(image)
            case {"turn": {"at": int(start)}} if most < total and 0 <= start < total:
                return on_turn(start)
        return {}

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
            "what": what,
        },
        says=["open", "turn"],
    )
    return heard
