"""Which image a page looks at: one of MNIST's, by label and place in its folder, or the reader's drawing."""

import random
import zlib
from base64 import b85encode
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

import streamlit as st

from mnist_dash import chapter, compute
from mnist_dash.core.datasets import Dataset
from mnist_dash.pages.shared import settings
from mnist_dash.pages.shared.settings import SOURCES

session = st.session_state


@dataclass(frozen=True)
class Picked:
    """An image. given: what the lines of the chapter need to make it. words: what it is."""

    given: Mapping[str, Hashable]
    words: str


def there() -> bool:
    """Whether there is an image to look at."""
    return session["from"] != "drawn" or session.get("seen") is not None


def pick_image(dataset: Dataset, on_change: Callable[[], None]) -> Picked | None:
    """The controls, and the image they choose; None when it is to be a drawing and there is none.

    on_change: called when another was chosen.
    """

    def go(place: int | None, count: int) -> None:
        settings.choose({"place": random.randrange(count) if place is None else place})
        on_change()

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            "Image from",
            list(SOURCES),
            key="from",
            format_func=SOURCES.get,
            required=True,
            width="content",
            on_change=on_change,
        )
        if settings.kept("from") == "drawn":
            return _drawing()
        st.segmented_control(
            "Digit", dataset.classes, key="digit", required=True, width="content", on_change=on_change
        )
        folder = f"{session['from']}/{settings.kept('digit')}"
        files = compute.made(chapter.files, {"folder": folder})
        session["place"] = min(session["place"], len(files) - 1)
        label, last = f"Place, 0 to {len(files) - 1:,}", len(files) - 1
        st.number_input(label, 0, last, key="place", width=130, on_change=on_change)
        for label, place in {
            "Previous": max(session["place"] - 1, 0),
            "Next": min(session["place"] + 1, len(files) - 1),
            "Random": None,
        }.items():
            st.button(label, on_click=go, args=(place, len(files)), disabled=place == session["place"])
    file = files[settings.kept("place")]
    part = {"train": "training", "valid": "validation"}[session["from"]]
    return Picked(
        {"folder": folder, "place": session["place"]}, f"{part} image {file.number:,} ({file.name})"
    )


def _drawing() -> Picked | None:
    seen = session.get("seen")
    if seen is None:
        st.page_link("mnist_dash/pages/draw.py", label="There is no drawing yet: draw a digit first.")
        return None
    packed = b85encode(zlib.compress(seen.numpy().tobytes(), 9)).decode()
    return Picked({"picture": chapter.drawn_picture, "drawing": packed}, "your drawing")
