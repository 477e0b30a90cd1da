"""A slider that speaks while it is dragged (a Streamlit component, v2).

Streamlit's own waits until it is let go.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from mnist_dash.components.shared.mount import Heard, Values, component, sprite_url


@dataclass(frozen=True)
class Mark:
    """A small picture, uint8 (H, W), at a place of the slider; a click leads there. label: what it is."""

    label: str
    pixels: Tensor


def live_slider(
    key: str,
    label: str,
    stops: Sequence[str],
    *,
    at: int,
    on_slide: Callable[[int, bool], Values],
    answered: int | None,
    play: bool = False,
    marks: Mapping[int, Mark] | None = None,
) -> Heard:
    """Show it. Call this last in its fragment, into a container above: then the next move is sent.

    stops: what the places of the slider are called, no two alike. at: where it stands. on_slide: what is
    chosen at a place, and whether the slider is still being moved. answered: number of its newest message.
    play: whether a button moves it from end to end. marks: pictures along it, by their places, ascending, the
    ends among them; where there is little room some are left out.
    """

    def heard(news: Any) -> Values:
        match news:
            case {"slide": {"at": str(stop), "moving": bool(moving)}} if stop in stops:
                return on_slide(stops.index(stop), moving)
        return {}

    marks = marks or {}
    component("live_slider")(
        key=key,
        data={
            "label": label,
            "stops": list(stops),
            "at": at,
            "answered": answered,
            "play": play,
            "marks": [[place, mark.label] for place, mark in marks.items()],
            "sprite": sprite_url(torch.stack([mark.pixels for mark in marks.values()])) if marks else "",
        },
        says=["slide"],
    )
    return heard
