"""Paper that is lit unevenly, photographed at an angle or ruled -> how much ink is at each place.

Arrays are float32 (H, W). Grey values run from 0 (black) to 1 (white).
"""

import numpy as np
from PIL import Image
from scipy import ndimage

SMALL = 96  # light changes slowly: it is looked at in a picture with this longer side, in pixels
ROUNDS = 8  # of the robust fit; it no longer moves after five or six
SPREAD = 1 / 12  # how far the paper around a stroke says how bright it is under it, in sides of the picture


def light_on_dark(grey: np.ndarray) -> bool:
    """Whether the ink is lighter than its paper.

    Ink covers less than paper, so the middle value of the neighbourhood is paper, and ink is what
    departs from it; the cube tells a few strong departures from many weak ones.
    """
    small = _shrunk(grey)
    departure = small - np.median(small) if min(small.shape) < 9 else small - _surface(small, None)
    return float((departure**3).sum()) > 0


def paper_light(grey: np.ndarray) -> np.ndarray:
    """How bright the paper is at each place, also under the dark ink: float32 (H, W).

    First a smooth surface through the brightest of what is there, which finds the ink; then the mean of
    the paper around each place, so that a shadow with an edge is followed too.
    """
    small = _shrunk(grey, brightest=True)
    rough = _surface(small, "dark")
    paper = (small > 0.85 * rough).astype(np.float32)
    paper = ndimage.minimum_filter(paper, 3)
    sigma = max(small.shape) * SPREAD
    weight = ndimage.gaussian_filter(paper, sigma, mode="nearest")
    near = ndimage.gaussian_filter(paper * small / rough, sigma, mode="nearest")
    light = rough * np.divide(near, weight, out=np.ones_like(near), where=weight > 0.02)
    enlarged = Image.fromarray(light).resize(grey.shape[::-1], Image.Resampling.BILINEAR)
    return np.maximum(np.asarray(enlarged), 1 / 255)


def _shrunk(grey: np.ndarray, *, brightest: bool = False) -> np.ndarray:
    """The picture with a longer side of ``SMALL``; ``brightest`` looks past thin strokes."""
    step = -(-max(grey.shape) // SMALL)
    if step == 1:
        return grey
    picture = Image.fromarray(grey)
    if not brightest:
        return np.asarray(picture.reduce(step))
    fine = max(step // 4, 1)  # the mean of a few pixels first, so that noise isn't taken for light
    means = np.asarray(picture.reduce(fine))
    size = step // fine + 1
    brightest_near = ndimage.maximum_filter(means, size)
    return np.asarray(Image.fromarray(brightest_near).reduce(step // fine))


def _surface(small: np.ndarray, ink: str | None) -> np.ndarray:
    """A quadratic surface through the paper, refitted without what departs from it."""
    y, x = np.meshgrid(*(np.linspace(-1, 1, length) for length in small.shape), indexing="ij")
    terms = np.stack([np.ones_like(x), x, y, x * y, x * x, y * y]).reshape(6, -1)
    values = small.ravel()
    keep = np.ones(len(values), bool)
    for _ in range(ROUNDS):
        kept = terms * keep
        weights = np.linalg.solve(kept @ terms.T + 1e-6 * np.eye(6), kept @ values)
        fitted = weights @ terms
        departure = values - fitted
        width = max(1.4826 * float(np.median(np.abs(departure[keep]))), 0.01)
        again = departure > -1.5 * width
        if ink is None:
            again &= departure < 1.5 * width
        if again.sum() < len(values) // 10:
            break
        keep = again
    return np.clip(fitted, 1 / 255, None).reshape(small.shape).astype(np.float32)
