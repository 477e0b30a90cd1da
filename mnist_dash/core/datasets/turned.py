"""Whether images lie on their side, as EMNIST's do: rows stored as columns."""

from functools import cache

import torch
from torch import Tensor
from torch.nn import functional as F

from mnist_dash.core.datasets.dataset import Digits
from mnist_dash.core.datasets.mnist import load_mnist_part

DIGITS = tuple("0123456789")
CLEARLY = 0.9  # of the distance


def turned(images: Tensor) -> Tensor:
    """Rows become columns, (N, H, W) -> (N, W, H)."""
    return images.transpose(1, 2).contiguous()


def lies_on_its_side(train: Digits, classes: tuple[str, ...]) -> bool:
    """Whether the ideals of all ten digits lie nearer to MNIST's once they are turned."""
    if not set(DIGITS) <= {classes[label] for label in train.places}:
        return False
    own = _ideals(train, [classes.index(digit) for digit in DIGITS])
    upright = F.interpolate(_upright()[None], size=own.shape[1:], mode="bilinear", antialias=True)[0]
    upright_too = F.interpolate(_upright()[None], size=own.shape[:0:-1], mode="bilinear", antialias=True)[0]
    as_is, other = (own - upright).square(), (own.transpose(1, 2) - upright_too).square()
    return bool(other.mean().sqrt() < CLEARLY * as_is.mean().sqrt())


def _ideals(digits: Digits, labels: list[int]) -> Tensor:
    return torch.stack([digits.images[digits.places[label]].float().mean(0) / 255 for label in labels])


@cache
def _upright() -> Tensor:
    """Of MNIST's validation images, (10, 28, 28)."""
    return _ideals(load_mnist_part("t10k"), list(range(10)))
