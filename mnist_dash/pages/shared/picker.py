"""Which image a page looks at: one of MNIST's, by label and place in its folder, or the reader's drawing."""

import random
import zlib
from base64 import b85encode
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from mnist_dash import chapter, compute
from mnist_dash.pages.shared.choices import Choices, choices
from mnist_dash.pages.shared.settings import SOURCES


@dataclass(frozen=True)
class Picked:
    """An image. given: what the lines of the chapter need to make it. words: what it is."""

    given: Mapping[str, Hashable]
    words: str


def pick_image() -> Picked | None:
    """The controls, and the image they choose; None when it is to be a drawing and there is none."""
    chosen, dataset = choices(), compute.mnist()
    part = source(chosen)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            "Image from",
            list(SOURCES),
            format_func=SOURCES.get,
            required=True,
            width="content",
            **chosen.control("from", shown=lambda _: part),
        )
        if part == "drawn":
            found = picked(chosen)
            if found is None:
                chosen.button(
                    "There is no drawing yet: draw a digit first.", {"page": "draw"}, type="tertiary"
                )
            return found
        st.segmented_control(
            "Digit", dataset.labels, required=True, width="content", **chosen.control("digit")
        )
        digit = chosen["digit"]
        files = compute.made(chapter.files, {"folder": f"{part}/{digit}"})
        last = len(files) - 1
        place = min(chosen["place"], last)
        st.number_input(
            f"Place, 0 to {last:,}",
            0,
            last,
            width=130,
            **chosen.control("place", "value", lambda place: min(place, last)),
        )

        def step(by: int) -> Mapping[str, int]:
            return {"place": min(max(min(chosen["place"], last) + by, 0), last)}

        chosen.button("Previous", lambda: step(-1), disabled=place == 0)
        chosen.button("Next", lambda: step(1), disabled=place == last)
        chosen.button("Random", lambda: {"place": random.randrange(last + 1)})
    return picked(chosen)


def source(view: Choices | Mapping[str, Any]) -> str:
    """Where the image is from, a name in ``SOURCES``: the reader's drawing, as soon as there is one."""
    return view["from"] or ("train" if view["drawing"].seen() is None else "drawn")


def picked(view: Choices | Mapping[str, Any]) -> Picked | None:
    """The image that these values of the settings choose; None for a drawing that there is not."""
    part = source(view)
    if part == "drawn":
        seen = view["drawing"].seen()
        if seen is None:
            return None
        packed = b85encode(zlib.compress(seen.numpy().tobytes(), 9)).decode()
        return Picked({"picture": chapter.drawn_picture, "drawing": packed}, "your drawing")
    folder = f"{part}/{view['digit']}"
    files = compute.made(chapter.files, {"folder": folder})
    place = min(view["place"], len(files) - 1)
    words = {"train": "training", "valid": "validation"}[part]
    return Picked(
        {"folder": folder, "place": place}, f"{words} image {files[place].number:,} ({files[place].name})"
    )
