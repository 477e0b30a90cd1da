"""What the images of a set are like, and so what a picture is made into to be one of them."""

from dataclasses import dataclass
from typing import Self

import torch
from torch import Tensor

ENOUGH = 2_000  # images of a set, drawn by lot: their centre is then known to a hundredth of a pixel


@dataclass(frozen=True)
class Preparation:
    """height, width: of an image, in pixels. box: longer side of the ink's box, as it usually is.

    row, column: pixel coordinates of the ink's centre of mass, as they are on average.
    """

    height: int
    width: int
    box: int
    row: float
    column: float

    @property
    def shape(self) -> tuple[int, int]:
        return self.height, self.width

    @classmethod
    def of(cls, images: Tensor) -> Self:
        """Measured on the training images of a set, uint8 (N, H, W), 255 = ink; on 2,000 of a larger one.

        The box holds what is at least half as dark as the darkest, the centre is rounded to a tenth. Without
        any ink it is the whole image.
        """
        chance = torch.Generator().manual_seed(0)
        some = images[torch.randperm(len(images), generator=chance)[:ENOUGH]]
        inked = some[some.amax((1, 2)) > 0].float()
        height, width = images.shape[1:]
        if not len(inked):
            return cls(height, width, max(height, width), (height - 1) / 2, (width - 1) / 2)
        dark = 2 * inked >= inked.amax((1, 2), keepdim=True)
        sides = torch.stack([_extent(dark.any(across)) for across in (2, 1)])  # (2, N)
        centres = (_centre(inked.sum(across)) for across in (2, 1))
        return cls(height, width, int(sides.amax(0).median()), *(round(centre, 1) for centre in centres))


def _extent(dark: Tensor) -> Tensor:
    """From the first to the last that is dark: bool (N, length) -> (N,)."""
    length, dark = dark.shape[1], dark.int()
    return length - dark.argmax(1) - dark.flip(1).argmax(1)


def _centre(mass: Tensor) -> float:
    """Where the middle of the ink is on average: its amount in each row or column, (N, length)."""
    return float(((mass * torch.arange(mass.shape[1])).sum(1) / mass.sum(1)).mean())


MNIST = Preparation(height=28, width=28, box=20, row=14.0, column=14.0)
