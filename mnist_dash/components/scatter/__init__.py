"""Every image as a dot, its distance to one ideal against that to another (a Streamlit component, v2).

The image that is pointed at is asked for, one at a time, so that the others need not travel. Numbers in,
picture out: nothing is computed here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st
import torch
from torch import Tensor

from mnist_dash.components.shared.mount import base64_of, component


@dataclass(frozen=True)
class Pointed:
    """The image that is pointed at. at: which dot it is. pixels: uint8 (28, 28). lines: what it is."""

    at: int
    pixels: Tensor
    lines: Sequence[str]


def pointed_at(key: str, count: int) -> int | None:
    """Which of ``count`` dots is pointed at; None as long as there was none."""
    match st.session_state.get(key):
        case {"point": {"at": int(at)}} if 0 <= at < count:
            return at
    return None


def scatter(
    key: str,
    points: Tensor,
    digits: tuple[int, int],
    *,
    split: int,
    t: float,
    pointed: Pointed,
    label: str,
    hint: str,
    on_open: Callable[[int], None],
    reveals: str,
) -> None:
    """Show it. Call this last in its fragment, into a container above: then the next image is asked for.

    points: float32 (n, 2), the distances to the ideals of both ``digits``; the first ``split`` show the first
    digit, the others the second. t: an image is called the second digit where that leads by more. label: the
    text alternative. hint: what stands below the image. on_open: called with the dot that is opened.
    reveals: key of the container that this scrolls to.
    """

    def opened() -> None:
        match st.session_state.get(key):
            case {"open": {"at": int(at)}} if 0 <= at < len(points):
                on_open(at)

    match st.session_state.get(key):
        case {"point": {"number": int(number)}}:
            answered = number
        case _:
            answered = None
    component("scatter")(
        key=key,
        data={
            "points": base64_of(points.to(torch.float32)),
            "digits": list(digits),
            "split": split,
            "t": t,
            "label": label,
            "hint": hint,
            "pointed": {
                "at": pointed.at,
                "pixels": base64_of(pointed.pixels),
                "lines": list(pointed.lines),
            },
            "answered": answered,
            "reveals": reveals,
        },
        on_point_change=lambda: None,
        on_open_change=opened,
    )
