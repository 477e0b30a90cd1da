"""Which image a page looks at: one of the set in use, by class and place in its folder, or a drawing."""

import random
import zlib
from base64 import b85encode
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from mnist_dash import chapter
from mnist_dash.pages.shared.choices import Choices, choices
from mnist_dash.pages.shared.controls import class_control
from mnist_dash.pages.shared.drawn import seen, word
from mnist_dash.pages.shared.lines import made
from mnist_dash.pages.shared.names import class_name, kind
from mnist_dash.pages.shared.set_in_use import folder, in_use
from mnist_dash.pages.shared.settings import SOURCES


@dataclass(frozen=True)
class Picked:
    """An image. given: what the lines of the chapter need to make it. words: what it is."""

    given: Mapping[str, Hashable]
    words: str


def pick_image() -> Picked | None:
    """The controls, and the image they choose; None when there is none such, as no drawing yet."""
    chosen = choices()
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
                    f"There is no drawing yet: draw {'a digit' if word() == 'digit' else 'something'} first.",
                    {"page": "draw"},
                    type="tertiary",
                )
            return found
        class_control("digit", kind().capitalize(), width="content")
        if not _any(part, chosen["digit"]):
            st.info(f"The validation set has no image of {class_name(chosen['digit'])}.")
            return None
        files = made(chapter.files, {"folder": folder(part, chosen["digit"])})
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


def _any(part: str, label: int) -> bool:
    """Whether this part of the set has an image of the class; all classes have one to learn from."""
    return part == "train" or label in in_use().valid.places


def source(view: Choices | Mapping[str, Any]) -> str:
    """Where the image is from, a name in ``SOURCES``: the reader's drawing, as soon as there is one."""
    return view["from"] or ("train" if seen(view) is None else "drawn")


def picked(view: Choices | Mapping[str, Any]) -> Picked | None:
    """The image that these values of the settings choose; None where there is none such."""
    part = source(view)
    if part == "drawn":
        drawing = seen(view)
        if drawing is None:
            return None
        packed = b85encode(zlib.compress(drawing.numpy().tobytes(), 9)).decode()
        size = tuple(reversed(drawing.shape))  # as Pillow has it
        given = {"picture": chapter.drawn_picture, "size": size, "drawing": packed}
        return Picked(given, "your drawing")
    if not _any(part, view["digit"]):
        return None
    given = {"folder": folder(part, view["digit"])}
    files = made(chapter.files, given)
    place = min(view["place"], len(files) - 1)
    words = {"train": "training", "valid": "validation"}[part]
    return Picked(given | {"place": place}, f"{words} image {files[place].number:,} ({files[place].name})")
