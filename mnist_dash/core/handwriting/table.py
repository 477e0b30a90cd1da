"""Where a sheet of paper lies on something darker.

Arrays are float32 (H, W). Grey values run from 0 (black) to 1 (white).
"""

import numpy as np
from PIL import Image
from scipy import ndimage

from mnist_dash.core.handwriting.ranks import median

SEEN = 192  # longer side, in pixels, of the picture in which the sheet is looked for
EDGE = 2  # of those pixels along the sheet's edge are left out
SMALLEST = 0.03  # of the picture: anything smaller is no sheet
FULL = 0.88  # of the smallest rectangle around it, at least, a sheet fills
INK = (0.004, 0.3)  # of the sheet is ink, at least and at most
LIGHT = 0.2  # of what lies around it, at most, is as light as the sheet
DARKER = 0.75  # times as bright as the sheet its surroundings are, at most
DARK = 0.4  # times as bright if seen on one side only, where it may be a shadow


def sheet(grey: np.ndarray) -> np.ndarray | None:
    """Where the written sheet lies, bool (H, W); None if it has no surroundings."""
    if min(grey.shape) < 16:
        return None
    light = grey > threshold(grey)
    labels, count = ndimage.label(light)
    if not count:
        return None
    largest = labels == 1 + int(np.argmax(np.bincount(labels.ravel())[1:]))
    filled = _filled(largest)
    if not SMALLEST < filled.mean() < 0.97:
        return None
    ink = 1 - largest.sum() / filled.sum()
    if not INK[0] < ink < INK[1] or filled.sum() < FULL * _smallest_rectangle(filled):
        return None
    wide = max(3, max(grey.shape) // 20)
    around = np.pad(~filled, wide, "edge")
    around = ndimage.binary_opening(around, np.ones((wide, wide)))[wide:-wide, wide:-wide]
    if around.mean() < SMALLEST or light[around].mean() > LIGHT:
        return None
    ratio = median(grey[around]) / max(median(grey[largest]), 1e-6)
    sides = sum(bool(edge.any()) for edge in (filled[0], filled[-1], filled[:, 0], filled[:, -1]))
    return filled if ratio < (DARKER if sides <= 1 else DARK) else None


def _filled(mask: np.ndarray) -> np.ndarray:
    """With its holes: all that isn't joined to the picture's edge from outside."""
    others, count = ndimage.label(~mask)
    outside = np.zeros(count + 1, bool)
    for edge in (others[0], others[-1], others[:, 0], others[:, -1]):
        outside[edge] = True
    outside[0] = False
    return ~outside[others]


def threshold(values: np.ndarray) -> float:
    """The grey between two kinds of pixels that leaves both least spread (N. Otsu, 1979)."""
    ordered = np.sort(values, axis=None)
    if ordered.size < 2:
        return float(ordered[0])
    count = np.arange(1, ordered.size)
    below = np.cumsum(ordered, dtype=float)[:-1]
    apart = below / count - (float(ordered.sum(dtype=float)) - below) / (ordered.size - count)
    at = int(np.argmax(count * (ordered.size - count) * apart**2))
    return float(ordered[at] + ordered[at + 1]) / 2


def _smallest_rectangle(mask: np.ndarray) -> float:
    """The area of the smallest rectangle around it, among those turned in steps of five degrees."""
    y, x = np.nonzero(mask ^ ndimage.binary_erosion(mask))
    turns = np.deg2rad(np.arange(0, 90, 5))[:, None]
    along, across = x * np.cos(turns) + y * np.sin(turns), y * np.cos(turns) - x * np.sin(turns)
    return float(((np.ptp(along, 1) + 1) * (np.ptp(across, 1) + 1)).min())


def around_sheet(grey: np.ndarray) -> np.ndarray | None:
    """The surroundings of the sheet and its edge, bool (H, W); None if there are none."""
    step = -(-max(grey.shape) // SEEN)
    small = np.asarray(Image.fromarray(grey).reduce(step)) if step > 1 else grey
    if (inside := sheet(small)) is None:
        return None
    inner = ndimage.binary_erosion(inside, iterations=EDGE, border_value=1)
    rows, columns = (
        np.minimum(np.arange(side) // step, limit - 1)
        for side, limit in zip(grey.shape, inner.shape, strict=True)
    )
    return ~inner[np.ix_(rows, columns)]
