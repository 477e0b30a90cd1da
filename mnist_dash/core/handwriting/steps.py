"""The steps from a picture to 28 x 28, by name, one after the other; each can be left out.

Y. LeCun et al., *Gradient-based learning applied to document recognition*, 1998, III.A: the digits were
"size normalized to fit in a 20x20 pixel box while preserving their aspect ratio", with grey levels from
"the anti-aliasing technique used by the normalization algorithm", then "centered in a 28x28 image by
computing the center of mass of the pixels". Measured over the training set, that centre is at pixel
coordinate (14.0, 14.0).
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageOps
from torch import Tensor

from mnist_dash.core.handwriting.digit import BOX, SIDE, Digit, Stage, as_seen, digit_of
from mnist_dash.core.handwriting.errors import HandwritingError
from mnist_dash.core.handwriting.files import plain
from mnist_dash.core.handwriting.light import evened, light_on_dark
from mnist_dash.core.handwriting.parts import connected, digits, strokes, together, with_fragments

MOST = 100  # digits on one picture
MOST_STROKES = 4 * MOST
MOST_SPOTS = 1000  # a picture with more of them shows grain, not ink
NOISE = 6  # ink departs from the paper by this many of the paper's own deviations at least
FAINTEST = 0.06  # and by this share of the way from white to black


@dataclass(frozen=True)
class Step:
    """title: a word or two. does: what it does. off: what is done without it. Both are sentences."""

    title: str
    does: str
    off: str


STEPS: dict[str, Step] = {
    "upright": Step(
        "Upright",
        "The picture is turned the way the camera was held, as its EXIF note says.",
        "The picture stays as it lies in the file.",
    ),
    "grey": Step(
        "Grey",
        "Red, green and blue become one number a pixel: 0.299 R + 0.587 G + 0.114 B.",
        "The red channel alone is taken, in which red ink is as bright as paper.",
    ),
    "polarity": Step(
        "Polarity",
        "Light ink on a dark ground is turned round, so that the ink is dark.",
        "The ink is taken to be dark, whatever it is.",
    ),
    "light": Step(
        "Even light",
        "Each pixel is divided by how bright the paper is there, so that shadows go.",
        "Shadows and grey paper stay.",
    ),
    "ink": Step(
        "Ink from paper",
        "What is paper becomes 0, what is as dark as the ink becomes 255.",
        "The paper's grain stays, and faint ink stays faint.",
    ),
    "specks": Step(
        "No specks",
        "Small loose spots go, and the main digit is kept.",
        "Whatever is dark belongs to the digit.",
    ),
    "pen": Step(
        "Pen",
        "Strokes much thinner or thicker than MNIST's are brought to its width.",
        "Strokes stay as wide as they were written.",
    ),
    "box": Step(
        "Box of 20",
        "The digit is cut out and scaled, its shape kept, to a longer side of 20 pixels.",
        "What surrounds the digit is scaled with it, to 28 pixels.",
    ),
    "centre": Step(
        "Centre of mass",
        "The ink's centre of mass is put at (14, 14).",
        "The digit's box is put in the middle instead.",
    ),
}


@dataclass(frozen=True)
class Reading:
    """A picture and what was found on it. stages: of the steps up to "ink", of the whole picture."""

    stages: tuple[Stage, ...]
    digits: tuple[Digit, ...]
    light_ink: bool

    def stages_of(self, number: int) -> tuple[Stage, ...]:
        """All stages of one digit; where it is not alone, of its surroundings only."""
        digit = self.digits[number]
        if len(self.digits) == 1:
            return self.stages + digit.stages
        left, top, right, bottom = digit.box
        margin = max(right - left, bottom - top) // 4
        window = (left - margin, top - margin, right + margin, bottom + margin)
        whole = (0, 0, *self.stages[-1].picture.size)
        ends = (max, max, min, min)
        window = tuple(end(at, limit) for end, at, limit in zip(ends, window, whole, strict=True))
        return tuple(Stage(s.step, s.picture.crop(window)) for s in self.stages) + digit.stages


def to_mnist(image: Image.Image, *, without: Collection[str] = (), ink: str = "auto") -> Tensor:
    """A picture of one digit, any mode and size -> uint8 (28, 28), 255 = ink.

    without: names of ``STEPS`` to leave out. ink: "dark", "light", or "auto", which decides by looking.
    Raises HandwritingError, one plain sentence, when the picture can't be decoded or shows no ink.
    """
    return read(image, without=without, ink=ink).digits[0].pixels


def read(image: Image.Image, *, without: Collection[str] = (), ink: str = "auto") -> Reading:
    """``to_mnist`` with every step on the way; of several digits on the picture, the main one."""
    return _read(image, without, ink, alone=True)


def read_all(image: Image.Image, *, without: Collection[str] = (), ink: str = "auto") -> Reading:
    """Every digit on the picture, line by line from the top, each from left to right.

    Raises HandwritingError as ``to_mnist`` does, and when there are more than 100.
    """
    return _read(image, without, ink, alone=False)


def _read(image: Image.Image, without: Collection[str], ink: str, *, alone: bool) -> Reading:
    upright = plain(image)
    if "upright" not in without:
        upright = ImageOps.exif_transpose(upright)
    colours = upright.getchannel(0) if "grey" in without else upright.convert("L")
    grey = np.asarray(colours, np.float32) / 255
    light_ink = "polarity" not in without and (ink == "light" or (ink == "auto" and light_on_dark(grey)))
    dark = 1 - grey if light_ink else grey
    even = dark if "light" in without else evened(dark, light_ink=light_ink)
    strength = _strength(1 - even, separate="ink" not in without)
    turned = as_seen(1 - dark) if light_ink else colours
    stages = (
        Stage("upright", upright),
        Stage("grey", colours),
        Stage("polarity", turned),
        Stage("light", turned if even is dark else as_seen(1 - even)),
        Stage("ink", as_seen(strength)),
    )
    mask = strength >= strength.max() / 2
    labels, parts = connected(mask)
    large = strokes(parts, mask.shape)
    if not large or len(parts) > MOST_SPOTS:
        raise HandwritingError("no ink found: nothing but specks")
    if alone and "specks" in without:
        found = [together(parts)]
    elif len(large) > MOST_STROKES or len(found := digits(large)) > MOST:
        raise HandwritingError(f"more than {MOST} digits found: send a part of the page")
    elif alone:
        found = [with_fragments(max(found, key=lambda digit: digit.area), large)]
    return Reading(
        stages, tuple(digit_of(strength, labels, part, without, alone=alone) for part in found), light_ink
    )


def _strength(contrast: np.ndarray, *, separate: bool) -> np.ndarray:
    """Contrast to white, 0 to 1 -> how much of each pixel is ink, 0 to 1: float32 (H, W)."""
    smooth = _smooth(contrast) if max(contrast.shape) > 2 * SIDE else contrast
    values = smooth.ravel()
    many = max(1, min(max(BOX, values.size // 2000), values.size // BOX))  # what the smallest digit covers
    dark = values[values > values.max() / 2]
    darkest = float(np.median(np.partition(dark if len(dark) >= many else values, -many)[-many:]))
    lighter = values < (_middle(values) + darkest) / 2
    paper = values[lighter] if lighter.any() else values
    level = _middle(paper)
    noise = _noise(smooth)
    if darkest - level < max(FAINTEST, NOISE * noise):
        raise HandwritingError("no ink found: nothing stands out from the paper")
    if not separate:
        return np.clip(contrast, 0, 1)
    low = level + max(2 * noise, 0.1 * (darkest - level))
    return np.clip((contrast - low) / (darkest - low), 0, 1)


def _noise(values: np.ndarray) -> float:
    """The standard deviation of the paper's grain, from how much pixels a few steps apart differ.

    Most pairs are paper and paper, and a shadow hardly changes between them. The median of the absolute
    difference of two normal values is 0.6745 times the square root of 2 of their deviations.
    """
    step = min(6, max(values.shape) // 4)
    along = values if values.shape[1] > step else values.T
    if not step or along.shape[1] <= step:
        return 0.0
    return _middle(np.abs(along[:, step:] - along[:, :-step])) / (0.6745 * 2**0.5)


def _smooth(values: np.ndarray) -> np.ndarray:
    """The mean of each 3 x 3; beyond the edge is what is at the edge. White paper stays exactly 0."""
    wide = np.pad(values, 1, "edge")
    rows = wide[:-2] + wide[1:-1] + wide[2:]
    return (rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]) / 9


def _middle(values: np.ndarray) -> float:
    """The median, soon known where most are 0, as on the pad."""
    return 0.0 if 2 * np.count_nonzero(values == 0) > values.size + 1 else float(np.median(values))
