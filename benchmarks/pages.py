"""Pages and pictures like those that people bring, and how well the digits on them are found.

Each kind in ``KINDS`` is made from a few digits of MNIST and a generator, so that it can be made again. Knows
nothing about classifying.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from scipy import ndimage

Box = tuple[int, int, int, int]  # left, top, right, bottom
PAPERS = (215, 252)  # grey values of paper
PENS = (10, 60)  # grey values of what is written on it
TABLES = (35, 75)


@dataclass(frozen=True)
class Page:
    """boxes: where each digit is, in reading order."""

    picture: Image.Image
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True)
class Kind:
    """make: the coverages of some digits (mode L) and a generator -> Page.

    digits: how many, at least and at most. side: of each coverage, in pixels.
    """

    make: Callable[[Sequence[Image.Image], np.random.Generator], Page]
    digits: tuple[int, int] = (1, 1)
    side: int = 112


def written(ink: Image.Image, *, paper: float, pen: float | np.ndarray) -> np.ndarray:
    """Coverage, L -> grey values, float (H, W)."""
    return paper + (pen - paper) * (np.asarray(ink, float) / 255)


def picture(
    grey: np.ndarray, generator: np.random.Generator, *, blur: float = 0.6, noise: float = 2
) -> Image.Image:
    """What a camera makes of these grey values or colours."""
    soft = ndimage.gaussian_filter(grey, [blur, blur, 0][: grey.ndim])
    grainy = soft + generator.normal(0, noise, grey.shape)
    return Image.fromarray(np.clip(grainy, 0, 255).astype(np.uint8))


def sized(digit: Image.Image, side: int) -> Image.Image:
    """The digit cut to its ink and scaled to this height."""
    cut = digit.crop(digit.point(lambda value: 255 * (value > 100)).getbbox())
    return cut.resize((max(2, round(cut.width * side / cut.height)), side), Image.Resampling.BICUBIC)


def put(sheet: Image.Image, digit: Image.Image, left: int, top: int) -> Box:
    """Write the digit onto the coverage of a sheet."""
    box = (left, top, left + digit.width, top + digit.height)
    sheet.paste(ImageChops.lighter(sheet.crop(box), digit), box)
    return box


def row(
    sheet: Image.Image,
    digits: Sequence[Image.Image],
    generator: np.random.Generator,
    *,
    left: int,
    bottom: int,
    side: int,
    climb: float = 0,
    gap: float = 0.45,
) -> list[Box]:
    boxes = []
    for digit in digits:
        small = sized(digit, round(side * generator.uniform(0.85, 1.1)))
        boxes.append(put(sheet, small, left, round(bottom - climb * left) - small.height))
        left += small.width + round(side * gap * generator.uniform(0.7, 1.3))
    return boxes


def greys(generator: np.random.Generator) -> dict[str, float]:
    return {"paper": generator.uniform(*PAPERS), "pen": generator.uniform(*PENS)}


def side_of(generator: np.random.Generator) -> int:
    return int(generator.integers(36, 70))


def one(digits: Sequence[Image.Image], generator: np.random.Generator, side: int = 280) -> tuple:
    """A sheet with one digit near its middle."""
    small = sized(digits[0], round(side * generator.uniform(0.35, 0.6)))
    sheet = Image.new("L", (side, side))
    left, top = (
        (side - length) // 2 + int(generator.integers(-side // 12, side // 12)) for length in small.size
    )
    return sheet, put(sheet, small, left, top)


# -- ruling and frames ------------------------------------------------------------------------------


def form(digits: Sequence[Image.Image], generator: np.random.Generator) -> Page:
    """A frame for each digit, printed in dark ink: closed, or open at the top like a comb."""
    side = side_of(generator)
    wide, high = round(side * generator.uniform(1.2, 1.6)), round(side * generator.uniform(1.35, 1.7))
    line, margin = int(generator.integers(1, 4)), int(generator.integers(4, 40))
    apart = int(generator.integers(5, 20)) if generator.uniform() < 0.3 else 0
    step = wide + apart
    sheet = Image.new("L", (2 * margin + len(digits) * step + line, 2 * margin + high + line))
    frame = sheet.copy()
    draw = ImageDraw.Draw(frame)
    boxes = []
    for number, digit in enumerate(digits):
        x, y = margin + number * step, margin
        draw.rectangle((x, y, x + wide, y + high), outline=255, width=line)
        small = sized(digit, side)
        small = small if small.width < wide - 8 else small.resize((wide - 8, side))
        left = x + (wide - small.width) // 2 + int(generator.integers(-2, 3))
        low = high - side if generator.uniform() < 0.15 else (high - side) // 2  # it touches the frame
        boxes.append(put(sheet, small, left, y + low + int(generator.integers(-2, 3))))
    colours = greys(generator)
    grey = written(sheet, **colours)
    printed = generator.uniform(20, 110)
    grey = np.minimum(grey, written(frame, paper=colours["paper"], pen=printed))
    return Page(picture(grey, generator), tuple(boxes))


def grid(digits: Sequence[Image.Image], generator: np.random.Generator) -> Page:
    """A table with some of its cells filled in, thick lines around blocks, photographed at a slight tilt."""
    side = int(generator.integers(30, 44))
    cell, many = round(side * generator.uniform(1.35, 1.6)), 6
    margin = int(generator.integers(6, 40))
    length = many * cell + 2 * margin + 4
    sheet, frame = Image.new("L", (length, length)), Image.new("L", (length, length))
    draw = ImageDraw.Draw(frame)
    for number in range(many + 1):
        at, wide = margin + number * cell, 4 if number % 3 == 0 else int(generator.integers(1, 3))
        draw.line((at, margin, at, margin + many * cell), fill=255, width=wide)
        draw.line((margin, at, margin + many * cell, at), fill=255, width=wide)
    places = np.sort(generator.choice(many * many, len(digits), replace=False))
    boxes = []
    for place, digit in zip(places, digits, strict=True):
        y, x = (margin + int(at) * cell for at in divmod(place, many))
        small = sized(digit, side)
        small = small if small.width < cell - 8 else small.resize((cell - 8, side))
        boxes.append(put(sheet, small, x + (cell - small.width) // 2, y + (cell - side) // 2))
    colours = greys(generator)
    both = ImageChops.lighter(sheet, frame.point(lambda value: round(value * 0.85)))
    tilt = generator.uniform(-1.5, 1.5)
    both = both.rotate(tilt, Image.Resampling.BICUBIC)
    boxes = [turned(box, tilt, length) for box in boxes]
    return Page(picture(written(both, **colours), generator), tuple(boxes))


def turned(box: Box, degrees: float, side: int) -> Box:
    """The box after the page was turned: the same size, around its new centre."""
    left, top, right, bottom = box
    angle, half = np.deg2rad(degrees), side / 2
    x, y = (left + right) / 2 - half, (top + bottom) / 2 - half
    across = x * np.cos(angle) + y * np.sin(angle) + half - (left + right) / 2
    down = -x * np.sin(angle) + y * np.cos(angle) + half - (top + bottom) / 2
    return tuple(round(at + by) for at, by in zip(box, (across, down) * 2, strict=True))


def dark_ruling(digits: Sequence[Image.Image], generator: np.random.Generator) -> Page:
    """Lines as dark as the ink; the digits stand on them or cross them."""
    side = side_of(generator)
    gap, line = round(side * generator.uniform(0.7, 1.8)), int(generator.integers(1, 4))
    width, height = len(digits) * round(1.35 * side) + 60, round(3.2 * side)
    sheet, lines = Image.new("L", (width, height)), Image.new("L", (width, height))
    bottom = int(generator.integers(round(1.8 * side), round(2.3 * side)))
    for y in range(bottom % gap, height, gap):
        ImageDraw.Draw(lines).line((0, y, width, y), fill=255, width=line)
    boxes = row(sheet, digits, generator, left=25, bottom=bottom + int(generator.integers(-6, 8)), side=side)
    lines = lines.rotate(generator.uniform(-1.5, 1.5), Image.Resampling.BICUBIC, expand=False)
    ink = ImageChops.lighter(sheet, lines.point(lambda value: round(value * 0.9)))
    return Page(picture(written(ink, **greys(generator)), generator), tuple(boxes))


def cell(digits: Sequence[Image.Image], generator: np.random.Generator) -> Page:
    """One digit in one frame."""
    side = int(generator.integers(110, 260))
    sheet, box = one(digits, generator, side)
    left, top = min(box[0], side - box[2]), min(box[1], side - box[3])
    inner = max(2, min(left, top) - int(generator.integers(4, 20)))
    draw, line = ImageDraw.Draw(sheet), max(1, round(side * generator.uniform(0.008, 0.02)))
    draw.rectangle((inner, inner, side - inner, side - inner), outline=255, width=line)
    return Page(picture(written(sheet, **greys(generator)), generator), (box,))


# -- pens -------------------------------------------------------------------------------------------


def lighter_pen(digits: Sequence[Image.Image], generator: np.random.Generator) -> Page:
    """A row whose second half is written with 45 % of the ink."""
    side = side_of(generator)
    width, height = len(digits) * round(1.4 * side) + 60, 3 * side
    sheet, faint = Image.new("L", (width, height)), Image.new("L", (width, height))
    boxes = row(sheet, digits, generator, left=25, bottom=2 * side, side=side)
    middle = boxes[len(boxes) // 2][0] - 2
    faint.paste(sheet.crop((middle, 0, width, height)).point(lambda value: round(0.45 * value)), (middle, 0))
    sheet.paste(0, (middle, 0, width, height))
    ink = ImageChops.lighter(sheet, faint)
    return Page(picture(written(ink, **greys(generator)), generator), tuple(boxes))


def pencil(digits: Sequence[Image.Image], generator: np.random.Generator) -> Page:
    """Uneven pressure: from a third of the ink to all of it."""
    sheet, box = one(digits, generator)
    pressure = ndimage.gaussian_filter(generator.normal(0, 1, (280, 280)), 28)
    pressure = (pressure - pressure.min()) / np.ptp(pressure)
    amount = Image.fromarray((np.asarray(sheet) * (0.3 + 0.7 * pressure)).astype(np.uint8))
    pen = {"paper": generator.uniform(*PAPERS), "pen": generator.uniform(60, 110)}
    return Page(picture(written(amount, **pen), generator, noise=3), (box,))


def coloured(digits: Sequence[Image.Image], generator: np.random.Generator) -> Page:
    """A pen and a paper of different colours but nearly the same grey."""
    pairs = [
        ((200, 200, 200), (232, 214, 40)),
        ((196, 60, 50), (40, 135, 60)),
        ((120, 170, 200), (240, 140, 150)),
        ((170, 190, 120), (240, 165, 60)),
    ]
    paper, pen = (np.array(c, float) for c in pairs[generator.integers(len(pairs))])
    sheet, box = one(digits, generator, 220)
    amount = np.asarray(sheet, float)[..., None] / 255
    return Page(picture(paper + (pen - paper) * amount, generator), (box,))


def transparent(digits: Sequence[Image.Image], generator: np.random.Generator) -> Page:
    """White ink on nothing at all."""
    sheet, box = one(digits, generator, 160)
    white = Image.new("RGBA", sheet.size, (255, 255, 255, 0))
    white.putalpha(sheet)
    return Page(white, (box,))


# -- light, tables, thumbs --------------------------------------------------------------------------


def grid_of(side: int) -> tuple[np.ndarray, np.ndarray]:
    y, x = np.mgrid[:side, :side].astype(float) / side
    return y, x


def glare(digits: Sequence[Image.Image], generator: np.random.Generator) -> Page:
    sheet, box = one(digits, generator)
    y, x = grid_of(280)
    at = generator.uniform(0.1, 0.9, 2)
    shine = np.exp(-((y - at[0]) ** 2 + (x - at[1]) ** 2) / generator.uniform(0.1, 0.2) ** 2)
    grey = written(sheet, paper=generator.uniform(130, 170), pen=generator.uniform(40, 70))
    return Page(picture(grey + (255 - grey) * shine, generator), (box,))


def shadow(digits: Sequence[Image.Image], generator: np.random.Generator) -> Page:
    """A shadow with a sharp edge, across the digit."""
    sheet, box = one(digits, generator)
    y, x = grid_of(280)
    turn = generator.uniform(0, 2 * np.pi)
    across = (x - 0.5) * np.cos(turn) + (y - 0.5) * np.sin(turn) + generator.uniform(-0.15, 0.15)
    light = np.where(across > 0, generator.uniform(0.35, 0.6), 1)
    grey = written(sheet, paper=generator.uniform(*PAPERS), pen=generator.uniform(25, 50))
    return Page(picture(grey * light, generator), (box,))


def wood(shape: tuple[int, int], generator: np.random.Generator) -> np.ndarray:
    grain = ndimage.gaussian_filter(generator.normal(0, 1, shape), (0.7, 14))
    return generator.uniform(*TABLES) + 7 * grain / grain.std()


def on_table(note: np.ndarray, side: int, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """A tilted note on a table: the grey values, and the note's tilt and place."""
    tilt = generator.uniform(-6, 6)
    at = tuple(
        (side - length) // 2 + int(generator.integers(-side // 16, side // 16)) for length in note.shape
    )
    scene, where = wood((side, side), generator), np.zeros((side, side))
    sheet = np.zeros((side, side))
    window = tuple(slice(start, start + length) for start, length in zip(at, note.shape, strict=True))
    sheet[window], where[window] = note, 1
    tilted = [
        np.asarray(Image.fromarray(a.astype(np.float32)).rotate(tilt, Image.Resampling.BILINEAR))
        for a in (sheet, where)
    ]
    covered = tilted[1]
    fall = ndimage.shift(covered, (4, 4))
    scene = scene * (1 - 0.4 * np.clip(ndimage.gaussian_filter(fall, 4), 0, 1))
    return scene * (1 - covered) + tilted[0], np.array([tilt, at[1], at[0]])


def _sheet_on_table(
    digits: Sequence[Image.Image], generator: np.random.Generator, share: tuple[float, float]
) -> Page:
    side = 280
    length = round(side * generator.uniform(*share))
    sheet, box = one(digits, generator, length)
    note = written(sheet, paper=generator.uniform(*PAPERS), pen=generator.uniform(*PENS))
    scene, (tilt, left, top) = on_table(note, side, generator)
    box = tuple(int(at + by) for at, by in zip(box, (left, top) * 2, strict=True))
    return Page(picture(scene, generator), (turned(box, tilt, side),))


def note_on_table(digits: Sequence[Image.Image], generator: np.random.Generator) -> Page:
    return _sheet_on_table(digits, generator, (0.28, 0.45))


def sheet_on_table(digits: Sequence[Image.Image], generator: np.random.Generator) -> Page:
    return _sheet_on_table(digits, generator, (0.55, 0.8))


def with_thumb(grey: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """A thumb at the edge of the picture."""
    side = len(grey)
    y, x = grid_of(side)
    along, radius = generator.uniform(0.05, 0.95), generator.uniform(0.12, 0.2)
    places = [(along, 1.02), (along, -0.02), (1.02, along), (-0.02, along)]
    at = places[generator.integers(4)]
    far = np.hypot(y - at[0], x - at[1]) / radius
    thumb = generator.uniform(70, 120) + 15 * np.clip(far, 0, 1)
    return np.where(far < 1, thumb, grey)


def thumb(digits: Sequence[Image.Image], generator: np.random.Generator) -> Page:
    sheet, box = one(digits, generator)
    pen = generator.uniform(90, 150) if generator.uniform() < 0.5 else generator.uniform(*PENS)
    grey = written(sheet, paper=generator.uniform(*PAPERS), pen=pen)
    return Page(picture(with_thumb(grey, generator), generator, blur=1), (box,))


# -- lines ------------------------------------------------------------------------------------------


def climbing(digits: Sequence[Image.Image], generator: np.random.Generator) -> Page:
    """Two or three lines of digits that slope up or down."""
    side = side_of(generator)
    many = 5
    rows = [digits[start : start + many] for start in range(0, len(digits), many)]
    climb = generator.choice([-1, 1]) * generator.uniform(0.05, 0.2)
    width = many * round(1.75 * side) + 80
    rise = round(abs(climb) * width)
    sheet = Image.new("L", (width, round(len(rows) * 1.7 * side) + rise + side))
    boxes = []
    for number, some in enumerate(rows):
        bottom = round((number + 1) * 1.6 * side) + (rise if climb > 0 else 0)
        boxes += row(sheet, some, generator, left=30, bottom=bottom, side=side, climb=climb, gap=0.6)
    return Page(picture(written(sheet, **greys(generator)), generator), tuple(boxes))


def number(digits: Sequence[Image.Image], generator: np.random.Generator) -> Page:
    """A number that slopes upwards: its digits are so close that their boxes overlap, but not their ink."""
    side = int(generator.integers(60, 100))
    sheet = Image.new("L", (len(digits) * side + 120, 3 * side))
    boxes, left, bottom = [], 40, 2 * side + side // 2
    for digit in digits:
        small = sized(digit, side).rotate(-8, Image.Resampling.BICUBIC, expand=True)
        while boxes:  # as close as its ink allows
            window = (left - 1, bottom - small.height, left - 1 + small.width, bottom)
            near = np.asarray(sheet.crop(window).filter(ImageFilter.MaxFilter(9)))
            if ((near > 80) & (np.asarray(small) > 80)).any() or left < boxes[-1][0] + side // 4:
                break
            left -= 1
        boxes.append(put(sheet, small, left, bottom - small.height))
        left += small.width + 4
        bottom -= round(side * generator.uniform(0.1, 0.25))
    return Page(picture(written(sheet, **greys(generator)), generator), tuple(boxes))


# -- crops ------------------------------------------------------------------------------------------


def crop(margin: int, most: int = 20) -> Callable[[Sequence[Image.Image], np.random.Generator], Page]:
    """A digit 20 to ``most`` pixels high, cut out with a margin of so many pixels."""

    def make(digits: Sequence[Image.Image], generator: np.random.Generator) -> Page:
        side = int(generator.integers(20, most, endpoint=True))
        small = sized(digits[0], side)
        sheet = Image.new("L", tuple(length + 2 * margin for length in small.size))
        box = put(sheet, small, margin, margin)
        return Page(Image.fromarray(written(sheet, paper=255, pen=0).astype(np.uint8)), (box,))

    return make


# -- nothing ----------------------------------------------------------------------------------------


def blank(ground: str, generator: np.random.Generator, side: int = 240) -> Image.Image:
    """An empty page of this kind, one of ``GROUNDS``."""
    paper = generator.uniform(*PAPERS)
    grey = np.full((side, side), paper)
    gap, line = int(generator.integers(18, 40)), int(generator.integers(1, 3))
    strong = generator.uniform(0.25, 1)
    lines = Image.new("L", (side, side))
    draw = ImageDraw.Draw(lines)
    places = range(int(generator.integers(4, gap)), side, gap)
    for at in places:
        if ground in ("ruled", "squared"):
            draw.line((0, at, side, at), fill=255, width=line)
        if ground == "squared":
            draw.line((at, 0, at, side), fill=255, width=line)
        if ground == "dotted":
            for other in places:
                draw.ellipse((at, other, at + line + 1, other + line + 1), fill=255)
    lines = lines.rotate(generator.uniform(-2, 2), Image.Resampling.BICUBIC)
    grey = written(lines.point(lambda value: round(strong * value)), paper=paper, pen=30)
    if ground == "dark":
        grey = np.full((side, side), generator.uniform(*TABLES))
    if ground == "gradient":
        y, x = grid_of(side)
        turn = generator.uniform(0, 2 * np.pi)
        grey = grey * (1 - 0.3 * (1 + np.cos(turn) * (x - 0.5) + np.sin(turn) * (y - 0.5)))
    if ground == "thumb":
        grey = with_thumb(grey, generator)
    if ground == "table":
        grey = wood((side, side), generator)
    return picture(grey, generator)


GROUNDS = ("plain", "ruled", "squared", "dotted", "dark", "gradient", "thumb", "table")


def nothing(digits: Sequence[Image.Image], generator: np.random.Generator) -> Page:
    return Page(blank(GROUNDS[generator.integers(len(GROUNDS))], generator))


KINDS = {
    "form": Kind(form, (4, 9)),
    "table": Kind(grid, (6, 10)),
    "one cell": Kind(cell),
    "dark ruling": Kind(dark_ruling, (4, 7)),
    "half in a pen of 45 %": Kind(lighter_pen, (6, 8)),
    "uneven pencil": Kind(pencil),
    "glare": Kind(glare),
    "hard shadow": Kind(shadow),
    "note on a dark table": Kind(note_on_table),
    "sheet on a dark table": Kind(sheet_on_table),
    "thumb": Kind(thumb),
    "climbing lines": Kind(climbing, (8, 10)),
    "uphill number": Kind(number, (3, 4)),
    "cropped, margin 0": Kind(crop(0), side=28),
    "cropped, margin 1": Kind(crop(1), side=28),
    "cropped, margin 2": Kind(crop(2), side=28),
    "cropped, larger": Kind(crop(1, 60), side=28),
    "white on transparent": Kind(transparent),
    "pen of colour": Kind(coloured),
    "empty": Kind(nothing, (0, 0)),
}


# -- how well they are found ------------------------------------------------------------------------


@dataclass
class Found:
    """How many digits were found right, missed, split or joined, and how many boxes hold none."""

    right: int = 0
    missed: int = 0
    split: int = 0
    joined: int = 0
    false: int = 0

    def __add__(self, other: "Found") -> "Found":
        return Found(*(a + b for a, b in zip(self.counts, other.counts, strict=True)))

    @property
    def counts(self) -> tuple[int, ...]:
        return self.right, self.missed, self.split, self.joined, self.false


def compared(boxes: Sequence[Box], found: Sequence[Box]) -> tuple[Found, list[int | None]]:
    """What became of each digit, and which box is its own, and only its own.

    A box belongs to a digit if it covers more than a third of it, or if more than half of the box lies in it.
    """
    holds = np.array([[shared(digit, box) for box in found] for digit in boxes]).reshape(
        len(boxes), len(found)
    )
    result, own = Found(), [None] * len(boxes)
    for number, row_holds in enumerate(holds):
        mine = np.flatnonzero(row_holds)
        if not len(mine):
            result.missed += 1
        elif len(mine) > 1:
            result.split += 1
        elif holds[:, mine[0]].sum() > 1:
            result.joined += 1
        elif overlap(boxes[number], found[mine[0]]) < 0.35:
            result.joined += 1  # joined with something that is no digit
        else:
            result.right += 1
            own[number] = int(mine[0])
    result.false = int((~holds.any(0)).sum())
    return result, own


def area(box: Box) -> int:
    return max(box[2] - box[0], 0) * max(box[3] - box[1], 0)


def common(one: Box, other: Box) -> int:
    return area((*map(max, one[:2], other[:2]), *map(min, one[2:], other[2:])))


def shared(digit: Box, box: Box) -> bool:
    both = common(digit, box)
    return both > area(digit) / 3 or both > area(box) / 2


def overlap(one: Box, other: Box) -> float:
    both = common(one, other)
    return both / (area(one) + area(other) - both)
