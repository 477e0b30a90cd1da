"""What is read from pictures."""

from collections.abc import Collection
from dataclasses import dataclass

from torch import Tensor

from mnist_dash.compute.cache import shared
from mnist_dash.compute.verdict import Verdict
from mnist_dash.core import handwriting
from mnist_dash.core.handwriting import Preparation, Reading, Step


@dataclass(frozen=True)
class FoundDigit:
    """box: left, top, right, bottom in pixels of its picture. pixels: uint8 (H, W), as the set's images."""

    box: tuple[int, int, int, int]
    pixels: Tensor
    verdicts: dict[str, Verdict]


SCALE = Step(
    "Divided by 255",
    "Whole numbers from 0 to 255 become numbers from 0 to 1, as the ideals are.",
    "The numbers run up to 255, the ideals' only to 1.",
)


def steps(like: Preparation) -> dict[str, Step]:
    """From a picture to a norm's input: the steps of handwriting, and one more that is taken here."""
    return handwriting.steps_like(like) | {"scale": SCALE}


STEPS = steps(handwriting.MNIST)


@shared(most=2)
def reading(data: bytes, without: frozenset[str], ink: str, like: Preparation) -> Reading:
    """Every digit in the picture in these bytes. Raises HandwritingError."""
    image, _ = handwriting.open_picture(data)
    return handwriting.read_all(image, without=without, ink=ink, like=like)


def as_fed(image: Tensor, without: Collection[str]) -> Tensor:
    """An image, uint8, as the norms get it: floats from 0 to 255 without the step "scale"."""
    return image.float() if "scale" in without else image
