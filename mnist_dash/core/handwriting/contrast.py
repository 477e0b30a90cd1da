"""How dark each pixel is against its paper -> how much of it is ink.

Arrays are float32 (H, W), from 0, paper, to 1.
"""

from math import gcd

import numpy as np

from mnist_dash.core.handwriting.digit import BOX, SIDE
from mnist_dash.core.handwriting.errors import HandwritingError
from mnist_dash.core.handwriting.ranks import median, quantile

NOISE = 6  # ink departs from the paper by at least this many standard deviations of the paper's grain
PAPER = 0.3  # of the way from paper to ink: what is below is paper, and shows its grain
MANY = 10_000  # pixels are enough for a median
FAINTEST = 0.06  # and by at least this share of the way from white to black
BESIDE = 0.15  # and of what printed lines do, where there are any: else it is the paper beside them


def strength_of(contrast: np.ndarray, *, separate: bool = True, least: float = FAINTEST) -> np.ndarray:
    """How much of each pixel is ink; the contrast itself unless it is to be ``separate`` from the paper.

    least: of the way from white to black, by which ink departs from its paper. Raises HandwritingError when
    nothing stands out.
    """
    smooth = _smooth(contrast) if max(contrast.shape) > 2 * SIDE else contrast
    values = smooth.ravel()
    many = max(1, min(max(BOX, values.size // 2000), values.size // BOX))  # of the smallest digit
    dark = values[values > values.max() / 2]
    darkest = median(np.partition(dark if len(dark) >= many else values, -many)[-many:])
    some = _some(smooth)
    paper = some[some < (quantile(some, 0.02) + darkest) / 2]
    level = _middle(paper if paper.size else some)
    noise = _noise(smooth, smooth < level + PAPER * (darkest - level))
    if darkest - level < max(least, NOISE * noise):
        raise HandwritingError("no ink found: nothing stands out from the paper")
    if not separate:
        return np.clip(contrast, 0, 1)
    low = level + max(2 * noise, 0.1 * (darkest - level))
    strength = contrast - np.float32(low)
    strength /= np.float32(darkest - low)
    return np.clip(strength, 0, 1, out=strength)


def least_beside(contrast: np.ndarray, lines: np.ndarray) -> float:
    """By how much ink departs from its paper, at least, on a page with these lines."""
    return max(FAINTEST, BESIDE * quantile(contrast[lines], 0.9))


def with_paper(contrast: np.ndarray, where: np.ndarray) -> np.ndarray:
    """The same, with paper in place of what is there."""
    some = _some(contrast)
    paper = some[~_some(where) & (some < contrast.max() / 2)]
    return np.where(where, np.float32(_middle(paper) if paper.size else 0), contrast)


def _noise(values: np.ndarray, paper: np.ndarray) -> float:
    """The standard deviation of the paper's grain, from how much pixels a few steps apart differ.

    Only pairs of paper pixels count, so close that a shadow hardly changes between them; along rows or along
    columns, whichever differ more. The median absolute difference of two normal values is 0.6745 times the
    square root of 2 times their standard deviation.
    """
    noise = 0.0
    step = min(6, max(values.shape) // 4)
    every = 1 + values.size // (2 * MANY)
    for grain, on in ((values, paper), (values.T, paper.T)):
        if not 0 < step < grain.shape[1]:
            continue
        pairs = on[::every, step:] & on[::every, :-step]
        if pairs.any():
            apart = np.abs(grain[::every, step:] - grain[::every, :-step])[pairs]
            noise = max(noise, _middle(apart) / (0.6745 * 2**0.5))
    return noise


def _smooth(values: np.ndarray) -> np.ndarray:
    """The mean of each 3 x 3, the edge pixels repeated outwards. White paper stays exactly 0."""
    height, width = values.shape
    wide = np.empty((height + 2, width), values.dtype)
    wide[1:-1], wide[0], wide[-1] = values, values[0], values[-1]
    rows = np.empty((height, width + 2), values.dtype)
    inner = rows[:, 1:-1]
    np.add(wide[:-2], values, out=inner)
    inner += wide[2:]
    rows[:, 0], rows[:, -1] = rows[:, 1], rows[:, -2]
    smooth = rows[:, :-2] + inner
    smooth += rows[:, 2:]
    smooth /= 9
    return smooth


def _some(values: np.ndarray) -> np.ndarray:
    """Pixels from all over the picture, enough for a median."""
    step = 1 + values.size // MANY
    while gcd(step, values.shape[1]) > 1:  # else they would all be in a few columns
        step += 1
    return values.ravel()[::step]


def _middle(values: np.ndarray) -> float:
    """The median; quick where most values are 0, as on the pad."""
    return 0.0 if 2 * np.count_nonzero(values == 0) > values.size + 1 else median(values)
