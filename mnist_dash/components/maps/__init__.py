"""Pictures made of numbers, in groups, side by side (a Streamlit component, v2).

What is pointed at in one picture, by pointer or by arrow keys, is marked in all of them, and its numbers are
read out. Numbers in, pictures out: nothing is computed here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from mnist_dash.components.shared.mount import Heard, Values, base64_of, component

HINT = "Point at a pixel to read its numbers."


@dataclass(frozen=True)
class Map:
    """One picture.

    pixels: uint8 or float (H, W), or uint8 (H, W, 3) for a colour picture. label: its text alternative.
    colours: "greys" (0 is white), "light" (0 is black), "L1", "L2", "heat" from 0 to ``top``; "signed" from
    -top to top. sign: what stands before it, as in image - ideal. note: a number below it. norm: whose
    colour the note has.
    """

    name: str
    pixels: Tensor
    label: str
    colours: str = "greys"
    top: float = 1.0
    decimals: int = 3
    sign: str = ""
    note: str = ""
    norm: str = ""

    @property
    def data(self) -> dict[str, Any]:
        floats = self.pixels.is_floating_point()
        fields = ("name", "label", "colours", "top", "decimals", "sign", "note", "norm")
        return {field: getattr(self, field) for field in fields} | {
            "pixels": base64_of(self.pixels.to(torch.float32) if floats else self.pixels),
            "floats": floats,
            "channels": self.pixels.shape[2] if self.pixels.ndim == 3 else 1,
        }


@dataclass(frozen=True)
class Group:
    """Pictures that belong together. sum, value: a line below them and the number it ends with."""

    maps: Sequence[Map]
    title: str = ""
    norm: str = ""
    sum: str = ""
    value: str = ""


@dataclass(frozen=True)
class Scale:
    """What the colours of some pictures mean: from ``low`` to ``high``, in words."""

    colours: str
    low: str
    high: str
    what: str


def maps(
    key: str,
    groups: Sequence[Group],
    *,
    scales: Sequence[Scale] = (),
    picked: tuple[int, int] | None = None,
    on_pick: Callable[[int, int], Values] | None = None,
    size: str = "medium",
    hint: str = HINT,
) -> Heard:
    """Show the pictures, all of one height and width.

    picked: row and column of the pixel that is marked. on_pick: what is chosen by a click on one. size:
    "small", "medium" or "large"; "ten" sets ten in a row, five on a phone. hint: what stands below as long
    as no pixel is pointed at.
    """
    height, width = groups[0].maps[0].pixels.shape[:2]

    def heard(news: Any) -> Values:
        match news:
            case {"pixel": {"at": [int(row), int(column)]}} if 0 <= row < height and 0 <= column < width:
                return on_pick(row, column) if on_pick else {}
        return {}

    component("maps")(
        key=key,
        data={
            "width": width,
            "height": height,
            "groups": [
                {
                    "title": group.title,
                    "norm": group.norm,
                    "sum": group.sum,
                    "value": group.value,
                    "maps": [map.data for map in group.maps],
                }
                for group in groups
            ],
            "scales": [vars(scale) for scale in scales],
            "picked": picked,
            "picks": on_pick is not None,
            "size": size,
            "hint": hint,
        },
        says=["pixel"],
    )
    return heard
