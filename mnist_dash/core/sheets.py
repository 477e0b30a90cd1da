"""A small image on a sheet of paper, scanned or photographed: what ``handwriting`` is measured on.

Everything random comes from the generator that is passed in, so a sheet can be made again. Knows nothing
about reading.
"""

import io
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from torch import Tensor

from mnist_dash.core.handwriting.files import ORIENTATION

SIZES = (60, 300)  # of the digit's 28 x 28 on the sheet, in pixels
LARGEST = 700  # side of a sheet, in pixels
INKS = ((20, 20, 24), (24, 40, 130), (190, 30, 40))  # black, blue, red
TURNS = {  # how a picture lies in the file -> what the tag says
    None: 1,
    Image.Transpose.ROTATE_90: 6,
    Image.Transpose.ROTATE_180: 3,
    Image.Transpose.ROTATE_270: 8,
}


def enlarged(digit: Tensor, side: int) -> Image.Image:
    """A digit, uint8 (28, 28), 255 = ink, smoothly enlarged to ``side`` pixels, the longer of its sides."""
    height, width = (max(1, round(side * length / max(digit.shape))) for length in digit.shape)
    return Image.fromarray(digit.numpy()).resize((width, height), Image.Resampling.BICUBIC)


def coverage(
    digit: Tensor,
    generator: np.random.Generator,
    *,
    draw: Callable[[Tensor, int], Image.Image] = enlarged,
    sizes: tuple[int, int] = SIZES,
    largest: int = LARGEST,
) -> Image.Image:
    """Where the ink is, 255 = ink: a digit, uint8 (28, 28), at a random size and place on a sheet."""
    side = int(generator.integers(*sizes, endpoint=True))
    width, height = (int(generator.integers(side, largest, endpoint=True)) for _ in range(2))
    place = (int(generator.integers(width - side + 1)), int(generator.integers(height - side + 1)))
    sheet = Image.new("L", (width, height))
    sheet.paste(draw(digit, side), place)
    return sheet


def scan(ink: Image.Image, *, light_on_dark: bool = False) -> Image.Image:
    """Black on white, or white on black: grey, the size of ``ink``."""
    return ink if light_on_dark else ImageChops.invert(ink)


def photograph(
    ink: Image.Image,
    generator: np.random.Generator,
    *,
    light_on_dark: bool = False,
    ruling: str | None = None,
) -> Image.Image:
    """A photo of the sheet: RGB, a JPEG of quality 70, as often as not with an EXIF turn.

    Pen in black, blue or red on grey paper (or chalk on a board), tilted by up to 5 degrees, lit unevenly
    down to half, slightly blurred, with dust and noise. ruling: None, "ruled" or "squared" paper, its lines a
    quarter to a half as strong as the ink.
    """
    tone = generator.uniform(0.05, 0.2) if light_on_dark else generator.uniform(0.6, 0.95)
    paper = 255 * tone * generator.uniform(0.95, 1, 3)
    pen = np.full(3, generator.uniform(190, 245)) if light_on_dark else np.array(generator.choice(INKS))
    tilt = generator.uniform(-5, 5)
    amount = _tilted(ImageChops.lighter(ink, _dust(ink.size, generator)), tilt)
    if ruling:
        lines = _ruling(ink.size, generator, squared=ruling == "squared")
        paper = paper + (pen - paper) * _tilted(lines, tilt) * generator.uniform(0.25, 0.5)
    light = _light(amount.shape[:2], generator)[..., None]
    scene = np.clip((paper + (pen - paper) * amount) * light, 0, 255).astype(np.uint8)
    photo = Image.fromarray(scene).filter(ImageFilter.GaussianBlur(generator.uniform(0.4, 1.2)))
    noise = generator.normal(0, generator.uniform(2, 8), scene.shape)
    photo = Image.fromarray(np.clip(np.asarray(photo) + noise, 0, 255).astype(np.uint8))
    turn = list(TURNS)[generator.integers(len(TURNS))]
    exif = Image.Exif()
    exif[ORIENTATION] = TURNS[turn]
    file = io.BytesIO()
    (photo if turn is None else photo.transpose(turn)).save(file, "JPEG", quality=70, exif=exif)
    return Image.open(file)


def _tilted(ink: Image.Image, degrees: float) -> np.ndarray:
    """How much of each pixel is ink: float32 (H, W, 1) in [0, 1]."""
    return np.asarray(ink.rotate(degrees, Image.Resampling.BICUBIC), np.float32)[..., None] / 255


def _dust(size: tuple[int, int], generator: np.random.Generator) -> Image.Image:
    """Up to five specks, a pixel or two wide."""
    dust = Image.new("L", size)
    draw = ImageDraw.Draw(dust)
    for _ in range(int(generator.integers(6))):
        x, y, wide = generator.uniform(0, size[0]), generator.uniform(0, size[1]), generator.uniform(0, 2)
        draw.ellipse((x, y, x + wide, y + wide), fill=255)
    return dust


def _light(shape: tuple[int, int], generator: np.random.Generator) -> np.ndarray:
    """From 1 down to a half, falling off in one direction or away from one place: float32 (H, W)."""
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    y, x = y / shape[0] - generator.uniform(), x / shape[1] - generator.uniform()
    turn = generator.uniform(0, 2 * np.pi)
    fall = np.hypot(x, y) if generator.uniform() < 0.5 else x * np.cos(turn) + y * np.sin(turn)
    fall = (fall - fall.min()) / max(np.ptp(fall), 1e-6)
    return 1 - generator.uniform(0.2, 0.5) * fall


def _ruling(size: tuple[int, int], generator: np.random.Generator, *, squared: bool) -> Image.Image:
    lines = Image.new("L", size)
    draw = ImageDraw.Draw(lines)
    gap, wide = int(generator.integers(25, 60)), int(generator.integers(1, 3))
    for y in range(int(generator.integers(gap)), size[1], gap):
        draw.line((0, y, size[0], y), fill=255, width=wide)
    for x in range(int(generator.integers(gap)), size[0], gap if squared else size[0]):
        draw.line((x, 0, x, size[1]), fill=255, width=wide)  # ruled paper has one: its margin
    return lines


def small_photo(digit: Tensor, number: int) -> Image.Image:
    """A photo of this digit, uint8 (28, 28), of at most 160 x 160 pixels, or twice the side of a larger one.

    In one of three with light ink, of the others in one of two on ruled or squared paper.

    The same number makes the same sheet again. Small, so that hundreds are read in a few seconds.
    """
    generator = np.random.default_rng(number)
    least, most = (max(side, *digit.shape) for side in (40, 80))
    ink = coverage(digit, generator, sizes=(least, most), largest=2 * most)
    kind = generator.integers(6)
    ruling = {2: "ruled", 3: "squared"}.get(kind)
    return photograph(ink, generator, light_on_dark=kind < 2, ruling=ruling)
