"""What the reader has drawn, as the computer sees it: made like the images of the set in use."""

from collections.abc import Collection, Mapping
from typing import Any

from torch import Tensor

from mnist_dash import compute
from mnist_dash.components.digit_pad import Drawing
from mnist_dash.core.handwriting import MNIST, Preparation
from mnist_dash.pages.shared.choices import Choices, choices
from mnist_dash.pages.shared.names import are_digits
from mnist_dash.pages.shared.set_in_use import in_use, mnist_in_use


def like() -> Preparation:
    """What its images are like. MNIST's is known without its files."""
    return MNIST if mnist_in_use() else compute.preparation(in_use())


def seen(view: Choices | Mapping[str, Any], without: Collection[str] = ()) -> Tensor | None:
    """The drawing as one of them, uint8 (H, W), ``without`` some steps; None when there is no ink."""
    return view["drawing"].seen(without, like())


def as_it_is(view: Choices | Mapping[str, Any]) -> bool:
    """Whether the cells of the pad are the pixels themselves."""
    return view["drawing"].exact(like())


def example() -> tuple[int | None, Tensor]:
    """What lies on a pad on which nothing is drawn: the validation image that was asked for and its place.

    Or else a training image, which has none.
    """
    data, place = in_use(), choices()["example"]
    if place is None or place >= len(data.valid):
        return None, compute.example(data, choices()["digits"])
    return place, data.valid.images[place]


def titles(steps: Collection[str]) -> str:
    """These steps of the preparation as the reader knows them, one after the other."""
    return ", ".join(f"“{step.title}”" for name, step in compute.steps(like()).items() if name in steps)


def fits_the_pad() -> bool:
    """Whether an image of the set can be on the pad, cell for cell."""
    return Drawing(b"").exact(like())


def can_be_kept() -> bool:
    """Whether what is drawn and read is a digit as MNIST has them, and so may join the reader's own."""
    return are_digits() and fits_the_pad()


def word(count: int = 1) -> str:
    """What is drawn and read."""
    one = "digit" if are_digits() else "drawing"
    return one if count == 1 else f"{one}s"
