"""A wall of validation images as they were classified, with what both norms call each."""

from collections.abc import Callable, Hashable, Mapping

import streamlit as st
from torch import Tensor

from mnist_dash import chapter, compute
from mnist_dash.chapter import listing
from mnist_dash.components.wall import Tile, wall

OPENED = "opened-image"  # the container of the image that is looked at closer
KEY = "Below each picture: its label, then what :blue[L1] and :orange[L2] call it; wrong answers are filled."

session = st.session_state


def show_wall(
    key: str,
    which: Tensor,
    given: Mapping[str, Hashable],
    on_open: Callable[[int], None],
    *,
    most: int,
    size: str = "small",
    empty: str = "",
) -> None:
    """Some of these images, and the way to the others. which: int64 (n,), places among those asked.

    on_open: called with the place in the whole validation set of an image that is clicked.
    """
    total = len(which)
    last = max(total - 1, 0) // most * most
    first = min(session.get(f"{key} first", 0), last)
    shown = which[first : first + most]
    asked, answers, places = (
        compute.made(line, given) for line in (chapter.asked, chapter.answers, chapter.places)
    )
    seen = compute.made(listing.made_by("seen", given), given)
    called = zip(*(of_norm[shown].tolist() for of_norm in answers.values()), strict=True)
    wall(
        key,
        [
            Tile(place, label, dict(zip(answers, classes, strict=True)))
            for place, label, classes in zip(
                places[shown].tolist(), asked.labels[shown].tolist(), called, strict=True
            )
        ],
        seen[shown].byte(),
        first=first,
        most=most,
        total=total,
        opened=int(places[opened_nth(given)]),
        on_open=on_open,
        on_turn=lambda start: session.update({f"{key} first": start}),
        size=size,
        empty=empty,
        reveals=OPENED,
    )


def from_the_start(key: str) -> None:
    """The wall shows other images from now on: the first of them."""
    session[f"{key} first"] = 0


def opened_nth(given: Mapping[str, Hashable]) -> int:
    """Which of the images asked is looked at closer: the one that is chosen, if in play, or a telling one."""
    among = (compute.made(chapter.places, given) == session["image"]).nonzero()[:, 0] if _chosen() else ()
    return int(among[0]) if len(among) else compute.outcome(chapter.telling, given).value


def _chosen() -> bool:
    return session["image"] is not None
