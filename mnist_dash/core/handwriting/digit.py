"""One digit, cut from its page -> an image like those of a set: specks, pen, box, centre of mass.

Ink is float32, 0 = paper, 1 = ink.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from mnist_dash.core.handwriting.around import grown, highest, to_paper
from mnist_dash.core.handwriting.parts import Part, among
from mnist_dash.core.handwriting.preparation import MNIST, Preparation
from mnist_dash.core.handwriting.ranks import quantile

SIDE, BOX = MNIST.height, MNIST.box  # of an image and its digit: in these pixels strokes are measured
FINE = 80  # longer side of a digit whose strokes are measured, in pixels
ROOM = 8  # around it, in which they can grow
# How wide a stroke is, in pixels of the box: half of the training images of MNIST lie between 2.1 and 3.0,
# and other training images, redrawn with other pens, were read best when brought to the upper part of that.
NARROWEST, WIDEST = 2.7, 2.8


@dataclass(frozen=True)
class Stage:
    """What one step made of the picture: as the eye sees it, dark ink on light paper."""

    step: str
    picture: Image.Image

    @property
    def shape(self) -> tuple[int, ...]:
        """(H, W), or (H, W, 3) as long as there are colours."""
        return np.asarray(self.picture).shape


@dataclass(frozen=True)
class Digit:
    """One digit that was found.

    box: left, top, right, bottom in pixels of the upright picture, the end excluded. stages: of the steps
    from "specks" on. pixels: uint8 (28, 28), or as high and wide as the set's images, 255 = ink.
    """

    box: tuple[int, int, int, int]
    stages: tuple[Stage, ...]
    pixels: Tensor


def digit_of(
    strength: np.ndarray,
    labels: np.ndarray,
    part: Part,
    without: Collection[str],
    like: Preparation,
    *,
    alone: bool,
) -> Digit:
    """The digit that is this part of the page, both (H, W), made ``like`` others, ``without`` some steps.

    alone: whether the page is its own, and so is what is scaled when it is not cut out.
    """
    window = part.rows_and_columns
    if "box" in without:
        window = (slice(None), slice(None)) if alone else part.with_margin(part.longer // 4)
    cut = strength[window]
    if "ink" not in without:  # the darkest of it all may be elsewhere on the page
        cut = np.minimum(cut / quantile(cut[labels[window] > 0], 0.9), 1)
    if "specks" not in without:
        cut = _without_others(cut, labels[window], part)
    written = cut if "pen" in without else _with_usual_pen(cut, part.longer)
    if "box" in without:
        sized = _resized(written, max(like.shape), like)
    else:
        rows, columns = (np.flatnonzero((written >= written.max() / 2).any(axis)) for axis in (1, 0))
        written = written[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        sized = _resized(written, like.box, like)
    pixels = _placed((sized * 255).round().astype(np.uint8), like, by_mass="centre" not in without)
    stages = (
        Stage("specks", as_seen(cut)),
        Stage("pen", as_seen(written)),
        Stage("box", as_seen(sized)),
        Stage("centre", as_seen(pixels / 255)),
    )
    return Digit((part.left, part.top, part.right, part.bottom), stages, torch.from_numpy(pixels))


def _without_others(cut: np.ndarray, labels: np.ndarray, part: Part) -> np.ndarray:
    """Ink of parts that are not the digit's becomes paper, its soft edge too."""
    ours = among(labels, part.labels)
    others = (labels > 0) & ~ours
    if not others.any():
        return cut
    edge = grown(others, max(1, part.longer // BOX))
    return np.where(edge & ~ours, 0, cut)


def _with_usual_pen(cut: np.ndarray, longer: int) -> np.ndarray:
    """Strokes widened or narrowed until they are as wide as MNIST's.

    Along the middle of a stroke, the distance to its edge is half its width. The edge is moved by half of
    what is missing, allowing for the box, which grows with it and is then scaled back.
    """
    fine = np.pad(_scaled(cut, FINE / longer), ROOM)
    mask = fine >= fine.max() / 2
    inside = to_paper(mask)
    unit = FINE / BOX
    width = 2 * _middle(inside[mask & (inside >= highest(inside, 3))]) / unit
    wanted = min(max(width, NARROWEST), WIDEST)
    if width == wanted:
        return cut
    outwards = BOX / 2 * (wanted - width) / (BOX - wanted) * unit
    outwards = max(outwards, -0.7 * float(inside.max()))
    distance = np.where(mask, inside - 0.5, 0.5 - to_paper(~mask, outwards + 2))
    return np.clip(0.5 + (distance + outwards) / 3, 0, 1).astype(np.float32)


def _middle(values: np.ndarray) -> float:
    """The mean of their middle half: close to the median, but finer than distances on a grid of pixels."""
    ordered, quarter = np.sort(values), len(values) // 4
    return float(ordered[quarter : len(ordered) - quarter].mean())


def _resized(ink: np.ndarray, longer: int, like: Preparation) -> np.ndarray:
    """To this longer side, or to a smaller one that fits."""
    fits = (most / side for most, side in zip(like.shape, ink.shape, strict=True))
    return _scaled(ink, min(longer / max(ink.shape), *fits))


def _scaled(ink: np.ndarray, factor: float) -> np.ndarray:
    height, width = (max(1, round(side * factor)) for side in ink.shape)
    picture = Image.fromarray(np.ascontiguousarray(ink, np.float32))
    return np.asarray(picture.resize((width, height), Image.Resampling.BILINEAR))


def _placed(digit: np.ndarray, like: Preparation, *, by_mass: bool) -> np.ndarray:
    """In the whole image, uint8, to the nearest whole pixel."""
    placed = np.zeros(like.shape, np.uint8)
    height, width = digit.shape
    top, left = (_offset(digit, axis, like, by_mass=by_mass) for axis in (0, 1))
    placed[top : top + height, left : left + width] = digit
    return placed


def _offset(digit: np.ndarray, axis: int, like: Preparation, *, by_mass: bool) -> int:
    """Where the digit starts on this axis, so that its centre is where others have it, nothing cut off."""
    length = digit.shape[axis]
    centre = (length - 1) / 2
    mass = digit.sum(1 - axis, dtype=float)  # ink in each row, or each column
    if by_mass and mass.any():
        centre = float((mass * np.arange(length)).sum() / mass.sum())
    wanted = (like.row, like.column)[axis]
    return min(max(round(wanted - centre), 0), like.shape[axis] - length)


def as_seen(ink: np.ndarray) -> Image.Image:
    """0 = paper, 1 = ink -> a grey picture, dark on light."""
    return Image.fromarray((255 * (1 - np.clip(ink, 0, 1))).round().astype(np.uint8))
