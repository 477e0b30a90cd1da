"""What was read from pictures (Streamlit components, v2).

``step_strip`` shows the steps from a picture to 28 x 28, each with its switch; ``found_digits`` the pictures
with every digit boxed and called; ``catch_pictures`` passes on what is pasted or dropped anywhere on the
page. Nothing is computed here.
"""

import base64
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import streamlit as st
from PIL import Image

from mnist_dash.compute import FoundDigit
from mnist_dash.handwriting import STEPS, Stage
from mnist_dash.readout import base64_of

THUMBNAIL = 240  # longer side of a step's picture, in pixels
PREVIEW = 1000  # longer side of a picture with its boxes, in pixels
SMALL = 100  # up to here a picture is sent as it is, to the pixel


@cache
def _component(name: str) -> Callable[..., Any]:
    # Made at the first mount, not at import: its files are found through the running server.
    return st.components.v2.component(f"mnist-dash.{name}", js=f"{name}.js", css="reading.css")


def picture_url(picture: Image.Image, longest: int) -> str:
    """A picture no larger than ``longest`` pixels, as a data URL."""
    small = picture.copy()
    small.thumbnail((longest, longest))
    file = io.BytesIO()
    kind = "png" if max(small.size) <= SMALL else "webp"
    small.save(file, kind, quality=80)
    return f"data:image/{kind};base64,{base64.b64encode(file.getvalue()).decode()}"


@dataclass(frozen=True)
class FoundPicture:
    """A picture that was read. url: of its preview. size: width, height, in the pixels of the boxes."""

    name: str
    note: str
    url: str
    size: tuple[int, int]
    digits: tuple[FoundDigit, ...]


def step_strip(
    key: str, *, stages: Sequence[Stage] | None, off: frozenset[str], on_switch: Callable[[list[str]], None]
) -> None:
    """The picture after every step, its shape, and a switch for each.

    stages: None when there is no picture to show. on_switch: called with the names that are off now.
    """
    by_step = {stage.step: stage for stage in stages or ()}

    def stage_data(name: str) -> dict[str, Any]:
        data = {"name": name, "title": STEPS[name].title, "does": STEPS[name].does, "off": STEPS[name].off}
        if stage := by_step.get(name):
            data |= {"shape": stage.shape, "url": picture_url(stage.picture, THUMBNAIL), "type": "uint8"}
        return data

    steps = [stage_data(name) for name in STEPS]
    last = {
        "name": "scale",
        "title": "Divided by 255",
        "does": "Whole numbers from 0 to 255 become numbers from 0 to 1, as the ideals are.",
        "off": "The numbers run up to 255, the ideals' only to 1.",
    }
    if by_step:
        last |= {key: steps[-1][key] for key in ("shape", "url")}
        last["type"] = "uint8" if "scale" in off else "float32"
    steps.append(last)
    _component("step_strip")(
        key=key,
        data={"steps": steps, "off": sorted(off)},
        on_off_change=lambda: on_switch(_names(st.session_state[key])),
    )


def _names(message: object) -> list[str]:
    """What the strip sent, as far as it is a list of names."""
    match message:
        case {"off": list(names)}:
            return [name for name in names if isinstance(name, str)]
    return []


def found_digits(
    key: str,
    *,
    pictures: Sequence[FoundPicture],
    chosen: tuple[int, int] | None,
    on_choose: Callable[[int, int], None],
) -> None:
    """Every picture with its digits boxed, and what each norm calls them.

    chosen: which picture, and which of its digits. on_choose: called with both.
    """

    def choose() -> None:
        match st.session_state[key]:
            case {"chosen": [int(picture), int(digit)]} if 0 <= picture < len(pictures):
                if 0 <= digit < len(pictures[picture].digits):
                    on_choose(picture, digit)

    _component("found_digits")(
        key=key,
        data={
            "chosen": chosen,
            "pictures": [
                {
                    "name": picture.name,
                    "note": picture.note,
                    "url": picture.url,
                    "size": picture.size,
                    "digits": [
                        {
                            "box": digit.box,
                            "pixels": base64_of(digit.pixels),
                            "verdicts": {
                                norm: [verdict.nearest, verdict.margin]
                                for norm, verdict in digit.verdicts.items()
                            },
                        }
                        for digit in picture.digits
                    ],
                }
                for picture in pictures
            ],
        },
        on_chosen_change=choose,
    )


def catch_pictures(key: str, *, uploader: str) -> None:
    """Pictures pasted or dropped anywhere on the page go to the file uploader with the key ``uploader``."""
    _component("catch_pictures")(key=key, data={"uploader": uploader})
