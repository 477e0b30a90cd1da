"""Some images, one after the other, each for a few seconds: the reader says what they show (a Streamlit
component, v2).

It runs by itself and speaks once, at the end. It doesn't know which answers are right.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from torch import Tensor

from mnist_dash.components.shared.mount import Heard, Values, component, sprite_url

LATE = -1  # stands for an answer that did not come in time


def race(
    key: str,
    images: Sequence[int],
    pixels: Tensor,
    classes: Mapping[int, str],
    *,
    kind: str,
    seconds: int,
    on_end: Callable[[tuple[int, ...]], Values],
) -> Heard:
    """Show where it starts. images: their numbers, by which it says at the end what it speaks of.

    pixels: uint8 (n, H, W); the greys are rounded to sixteen. classes: label -> its name, which is its key if
    it is one letter or digit. kind: what a class is, "digit" or "class". seconds: for each image.
    on_end: what is chosen by the answers, one of ``classes`` for each image, or ``LATE``.
    """

    def heard(news: Any) -> Values:
        match news:
            case {"end": {"at": {"images": list(about), "said": list(said)}}} if about == [*images]:
                labels = all(type(one) is int and one in (*classes, LATE) for one in said)
                if labels and len(said) == len(images):
                    return on_end(tuple(said))
        return {}

    component("race")(
        key=key,
        data={
            "images": list(images),
            "sprite": sprite_url(pixels),
            "side": list(pixels.shape[1:]),
            "classes": list(classes.items()),
            "kind": kind,
            "seconds": seconds,
        },
        says=["end"],
    )
    return heard
