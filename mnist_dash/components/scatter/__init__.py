"""Every image as a dot, its distance to one ideal against that to another (a Streamlit component, v2).

The image that is pointed at is asked for, one at a time, so that the others need not travel. Numbers in,
picture out: nothing is computed here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from mnist_dash.components.shared.mount import Heard, Values, base64_of, component


@dataclass(frozen=True)
class Pointed:
    """The image that is pointed at. at: which dot it is. pixels: uint8 (H, W). lines: what it is."""

    at: int
    pixels: Tensor
    lines: Sequence[str]


def scatter(
    key: str,
    points: Tensor,
    names: tuple[str, str],
    *,
    each: tuple[str, str],
    split: int,
    t: float,
    pointed: Pointed,
    label: str,
    hint: str,
    on_point: Callable[[int], Values],
    on_open: Callable[[int], Values],
    answered: int | None,
) -> Heard:
    """Show it. Call this last in its fragment, into a container above: then the next image is asked for.

    points: float32 (n, 2), the distances to the ideals of two classes; the first ``split`` show the first
    class, the others the second. names: what the two are called. each: one image of each, in words.
    t: an image is called the second class where that leads by more. label: the
    text alternative. hint: what stands below the image. on_point, on_open: what is chosen when a dot is
    pointed at, or opened. answered: number of the newest message of a pointed dot.
    """

    def heard(news: Any) -> Values:
        match news:
            case {"open": {"at": int(at)}} if 0 <= at < len(points):
                return on_open(at)
            case {"point": {"at": int(at)}} if 0 <= at < len(points):
                return on_point(at)
        return {}

    component("scatter")(
        key=key,
        data={
            "points": base64_of(points.to(torch.float32)),
            "names": list(names),
            "each": list(each),
            "split": split,
            "t": t,
            "label": label,
            "hint": hint,
            "pointed": {
                "at": pointed.at,
                "pixels": base64_of(pointed.pixels),
                "side": list(pointed.pixels.shape),
                "lines": list(pointed.lines),
            },
            "answered": answered,
        },
        says=["point", "open"],
    )
    return heard
