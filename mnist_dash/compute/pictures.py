"""What is read from pictures."""

from collections.abc import Collection
from dataclasses import dataclass

from torch import Tensor

from mnist_dash.compute.cache import shared
from mnist_dash.compute.verdict import Verdict
from mnist_dash.core import handwriting
from mnist_dash.core.handwriting import Reading, Step


@dataclass(frozen=True)
class FoundDigit:
    """box: left, top, right, bottom in pixels of its picture. pixels: uint8 (28, 28)."""

    box: tuple[int, int, int, int]
    pixels: Tensor
    verdicts: dict[str, Verdict]


# From a picture to a norm's input: the steps of handwriting, and one more that is taken here.
STEPS = handwriting.STEPS | {
    "scale": Step(
        "Divided by 255",
        "Whole numbers from 0 to 255 become numbers from 0 to 1, as the ideals are.",
        "The numbers run up to 255, the ideals' only to 1.",
    )
}


@shared(most=2)
def reading(data: bytes, without: frozenset[str], ink: str) -> Reading:
    """Every digit in the picture in these bytes. Raises HandwritingError."""
    image, _ = handwriting.open_picture(data)
    return handwriting.read_all(image, without=without, ink=ink)


def as_fed(image: Tensor, without: Collection[str]) -> Tensor:
    """An image, uint8, as the norms get it: floats from 0 to 255 without the step "scale"."""
    return image.float() if "scale" in without else image
