"""How a component of ours is mounted (Streamlit components, v2), and how pictures travel to it.

Each lies in a folder of its own, with its JavaScript and CSS, which are served as they stand.
"""

import base64
import io
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import streamlit as st
from PIL import Image
from torch import Tensor

SMALL = 100  # up to here, in pixels, a picture is sent as it is
FEW = 16  # greys; a picture that has no more was drawn, not photographed
SHADE = 17  # from one grey of a sprite to the next: 0, 17, ... 255


Values = Mapping[str, Any]  # what is chosen, by the names of settings
Heard = Callable[[Any], Values]  # what a component newly says, checked -> choices


@cache
def component(name: str, folder: str | None = None) -> Callable[..., None]:
    """What mounts the component of this name: called with ``key`` and ``data``.

    folder: where its files lie, if not in the one of its own name. says: names of the messages it may send.
    """
    folder = folder or name
    # Made at the first mount, not at import: its files are found through the running server.
    mount = st.components.v2.component(
        f"mnist-dash.{name}", js=f"{folder}/{name}.js", css=f"{folder}/{folder}.css"
    )

    def show(*, key: str, data: Mapping[str, Any], says: Sequence[str] = ()) -> None:
        # JSON has no tuples, but of a list Streamlit asks at length whether it is a table.
        data = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
        mount(key=key, data=data, **{f"on_{message}_change": _heard_already for message in says})

    return show


def _heard_already() -> None:
    """Streamlit keeps a component's messages only if somebody wants to be called for them."""


def base64_of(pixels: Tensor) -> str:
    """uint8 -> its bytes, float32 -> its bytes, little-endian."""
    return base64.b64encode(pixels.contiguous().numpy().tobytes()).decode()


def packed(pixels: Tensor) -> str:
    """uint8 -> its bytes, where after a 0 comes how many pixels in a row are 0, up to 255."""
    runs = re.sub(rb"\0{1,255}", lambda run: bytes((0, len(run[0]))), pixels.numpy().tobytes())
    return base64.b64encode(runs).decode()


def picture_url(picture: Image.Image, longest: int = SMALL) -> str:
    """A picture no larger than ``longest`` pixels, as a data URL."""
    if max(picture.size) > longest:
        picture = picture.copy()
        picture.thumbnail((longest, longest))
    small = max(picture.size) <= SMALL or (picture.mode == "L" and picture.getcolors(FEW))
    return _data_url(picture, "png" if small else "webp")


def sprite_url(pixels: Tensor) -> str:
    """Pictures of one size, uint8 (n, H, W), one below the other as a data URL; 0 is white, 255 black.

    In sixteen greys: hardly to be told apart in a small picture, and where there is noise half the size.
    """
    count, height, width = pixels.shape
    shades = (pixels.short() + SHADE // 2) // SHADE
    sprite = Image.frombytes("P", (width, count * height), shades.byte().numpy().tobytes())
    sprite.putpalette([255 - ink for ink in range(0, 256, SHADE) for _ in "RGB"])
    return _data_url(sprite, "png")


def _data_url(picture: Image.Image, kind: str) -> str:
    file = io.BytesIO()
    picture.save(file, kind, quality=80)
    return f"data:image/{kind};base64,{base64.b64encode(file.getvalue()).decode()}"
