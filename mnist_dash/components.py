"""How a component of ours is mounted (Streamlit components, v2), and how pictures travel to it.

The components' JavaScript and CSS lie in ``frontend/``, served as they stand.
"""

import base64
import io
from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st
from PIL import Image
from torch import Tensor

SMALL = 100  # up to here, in pixels, a picture is sent as it is


@cache
def component(name: str, css: str = "readout.css") -> Callable[..., Any]:
    """What mounts the component of this name."""
    # Made at the first mount, not at import: its files are found through the running server.
    return st.components.v2.component(f"mnist-dash.{name}", js=f"{name}.js", css=css)


def base64_of(pixels: Tensor) -> str:
    """uint8 -> its bytes, float32 -> its bytes, little-endian."""
    return base64.b64encode(pixels.contiguous().numpy().tobytes()).decode()


def picture_url(picture: Image.Image, longest: int = SMALL) -> str:
    """A picture no larger than ``longest`` pixels, as a data URL."""
    small = picture.copy()
    small.thumbnail((longest, longest))
    file = io.BytesIO()
    kind = "png" if max(small.size) <= SMALL else "webp"
    small.save(file, kind, quality=80)
    return f"data:image/{kind};base64,{base64.b64encode(file.getvalue()).decode()}"
