"""Numbers of any scale and shape -> images as the house keeps them: uint8 (N, H, W), 0 paper, 255 ink."""

import math
from collections.abc import Iterator

import numpy as np
from PIL import Image

from mnist_dash.core.datasets.errors import DatasetError
from mnist_dash.core.datasets.limits import SIDES
from mnist_dash.core.datasets.parts import Part

AT_ONCE = 4096  # images
SCALES = ((0, 1), (0, 16), (-1, 1), (0, 255))
LIGHT = 170  # of 255: paper that is lighter is no ink
GREY = "Colour became grey."
Size = tuple[int, int]
Scale = tuple[int, int]


def to_images(parts: list[Part]) -> list[str]:
    """What is no picture yet becomes one, uint8 (N, H, W), all on one scale. Returns what to say about it.

    Raises DatasetError when they are not on a scale that is known, or do not make images.
    """
    notes, parts = [], [part for part in parts if not part.pictures]
    if not parts:
        return notes
    lows, highs = [], []
    for part in parts:
        part.images, colour = grey(part)
        if colour:
            notes.append(GREY)
        low, high = range_of(part)
        lows.append(low)
        highs.append(high)
    scale, said = scale_of(min(lows), max(highs), parts[0].file)
    for part in parts:
        part.images = stretched(part.images, scale)
    return list(dict.fromkeys(notes + said))


def scale_of(low: float, high: float, file: str) -> tuple[Scale, list[str]]:
    """The scale on which numbers from low to high lie, and what to say about it. Raises DatasetError."""
    if low == high:
        raise DatasetError(f"{file} has the same value, {low:g}, in every pixel: nothing is written there")
    scale = next((each for each in SCALES if each[0] <= low + 1e-3 and high <= each[1] + 1e-3), None)
    if scale is None:
        raise DatasetError(
            f"{file} has pixels from {low:,.4g} to {high:,.4g}: "
            "scale them to 0 to 1, 0 to 16, -1 to 1 or 0 to 255"
        )
    whole = scale == (0, 255)
    return scale, [] if whole else [f"Pixels ran from {scale[0]} to {scale[1]}: stretched to 0 to 255."]


def narrow(values: np.ndarray) -> np.ndarray:
    """The same numbers as bytes if bytes hold them, else as float32."""
    if values.dtype == np.uint8 or values.dtype == np.float32:
        return values
    if values.dtype == np.bool_ or (values.dtype.kind in "iu" and values.size and _are_bytes(values)):
        return values.astype(np.uint8)
    with np.errstate(over="ignore"):  # what is too large is infinite, and refused as that
        return values.astype(np.float32)


def _are_bytes(values: np.ndarray) -> bool:
    return values.min() >= 0 and values.max() <= 255


def grey(part: Part) -> tuple[np.ndarray, bool]:
    """(N, H, W), on the scale that they have, and whether they were in colour. Raises DatasetError."""
    images = _as_pictures(part)
    return (_grey(images), True) if images.ndim == 4 else (images, False)


def _as_pictures(part: Part) -> np.ndarray:
    """(N, H, W), or in colour (N, H, W, 3), without copying."""
    images = part.images
    if images.dtype.kind not in "buif":
        raise DatasetError(f"{part.file} holds no numbers but {images.dtype}: save the pixels as numbers")
    if images.ndim == 2:
        shape = square(images.shape[1])
        if shape is None:
            raise DatasetError(
                f"{part.file} has {images.shape[1]:,} pixels an image, which make no square: "
                "give the images height by width"
            )
        images = images.reshape(len(images), *shape)
    if images.ndim == 4 and images.shape[1] in (1, 3) and images.shape[3] not in (1, 3):
        images = images.transpose(0, 2, 3, 1)
    if images.ndim == 4 and images.shape[3] == 1:
        images = images[..., 0]
    if images.ndim not in (3, 4) or (images.ndim == 4 and images.shape[3] != 3):
        raise DatasetError(
            f"{part.file} has the shape {' × '.join(map(str, part.images.shape))}: "
            "images are (N, H, W), or in colour (N, H, W, 3)"
        )
    if not len(images):
        raise DatasetError(f"{part.file} holds no image: give at least two of each class")
    return images


def square(pixels: int) -> tuple[int, ...] | None:
    """The shape of an image that lies in one row: (H, H), or in colour (3, H, H)."""
    side, side_of_colour = math.isqrt(pixels), math.isqrt(pixels // 3)
    if side * side == pixels and side >= SIDES[0]:
        return side, side
    if 3 * side_of_colour**2 == pixels and side_of_colour >= SIDES[0]:
        return 3, side_of_colour, side_of_colour
    return None


def check_size(height: int, width: int, file: str) -> None:
    """Raises DatasetError when images of this size are no images for a lesson."""
    if height not in SIDES or width not in SIDES:
        raise DatasetError(
            f"{file} has images of {height} × {width} pixels: {SIDES[0]} × {SIDES[0]} to "
            f"{SIDES[-1]} × {SIDES[-1]} can be shown, or give size=28 to have them resized"
        )


def _grey(images: np.ndarray) -> np.ndarray:
    """The luma of ITU-R 601, rounded as Pillow does for bytes."""
    grey = np.empty(images.shape[:3], np.uint8 if images.dtype == np.uint8 else np.float32)
    for some in _some(len(images)):
        if images.dtype == np.uint8:
            grey[some] = (images[some].astype(np.uint32) @ np.uint32((19595, 38470, 7471)) + 0x8000) >> 16
        else:
            grey[some] = images[some].astype(np.float64) @ (0.299, 0.587, 0.114)
    return grey


def range_of(part: Part) -> tuple[float, float]:
    """The lowest and the highest value, of images (N, H, W). Raises DatasetError when one is no number."""
    lows, highs = [], []
    for some in _some(len(part.images)):
        images = part.images[some]
        low, high = images.min(), images.max()
        if not np.isfinite(low) or not np.isfinite(high):
            place = tuple(int(axis[0]) for axis in np.nonzero(~np.isfinite(images)))
            number = part.before + some.start + place[0] + 1
            raise DatasetError(
                f"{part.file} has a pixel that is no number in image {number:,}, "
                f"row {place[1] + 1}, column {place[2] + 1}: replace it by a number"
            )
        lows.append(float(low))
        highs.append(float(high))
    return min(lows), max(highs)


def stretched(images: np.ndarray, scale: Scale) -> np.ndarray:
    """From that scale to uint8, 0 to 255."""
    low, high = scale
    if images.dtype == np.uint8 and scale == (0, 255):
        return np.ascontiguousarray(images)
    found = np.empty(images.shape, np.uint8)
    for some in _some(len(images)):
        values = (images[some].astype(np.float64) - low) * (255 / (high - low))
        found[some] = values.round().clip(0, 255)
    return found


def _some(count: int) -> Iterator[slice]:
    for first in range(0, count, AT_ONCE):
        yield slice(first, min(first + AT_ONCE, count))


def light_edges(images: np.ndarray) -> tuple[int, int]:
    """How many pixels along the edges are light, and how many there are: (N, H, W).

    Where most of them are light, ink is dark.
    """
    edges = (images[:, 0], images[:, -1], images[:, :, 0], images[:, :, -1])
    return sum(int((edge >= LIGHT).sum()) for edge in edges), sum(edge.size for edge in edges)


def resized(image: Image.Image, size: Size) -> Image.Image:
    """size: (H, W). Each new pixel is the mean of the old ones under it, or lies between those beside it."""
    return image.resize(size[::-1], Image.Resampling.BILINEAR)


def all_resized(images: np.ndarray, size: Size) -> np.ndarray:
    """uint8 (N, H, W) -> (N, *size)."""
    return np.stack([np.asarray(resized(Image.fromarray(image), size)) for image in images])
