"""A setting that is chosen by a slider, and followed while the slider is dragged."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mnist_dash.components.live_slider import Mark, live_slider
from mnist_dash.components.shared.mount import Values
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.settings import EVERY, FIRSTS


def slide(
    name: str,
    label: str,
    stops: Sequence[Any],
    *,
    at: Any,
    words: Callable[[Any], str] = str,
    play: bool = False,
    marks: Mapping[Any, Mark] | None = None,
) -> None:
    """The slider, each of its stops called by its words.

    at: where it stands; if that is no stop, as an address may say, it is one more. play: whether a button
    moves it from end to end. marks: pictures at some of its stops. What follows while it is dragged is in one
    ``part`` with it; call this last there, into a container above.
    """
    chosen = choices()
    stops = stops if at in stops else sorted([*stops, at])

    def slid(place: int, moving: bool) -> Values:
        chosen.moving = name if moving else None
        return {name: stops[place]}

    key = f"{name} slider"
    chosen.mount(
        live_slider,
        key,
        label,
        [words(stop) for stop in stops],
        at=stops.index(at),
        on_slide=slid,
        answered=chosen.answered(key, "slide"),
        play=play,
        marks={stops.index(stop): mark for stop, mark in (marks or {}).items()},
    )


def firsts(most: int) -> list[int]:
    """The stops of ``slide_first``: so many training images, up to all of ``most``."""
    return [*(stop for stop in FIRSTS if stop < most), EVERY]


def slide_first(
    label: str, most: int, *, play: bool = False, marks: Mapping[int, Mark] | None = None
) -> None:
    """The slider of how many training images an ideal is made of, up to all of ``most``; none for one."""
    if most < 2:
        return
    first = choices()["first"]
    slide(
        "first",
        label,
        firsts(most),
        at=EVERY if first >= most else first,
        words=lambda stop: "all" if stop == EVERY else f"{stop:,}",
        play=play,
        marks=marks,
    )
