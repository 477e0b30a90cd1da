"""Rank, shape and the length of an axis, on things of every rank, and the two meanings of "dimension"."""

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components import tables
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.glossary import explained
from mnist_dash.pages.shared.names import kind
from mnist_dash.pages.shared.picker import Picked
from mnist_dash.pages.shared.set_in_use import shape

THINGS = {
    "a pixel, `image[{row}, {column}]`": chapter.one_pixel,
    "a row, `image[{row}]`": chapter.one_row,
    "the image": chapter.image,
    "the image, flattened": chapter.flat_image,
    "a colour picture": chapter.rgb,
    "all training images of the {kind}, stacked": chapter.stack,
}


@exhibit
def rank(picked: Picked) -> None:
    """The table of things, and the paragraph on the word that means two of its columns."""
    st.markdown(
        explained(
            "The [[rank]] is how many [[axes|axis]] a [[tensor]] has. The [[shape]] lists the length of each."
        ),
        unsafe_allow_html=True,
    )
    height, width = shape()
    middle = {"row": height // 2, "column": width // 2}
    given = picked.given | {"digit": choices()["digit"], "colour_file": chapter.sample} | middle
    things = {
        thing.format(**middle, kind=kind()): given | {"anything": maker} for thing, maker in THINGS.items()
    }
    ran = {
        thing: run(f"rank of {thing}", f"Rank, shape and count of {thing}.", chapter.rank_and_shape, each)
        for thing, each in things.items()
    }
    st.markdown(tables.ranks({thing: each.value for thing, each in ran.items()}))
    st.markdown(
        "Beware of the word **dimension**: it is used for the rank and for the length of an axis. A row of "
        f"{width} numbers is “{width}-dimensional” because its one axis has length {width}; an "
        "image is “two-dimensional” because it has two axes. Say *rank*, *axis* and *length*, and nobody "
        "is confused."
    )
    show_code(*ran.values(), line="anything.ndim")
