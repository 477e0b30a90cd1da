"""Which classifier is scored, and on which validation images: chosen on one page, it holds on the others."""

from collections.abc import Hashable

import streamlit as st

from mnist_dash import chapter
from mnist_dash.core.stress import STRAINS, SWITCHES
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.names import kind
from mnist_dash.pages.shared.set_in_use import in_use
from mnist_dash.pages.shared.settings import SETTINGS

AS_IN_THE_BOOK = {
    what: {name: SETTINGS[name].default for name in names}
    for what, names in {"ideals": ("how", "first"), "images": (*STRAINS, "also")}.items()
}


def asked() -> dict[str, Hashable]:
    """What is chosen, as ``chapter`` takes it."""
    chosen = choices()
    first = chosen["first"] if chosen["first"] < most_images(chosen["digits"]) else None
    return {"digits": chosen["digits"], "how": chosen["how"], "first": first, **stress()}


def as_in_the_book(digits: tuple[int, ...]) -> dict[str, Hashable]:
    """The book's ideals of these digits, on images as they are, as ``chapter`` takes it."""
    return {"digits": digits, "how": "mean", "first": None}


def most_images(digits: tuple[int, ...]) -> int:
    """How many training images the class with the most has."""
    return max(len(in_use().train.places[digit]) for digit in digits)


def stress() -> dict[str, Hashable]:
    """What is done to the validation images, as ``chapter`` takes it; nothing when they stay as they are."""
    chosen = choices()
    strains = {name: chosen[name] for name in STRAINS}
    if not chosen["also"] and all(strains[name] == strain.rest for name, strain in STRAINS.items()):
        return {}
    return {"seen": chapter.stressed} | strains | {name: name in chosen["also"] for name in SWITCHES}


def told_of_what_differs(*, ideals: bool = True, images: bool = True) -> None:
    """Say so, on a page without their controls, if the ideals or the images are not as in the book.

    ideals, images: whether this page has no controls of them.
    """
    chosen, given = choices(), asked()
    said, back, pages = [], {}, []
    if ideals and (given["how"] != "mean" or given["first"] is not None):
        first = "" if given["first"] is None else f" of the first {given['first']:,} images of its {kind()}"
        said.append(f"an ideal is the {given['how']}{first}")
        back |= AS_IN_THE_BOOK["ideals"]
        pages.append("Accuracy")
    if images and "seen" in given:
        strained = [
            f"{strain.title.lower()} {strain.written(given[name])}"
            for name, strain in STRAINS.items()
            if given[name] != strain.rest
        ]
        switched = [SWITCHES[name].lower() for name in chosen["also"]]
        said.append(f"the validation images are spoiled ({', '.join(strained + switched)})")
        back |= AS_IN_THE_BOOK["images"]
        pages.append("Stress")
    if said:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"As you chose on {' and '.join(pages)}: {'; '.join(said)}.", width="content")
            chosen.button("As in the book", back)
