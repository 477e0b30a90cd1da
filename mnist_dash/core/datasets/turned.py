"""Whether images lie on their side, as EMNIST's do: rows stored as columns."""

from collections.abc import Sequence
from functools import cache
from string import ascii_letters, ascii_uppercase

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps
from torch import Tensor
from torch.nn import functional as F

from mnist_dash.core.datasets.dataset import Digits
from mnist_dash.core.datasets.mnist import load_mnist_part

DIGITS = tuple("0123456789")
EMNIST = [str(number) for number in range(1, 27)]  # what its own files call A to Z
CLEARLY = 0.9  # of the distance
FEW = 8  # letters that are enough to tell
# The mean correlation of ideals with printed letters of the same name, and how much more it must be turned.
# Of letters in 57 fonts, bent by chance, upright ones have 0.56 to 0.93, and 0.22 to 0.76 less on their side;
# under names that are dealt out by chance 0.34, and 0.48 at most in 1,200 draws.
FITS, BETTER = 0.5, 0.1
SIDE, EDGE = 20, 4  # pixels of the longer side, and of paper around it


def turned(images: Tensor) -> Tensor:
    """Rows become columns, (N, H, W) -> (N, W, H)."""
    return images.transpose(1, 2).contiguous()


def lying(train: Digits, classes: Sequence[str]) -> str:
    """What lies on its side, "digits" or "letters", or "".

    Digits do if their ideals lie nearer to MNIST's once they are turned, letters if their ideals then look
    more like printed ones.
    """
    names = [classes[label] for label in train.places]
    if set(DIGITS) <= set(names):
        return "digits" if _digits_lie(_ideals(train, [classes.index(digit) for digit in DIGITS])) else ""
    if names == EMNIST:
        names = list(ascii_uppercase)
    if len(names) < FEW or not all(name in ascii_letters and len(name) == 1 for name in names):
        return ""
    ideals = _ideals(train, list(train.places))
    as_is, other = _fit(ideals, names), _fit(turned(ideals), names)
    return "letters" if other > max(FITS, as_is + BETTER) else ""


def _digits_lie(own: Tensor) -> bool:
    upright = F.interpolate(_upright()[None], size=own.shape[1:], mode="bilinear", antialias=True)[0]
    upright_too = F.interpolate(_upright()[None], size=own.shape[:0:-1], mode="bilinear", antialias=True)[0]
    as_is, other = (own - upright).square(), (own.transpose(1, 2) - upright_too).square()
    return bool(other.mean().sqrt() < CLEARLY * as_is.mean().sqrt())


def _ideals(digits: Digits, labels: list[int]) -> Tensor:
    counts = [len(digits.places[label]) for label in labels]
    pairs = zip(labels, counts, strict=True)
    return torch.stack([digits.sum_of_first(label, count) / (255 * count) for label, count in pairs])


@cache
def _upright() -> Tensor:
    """Of MNIST's validation images, (10, 28, 28)."""
    return _ideals(load_mnist_part("t10k"), list(range(10)))


def _fit(ideals: Tensor, names: Sequence[str]) -> float:
    """How well they correlate with printed letters of these names, large or small: from -1 to 1."""
    written = [_outline(Image.fromarray((255 * ideal).byte().numpy())) for ideal in ideals]
    return float(
        np.mean(
            [
                max((shape * _printed(case)).sum() for case in {name.upper(), name.lower()})
                for name, shape in zip(names, written, strict=True)
            ]
        )
    )


@cache
def _printed(letter: str) -> np.ndarray:
    image = Image.new("L", (6 * SIDE, 6 * SIDE))
    ImageDraw.Draw(image).text((SIDE, SIDE), letter, 255, ImageFont.load_default(4 * SIDE))
    return _outline(image)


def _outline(image: Image.Image) -> np.ndarray:
    """What is written there, of one size and blurred: (20, 20), of mean 0 and length 1."""
    most = image.getextrema()[1]
    image = image.crop(image.point(lambda ink: 255 * (ink > 0.15 * most)).getbbox())
    image = ImageOps.expand(ImageOps.pad(image, (SIDE, SIDE), Image.Resampling.BILINEAR), EDGE)
    blurred = np.asarray(image.filter(ImageFilter.GaussianBlur(1.5)), np.float64)[EDGE:-EDGE, EDGE:-EDGE]
    apart = blurred - blurred.mean()
    return apart / max(np.linalg.norm(apart), 1e-9)
