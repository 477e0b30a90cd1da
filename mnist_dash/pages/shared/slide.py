"""A setting that is chosen by a slider, and followed while the slider is dragged."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from mnist_dash.components.live_slider import live_slider
from mnist_dash.pages.shared import settings
from mnist_dash.pages.shared.settings import EVERY, FIRSTS

session = st.session_state


def slid(name: str) -> Any:
    """The value of the setting. The URL gets it once the slider rests."""
    return session[name] if session.get("dragged") == name else settings.kept(name)


def slide(name: str, label: str, stops: Sequence[Any], *, at: Any, words: Callable[[Any], str] = str) -> None:
    """The slider, each of its stops called by its words.

    at: where it stands. What is no stop, from the address, is one from then on. Call this last in its
    fragment, into a container above.
    """
    if at not in stops:
        session[f"{name} odd"] = at
    odd = session.get(f"{name} odd", at)
    stops = stops if odd in stops else sorted([*stops, odd])
    live_slider(
        f"{name} slider",
        label,
        [words(stop) for stop in stops],
        at=stops.index(at),
        on_slide=lambda place, moving: session.update(
            {name: stops[place], "dragged": name if moving else None}
        ),
    )


def slide_first(label: str, most: int) -> None:
    """The slider of how many training images an ideal is made of, up to all of ``most``."""
    slide(
        "first",
        label,
        [*(stop for stop in FIRSTS if stop < most), EVERY],
        at=session["first"],
        words=lambda stop: "all" if stop == EVERY else f"{stop:,}",
    )
