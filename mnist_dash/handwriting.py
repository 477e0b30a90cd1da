"""A drawing -> 28 x 28, the way MNIST itself was made.

Y. LeCun et al., *Gradient-based learning applied to document recognition*, 1998, III.A: the digits were
"size normalized to fit in a 20x20 pixel box while preserving their aspect ratio", with grey levels from
"the anti-aliasing technique used by the normalization algorithm", then "centered in a 28x28 image by
computing the center of mass of the pixels". Measured over the training set, that centre is at pixel
coordinate (14.0, 14.0). Knows nothing about classifying or about screens.
"""

import torch
from PIL import Image, ImageOps
from torch import Tensor

SIDE = 28  # of the prepared image, in pixels
BOX = 20  # longer side of the digit's box
CENTRE = 14.0  # pixel coordinate of its centre of mass, both axes


class HandwritingError(ValueError):
    """The picture can't be read as a digit; the message says why in one plain sentence."""


def to_mnist(image: Image.Image) -> Tensor:
    """A picture of one digit, dark ink on light paper, any size -> uint8 (28, 28), 255 = ink.

    The digit is scaled, aspect kept and anti-aliased, so that the longer side of its box is 20 pixels,
    then placed, to the nearest whole pixel, with its centre of mass at (14.0, 14.0).
    Raises HandwritingError when the picture shows no ink.
    """
    grey = image.convert("L")
    lightest, darkest = reversed(grey.getextrema())
    if lightest == darkest:
        raise HandwritingError("no ink found: draw something")
    ink = ImageOps.autocontrast(ImageOps.invert(grey))  # 0 = paper, 255 = the darkest ink
    # The box holds what is darker than halfway: faint fringes would shrink the digit.
    box = ink.point(lambda value: 255 * (value >= 128)).getbbox()
    digit = ink.crop(box)
    scale = BOX / max(digit.size)
    width, height = (max(1, round(side * scale)) for side in digit.size)
    digit = digit.resize((width, height), Image.Resampling.BILINEAR)
    prepared = torch.zeros(SIDE, SIDE, dtype=torch.uint8)
    pixels = torch.frombuffer(bytearray(digit.tobytes()), dtype=torch.uint8).view(height, width)
    top, left = (_offset(pixels, axis) for axis in (0, 1))
    prepared[top : top + height, left : left + width] = pixels
    return prepared


def _offset(pixels: Tensor, axis: int) -> int:
    """Where the digit starts on this axis, so that its centre of mass is at 14 and nothing is cut off."""
    length = pixels.shape[axis]
    mass = pixels.double().sum(1 - axis)  # ink in each row, or each column
    centre = float((mass * torch.arange(length)).sum() / mass.sum())
    return min(max(round(CENTRE - centre), 0), SIDE - length)
