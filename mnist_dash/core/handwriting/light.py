"""Paper that is lit unevenly -> how it would look in even light; and which grey is the ink.

Arrays are float32 (H, W). Grey values run from 0 (black) to 1 (white).
"""

import numpy as np
from PIL import Image
from scipy import ndimage

from mnist_dash.core.handwriting.around import closed, grown, highest, lowest, medians, opened
from mnist_dash.core.handwriting.parts import BLOT, TINY, Part, connected, stroke_width, touches
from mnist_dash.core.handwriting.ranks import median, quantile
from mnist_dash.core.handwriting.table import sheet, threshold

COARSE = 48  # longer side, in pixels, of the picture in which polarity is decided
FINE = 160  # and of that in which a colour channel is chosen
STROKES = 9  # of its pixels: wider than nearly every stroke
CLEARER = 3  # times as far as in grey, ink must stand out in a channel to be taken instead
SMALL = 160  # longer side, in pixels, of the picture in which the light is measured
SURE = 0.1  # of the surroundings: with less paper than this, they hardly tell its brightness
SPREAD = 1 / 12  # of the picture's side: how far around a stroke its paper is looked at
PLAIN = (0.4, 0.8)  # how bright paper is on which a lamp's reflection is seen
WHITE = 0.97  # how bright the reflection is, at least
SPOT = 0.2  # of the picture it covers, at most
LEFT = 1 / 8  # of the difference of ink and paper: what is left under it, at least, if it is to be seen
BLACK = 0.1  # how bright a black board is, at least
STROKE = 1 / 4  # of the picture's side: wider than nearly every stroke
DARKEST_SHADOW = 0.65  # of the light: what is darker is paper only if ink is seen on it
CORNERS = 10  # pixels by which a shadow is extended into corners that are too narrow for the closing
SHADED = 0.8  # times as bright as its surroundings: in shadow
SHARP = 1.12  # times as bright a few pixels on: the edge of an object
STEEP = 1.15  # times as bright beside it: the edge of a shadow
MOSTLY = 0.8  # of the ink must have the shape of strokes
EDGE = 0.1  # how much the light falls within a few pixels at a shadow's edge
LEAST_SHARE = 0.2  # of the picture is dark, and light, at least, where one digit is cut out tightly
BLURRED = 0.15  # of the picture, at most, is in between where there is only ink and paper
CLEAN = 0.03  # and this where a shape lies on otherwise empty paper
RIM = 0.88  # of the picture's edge is then light paper; a light shape on dark may be a note on a table
OBLONG = 3  # times as long as wide, it is no such picture


def grey_of(picture: Image.Image) -> Image.Image:
    """Red, green and blue weighed as the eye does, or the one channel that shows ink far better."""
    grey = picture.convert("L")
    if picture.mode != "RGB":
        return grey
    step = max(1, -(-max(grey.size) // FINE))
    small, *channels = (np.asarray(c.reduce(step), np.float32) for c in (grey, *picture.split()))
    spans = [float(np.ptp(c - small)) for c in channels]
    if not any(spans):
        return grey
    clear = CLEARER * _separation(small)
    # a channel can separate them better than grey only by as much as it differs from grey
    apart = [
        _separation(c) if CLEARER * span > (CLEARER - 1) * clear else 0
        for c, span in zip(channels, spans, strict=True)
    ]
    best = int(np.argmax(apart))
    return picture.getchannel(best) if apart[best] > clear else grey


def _separation(small: np.ndarray) -> float:
    """How far strokes stand out from what lies around them."""
    departure = np.maximum(closed(small, STROKES) - small, small - opened(small, STROKES))
    many = max(1, departure.size // 200)
    return median(np.partition(departure.ravel(), -many)[-many:])


def light_on_dark(grey: np.ndarray) -> bool:
    """Whether the ink is lighter than its paper.

    If the dark or the light pixels have the shape of strokes, they are the ink. Otherwise ink covers less
    than paper, so the median of a neighbourhood is paper, and ink is what departs from it; cubing favours a
    few strong departures over many weak ones.
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
        return float(((small - median(small)) ** 3).sum()) > 0
    around = medians(small, max(3, max(small.shape) // 4))
    falls = highest(around, 5) - lowest(around, 5)
    even = falls <= max(median(falls), EDGE)  # away from the edges of shadows
    return float(((small - around)[even] ** 3).sum()) > 0


def _drawn(mask: np.ndarray) -> tuple[float, float]:
    """Which share of it are strokes away from the picture's edge, and which its largest stroke, if one digit
    fills the picture."""
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
    """Which share of the picture's edge it covers."""
    return float(np.concatenate([mask[0], mask[-1], mask[:, 0], mask[:, -1]]).mean())


def evened(dark: np.ndarray, *, light_ink: bool) -> np.ndarray:
    """What the paper and its ink would look like in even light: dark ink on paper that is 1.

    dark: the picture with its ink dark, so inverted if ``light_ink``. Light multiplies, so dark ink and its
    paper are divided by the brightness of the paper, and light ink by that of the board.
    """
    paper = paper_light(dark)
    if not light_ink:
        even, stronger = dark / paper, _under_glare(paper)
        return even if stronger is None else 1 - (1 - even) * stronger
    contrast = (paper - dark) / (1 - paper + BLACK)
    return 1 - contrast / max(float(contrast.max()), 1)


def _under_glare(paper: np.ndarray) -> np.ndarray | None:
    """How many times as strong the ink is as it looks, (H, W), where a lamp is reflected; None if none is.

    Where the reflection takes ink and paper the share s of their way to white, their difference is 1 - s of
    what it was.
    """
    coarse = paper[::4, ::4]
    usual = median(coarse)
    spot = float((coarse > (1 + usual) / 2).mean())
    if not PLAIN[0] < usual < PLAIN[1] or not 0 < spot < SPOT or coarse.max() < WHITE:
        return None
    left = np.clip((1 - paper) / (1 - usual), LEFT, 1)
    return np.maximum(paper, usual) / usual / left


def paper_light(grey: np.ndarray) -> np.ndarray:
    """How bright the paper is at each place, also under the dark ink: float32 (H, W).

    A closing removes the strokes, but keeps gradients of light and the edges of shadows. It is then corrected
    by the mean of the paper around each place.
    """
    small = _shrunk(grey, brightest=True)
    wide = max(3, round(max(small.shape) * STROKE))
    rough = closed(np.pad(small, wide, "edge"), wide)[wide:-wide, wide:-wide]
    tiny = max(grey.shape) <= TINY
    if not tiny and (lowest(rough, 2 * CORNERS + 1) < SHADED * rough).any():
        shaded = rough
        for _ in range(CORNERS):
            shaded = np.maximum(small, lowest(shaded, 3))
        rough = np.where(shaded < SHADED * rough, shaded, rough)
    brightest = quantile(rough, 0.97)
    if tiny:
        rough = np.full_like(rough, brightest)
    means = Image.fromarray(grey).resize(rough.shape[::-1], Image.Resampling.BOX)
    objects = _objects(np.asarray(means), rough, brightest)
    if objects.any() and not objects.all():
        places = ndimage.distance_transform_edt(objects, return_distances=False, return_indices=True)
        rough = rough[tuple(places)]
    darker = lowest(rough, 3)
    rough = np.where(rough > STEEP * darker, darker, rough)  # else a sudden fall of light would pass for ink
    rough = np.maximum(ndimage.gaussian_filter(rough, 0.5), 1 / 255)
    paper = lowest((small > 0.85 * rough).astype(np.float32), 3)
    if paper.mean() < 2 * SURE:
        paper[:] = 0  # too grainy to say
    correction = (_spread(paper * small / rough) + SURE) / (_spread(paper) + SURE)
    light = rough * _enlarged(correction, rough.shape)
    return np.clip(_enlarged(light, grey.shape), 1 / 255, 1)


def _enlarged(values: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    return np.asarray(Image.fromarray(values).resize(shape[::-1], Image.Resampling.BILINEAR))


def _spread(values: np.ndarray) -> np.ndarray:
    """The mean around each place, in a picture of half the size."""
    coarse = np.asarray(Image.fromarray(values).reduce(2)) if max(values.shape) > SMALL / 2 else values
    return ndimage.gaussian_filter(coarse, max(coarse.shape) * SPREAD, mode="nearest")


def _objects(small: np.ndarray, rough: np.ndarray, brightest: float) -> np.ndarray:
    """What is dark but no shadow: it has a sharp edge, and no ink is seen in it."""
    labels, count = ndimage.label(rough < DARKEST_SHADOW * brightest)
    objects = np.zeros(rough.shape, bool)
    if not count:
        return objects
    falls = highest(rough, 7) / np.maximum(lowest(rough, 7), 1 / 255)
    for number in range(1, count + 1):
        region = labels == number
        if median(falls[region & ~ndimage.binary_erosion(region, border_value=1)]) < SHARP:
            continue
        inside = ndimage.binary_erosion(region, iterations=3, border_value=1)
        seen = (small < 0.6 * rough)[inside]
        if not seen.size or seen.mean() < 0.003:
            objects |= grown(region, 2)
    return objects


def _shrunk(grey: np.ndarray, side: int = SMALL, *, brightest: bool = False) -> np.ndarray:
    """The picture with a longer side of at most ``side``; ``brightest`` looks past thin strokes."""
    step = -(-max(grey.shape) // side)
    if step == 1:
        return grey
    picture = Image.fromarray(grey)
    if not brightest:
        return np.asarray(picture.reduce(step))
    fine = max(step // 2, 1)  # first the mean of a few pixels, so that noise isn't taken for light
    means = np.asarray(picture.reduce(fine))
    size = step // fine + 1
    brightest_near = highest(means, size)
    return np.asarray(Image.fromarray(brightest_near).reduce(step // fine))
