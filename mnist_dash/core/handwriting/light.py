"""Paper that is lit unevenly, photographed at an angle or ruled -> how much ink is at each place.

Arrays are float32 (H, W). Grey values run from 0 (black) to 1 (white).
"""

import numpy as np
from PIL import Image
from scipy import ndimage

SMALL = 96  # light changes slowly: it is looked at in a picture with this longer side, in pixels
ROUNDS = 8  # of the robust fit; it no longer moves after five or six
SPREAD = 1 / 12  # how far the paper around a stroke says how bright it is under it, in sides of the picture
BLACK = 0.1  # how bright a black board is at least
STROKE = 1 / 4  # wider than nearly every stroke, in sides of the picture
DARKEST_SHADOW = 0.5  # what is darker than half of the light around it is ink


def light_on_dark(grey: np.ndarray) -> bool:
    """Whether the ink is lighter than its paper.

    Ink covers less than paper, so the middle value of the neighbourhood is paper, and ink is what
    departs from it; the cube tells a few strong departures from many weak ones.
    """
    small = _shrunk(grey)
    departure = (
        small - np.median(small) if min(small.shape) < 9 else small - _surface(small, ink_is_dark=False)
    )
    return float((departure**3).sum()) > 0


def evened(dark: np.ndarray, *, light_ink: bool) -> np.ndarray:
    """What the paper and its ink would look like in even light: dark ink on paper that is 1.

    dark: the picture with its ink dark, so turned round when ``light_ink``. Light multiplies what is
    there: paper and ink are divided by how bright the paper is, and light ink by how bright the board is.
    """
    paper = paper_light(dark)
    if not light_ink:
        return dark / paper
    contrast = (paper - dark) / (1 - paper + BLACK)
    return 1 - contrast / max(float(contrast.max()), 1)


def paper_light(grey: np.ndarray) -> np.ndarray:
    """How bright the paper is at each place, also under the dark ink: float32 (H, W).

    A smooth surface through the brightest of what is there follows a fall of light but no shadow with an
    edge; what closes over strokes follows that too, but not over the widest ones. Where both agree that
    it is paper, the mean around each place is taken.
    """
    small = _shrunk(grey, brightest=True)
    surface = _surface(small, ink_is_dark=True)
    closed = ndimage.grey_closing(small, max(3, round(max(small.shape) * STROKE)))
    rough = ndimage.gaussian_filter(np.where(closed > DARKEST_SHADOW * surface, closed, surface), 1)
    rough = np.maximum(rough, 1 / 255)
    paper = ndimage.minimum_filter((small > 0.85 * rough).astype(np.float32), 3)
    sigma = max(small.shape) * SPREAD
    weight = ndimage.gaussian_filter(paper, sigma, mode="nearest")
    near = ndimage.gaussian_filter(paper * small / rough, sigma, mode="nearest")
    light = rough * np.divide(near, weight, out=np.ones_like(near), where=weight > 0.02)
    enlarged = Image.fromarray(light).resize(grey.shape[::-1], Image.Resampling.BILINEAR)
    return np.clip(np.asarray(enlarged), 1 / 255, 1)


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


def _surface(small: np.ndarray, *, ink_is_dark: bool) -> np.ndarray:
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
        if not ink_is_dark:  # it may be lighter as well
            again &= departure < 1.5 * width
        if again.sum() < len(values) // 10:
            break
        keep = again
    return np.clip(fitted, 1 / 255, None).reshape(small.shape).astype(np.float32)
