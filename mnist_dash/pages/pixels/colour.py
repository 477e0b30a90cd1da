"""A colour picture is three numbers a pixel, and how they become one grey."""

import io
from functools import lru_cache
from threading import Lock

import streamlit as st

from mnist_dash import chapter
from mnist_dash.chapter.listing import Line, Named
from mnist_dash.components.maps import Group, Map, maps
from mnist_dash.core.handwriting import SUFFIXES, HandwritingError, open_picture
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.glossary import explained
from mnist_dash.pages.shared.set_in_use import mnist_in_use
from mnist_dash.pages.shared.settings import PICTURE_MB

ONE_AT_A_TIME = Lock()


@exhibit
def colour() -> None:
    """The picture, its three channels and its grey; the reader's own picture in place of ours."""
    where = "MNIST" if mnist_in_use() else "the set in use"
    st.markdown(
        "In a colour picture each pixel is three numbers: red, green and blue. Here 255 is *light*, as in "
        f"every photo. In {where} it is the other way round: there 255 is ink."
    )
    given = {"colour_file": _file()}
    rgb = run("rgb", "A colour picture is a tensor of rank 3.", chapter.rgb, given)
    channels = run("channels", "Its last axis is red, green, blue.", chapter.channels, given)
    grey = run("grey", "Grey is a weighted sum: eyes see green best.", chapter.grey, given)
    pillow = run("Pillow's grey", "Pillow's `convert` does the same, rounded.", chapter.against_pillow, given)
    height, width, depth = rgb.value.shape
    pictures = [
        Map("the picture", rgb.value, f"The colour picture, {height} × {width} pixels"),
        *(
            Map(name, channel, f"How much {name} is in each pixel", "light", 255, 0)
            for name, channel in zip(("red", "green", "blue"), channels.value, strict=True)
        ),
        Map("0.299 R + 0.587 G + 0.114 B", grey.value, "The picture in grey", "light", 255, 1),
    ]
    maps("colour maps", [Group(pictures)])
    lesson = (
        " In the red channel, red ink is nearly as bright as the paper, so that channel alone would miss it."
    )
    st.markdown(
        explained(
            f"Shape `({height}, {width}, {depth})`, [[rank]] 3, becomes shape `({height}, {width})`, rank 2. "
            f"Pillow's `convert('L')` gives the same to within {pillow.value:.1f}, because it rounds."
            f"{lesson if given['colour_file'] is chapter.sample else ''}"
        ),
        unsafe_allow_html=True,
    )
    show_code(rgb, channels, grey, pillow)


def _file() -> Line | Named:
    """The reader's picture if there is one that can be opened, else ours."""
    upload = st.file_uploader(
        "A colour picture of your own", list(SUFFIXES), key="colour upload", max_upload_size=PICTURE_MB
    )
    if upload is None:
        return chapter.sample
    try:
        return _opened(upload.getvalue(), upload.name)
    except HandwritingError as error:
        st.error(f"{error}. Ours is shown instead.")
        return chapter.sample


@lru_cache(maxsize=2)  # one object as long as it is one file, so that results are kept
def _opened(data: bytes, name: str) -> Named:
    with ONE_AT_A_TIME:  # a picture of 40 megapixels takes 300 MB for a moment
        open_picture(data)
    return Named(io.BytesIO(data), ascii(name))
