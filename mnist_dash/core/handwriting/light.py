"""Paper that is lit unevenly, photographed at an angle or ruled -> how much ink is at each place.

Arrays are float32 (H, W). Grey values run from 0 (black) to 1 (white).
"""

import numpy as np
from PIL import Image
from scipy import ndimage

from mnist_dash.core.handwriting.parts import BLOT, TINY, Part, connected, stroke_width, touches
from mnist_dash.core.handwriting.table import sheet, threshold

COARSE = 48  # and for its polarity
FINE = 160  # and for its colours
STROKES = 9  # of those pixels: wider than nearly every stroke
CLEARER = 3  # times as far ink stands out in a channel that is taken instead of grey
SMALL = 160  # light changes slowly: it is looked at in a picture with this longer side, in pixels
SURE = 0.1  # of the surroundings are paper: with less of it, it hardly says how bright it is
SPREAD = 1 / 12  # how far the paper around a stroke says how bright it is under it, in sides of the picture
BLACK = 0.1  # how bright a black board is at least
STROKE = 1 / 4  # wider than nearly every stroke, in sides of the picture
DARKEST_SHADOW = 0.65  # what is darker than two thirds of the light is paper only where ink is seen on it
CORNERS = (
    10  # times two pixels into which a shadow goes on where the square that closes over strokes does not fit
)
SHADED = 0.8  # times as bright as what is near is in shadow
SHARP = 1.12  # times as bright a few pixels on: the edge of a thing
STEEP = 1.15  # times as bright beside it: the edge of a shadow
MOSTLY = 0.8  # of what is ink has the shape of strokes
EDGE = 0.1  # by how much the light falls within a few of those pixels at the edge of a shadow
LEAST_SHARE = 0.2  # of the picture that both dark and light have where one digit was cut out tightly
BLURRED = 0.15  # of the picture, at most, is neither dark nor light where there is nothing but ink and paper
CLEAN = 0.03  # and here: a shape on paper that is otherwise empty
RIM = 0.88  # of the picture's edge is that paper; on a dark one, what is light may be a note on a table
OBLONG = 3  # times as long as wide is no such picture


def grey_of(picture: Image.Image) -> Image.Image:
    """Red, green and blue as the eye weighs them; the one that tells ink from paper, where that can't."""
    grey = picture.convert("L")
    if picture.mode != "RGB":
        return grey
    step = max(1, -(-max(grey.size) // FINE))
    small, *channels = (np.asarray(c.reduce(step), np.float32) for c in (grey, *picture.split()))
    clear = CLEARER * _separation(small)
    # no channel tells them apart better than by as much as its departure from grey varies
    apart = [_separation(c) if CLEARER * np.ptp(c - small) > (CLEARER - 1) * clear else 0 for c in channels]
    best = int(np.argmax(apart))
    return picture.getchannel(best) if apart[best] > clear else grey


def _separation(small: np.ndarray) -> float:
    """How far strokes stand out from what lies around them."""
    departure = np.maximum(
        ndimage.grey_closing(small, STROKES) - small, small - ndimage.grey_opening(small, STROKES)
    )
    many = max(1, departure.size // 200)
    return float(np.median(np.partition(departure.ravel(), -many)[-many:]))


def light_on_dark(grey: np.ndarray) -> bool:
    """Whether the ink is lighter than its paper.

    Where dark and light share the picture, ink is what has the shape of strokes. Else ink covers less than
    paper, so the middle value of the neighbourhood is paper, and ink is what departs from it; the cube tells
    a few strong departures from many weak ones.
    """
    small = _shrunk(grey, COARSE)
    if sheet(small) is not None:
        return False
    between = threshold(small)
    light = small > between
    inner, largest = zip(_drawn(light), _drawn(~light), strict=True)
    blurred = (
        np.abs(small - between) < np.ptp(small) / 6
    ).mean()  # more where light falls than where ink ends
    inner = inner if blurred < BLURRED else (0, 0)
    largest = largest if blurred < 3 * BLURRED else (0, 0)
    for drawn in (inner, largest):
        if max(drawn) > MOSTLY and min(drawn) < 0.9 * max(drawn):
            return drawn[0] > drawn[1]
    if blurred < CLEAN and _border(light) > RIM:
        return False
    if min(small.shape) < 9:
        return float(((small - np.median(small)) ** 3).sum()) > 0
    around = ndimage.median_filter(small, max(3, max(small.shape) // 4))
    falls = ndimage.maximum_filter(around, 5) - ndimage.minimum_filter(around, 5)
    even = falls <= max(float(np.quantile(falls, 0.5)), EDGE)  # not at the edge of a shadow
    return float(((small - around)[even] ** 3).sum()) > 0


def _drawn(mask: np.ndarray) -> tuple[float, float]:
    """How much of it are strokes away from the picture's edge; how much is its largest stroke, where one
    digit fills the picture."""
    labels, parts = connected(mask)

    def slim(part: Part) -> bool:
        return stroke_width(part, labels) <= BLOT * part.longer

    inner = [
        part
        for part in parts
        if not touches(part, mask.shape) and 8 * part.longer > max(mask.shape) and slim(part)
    ]
    share, ink = mask.mean(), max(int(mask.sum()), 1)
    oblong = max(mask.shape) >= OBLONG * min(mask.shape)
    tight = LEAST_SHARE < share < 1 - LEAST_SHARE and _border(mask) < MOSTLY and not oblong
    outer = (part for part in parts if tight and touches(part, mask.shape) and slim(part))
    largest = max((part.area for part in outer), default=0)
    return sum(part.area for part in inner) / ink, largest / ink


def _border(mask: np.ndarray) -> float:
    """How much of the picture's edge it covers."""
    return float(np.concatenate([mask[0], mask[-1], mask[:, 0], mask[:, -1]]).mean())


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

    What closes over strokes follows a fall of light and a shadow with an edge. The mean of the paper around
    each place is taken.
    """
    small = _shrunk(grey, brightest=True)
    wide = max(3, round(max(small.shape) * STROKE))
    rough = ndimage.grey_closing(np.pad(small, wide, "edge"), wide)[wide:-wide, wide:-wide]
    shaded = rough
    if (ndimage.minimum_filter(rough, 2 * CORNERS + 1) < SHADED * rough).any():
        for _ in range(CORNERS):
            shaded = np.maximum(small, ndimage.minimum_filter(shaded, 3))
        rough = np.where(shaded < SHADED * rough, shaded, rough)
    brightest = float(np.quantile(rough, 0.97))
    if max(grey.shape) <= TINY:
        rough = np.full_like(rough, brightest)
    means = Image.fromarray(grey).resize(rough.shape[::-1], Image.Resampling.BOX)
    objects = _objects(np.asarray(means), rough, brightest)
    if objects.any() and not objects.all():
        places = ndimage.distance_transform_edt(objects, return_distances=False, return_indices=True)
        rough = rough[tuple(places)]
    lowest = ndimage.minimum_filter(rough, 3)
    rough = np.where(rough > STEEP * lowest, lowest, rough)  # where the light falls at once, no ink is seen
    rough = np.maximum(ndimage.gaussian_filter(rough, 0.5), 1 / 255)
    paper = ndimage.minimum_filter((small > 0.85 * rough).astype(np.float32), 3)
    if paper.mean() < 2 * SURE:
        paper[:] = 0  # too grainy to say
    sigma = max(small.shape) * SPREAD
    weight = ndimage.gaussian_filter(paper, sigma, mode="nearest")
    near = ndimage.gaussian_filter(paper * small / rough, sigma, mode="nearest")
    light = rough * (near + SURE) / (weight + SURE)
    enlarged = Image.fromarray(light).resize(grey.shape[::-1], Image.Resampling.BILINEAR)
    return np.clip(np.asarray(enlarged), 1 / 255, 1)


def _objects(small: np.ndarray, rough: np.ndarray, brightest: float) -> np.ndarray:
    """Where it is dark, but no shadow: it has an edge, and no ink is seen in it."""
    labels, count = ndimage.label(rough < DARKEST_SHADOW * brightest)
    objects = np.zeros(rough.shape, bool)
    if not count:
        return objects
    falls = ndimage.maximum_filter(rough, 7) / np.maximum(ndimage.minimum_filter(rough, 7), 1 / 255)
    for number in range(1, count + 1):
        region = labels == number
        if np.median(falls[region & ~ndimage.binary_erosion(region, border_value=1)]) < SHARP:
            continue
        inside = ndimage.binary_erosion(region, iterations=3, border_value=1)
        seen = (small < 0.6 * rough)[inside]
        if not seen.size or seen.mean() < 0.003:
            objects |= ndimage.binary_dilation(region, iterations=2)
    return objects


def _shrunk(grey: np.ndarray, side: int = SMALL, *, brightest: bool = False) -> np.ndarray:
    """The picture with a longer side of at most ``side``; ``brightest`` looks past thin strokes."""
    step = -(-max(grey.shape) // side)
    if step == 1:
        return grey
    picture = Image.fromarray(grey)
    if not brightest:
        return np.asarray(picture.reduce(step))
    fine = max(step // 2, 1)  # the mean of a few pixels first, so that noise isn't taken for light
    means = np.asarray(picture.reduce(fine))
    size = step // fine + 1
    brightest_near = ndimage.maximum_filter(means, size)
    return np.asarray(Image.fromarray(brightest_near).reduce(step // fine))
