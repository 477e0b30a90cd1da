"""Ink -> its connected parts -> those drawn by a pen: no specks, no thumb, no table."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import ndimage

from mnist_dash.core.handwriting.around import grown, to_paper

EIGHT = np.ones((3, 3), bool)  # pixels that touch at a corner belong together
SPECK = 0.012  # of the largest part's area: anything smaller is no stroke of a digit
DUST = 6  # pixels: anything smaller is no stroke, unless the picture is tiny
SMALLEST = 10  # longer side, in pixels, of a digit that can be read
TINY = 64  # longer side, in pixels, of a picture to which neither applies
DARK, FAINT = 0.5, 0.25  # of the darkest: ink is at least that dark; what is joined to it may be fainter
SIZABLE = 0.5  # of the usual size: faint ink as large as that is a digit by itself
PENS = 2.5  # times as wide as the usual pen, it is no stroke
BIT = 0.1  # of the largest stroke's area: a smaller one, left of a line perhaps, doesn't tell the pen's width
BLOT = 0.5  # of its length a stroke is wide, at most
FLAT = 3.5  # times as wide as high, it is a dash, not a digit
MANY = 10  # parts, at least, the grain of a table has
UNEVEN = 0.45  # of its ink, at most, is dark: it fades away to all sides
EVEN = 0.65  # of a stroke, at least, is dark: where anything is written, a quarter of the ink is in such


@dataclass(frozen=True)
class Part:
    """A box in pixels, its end excluded, around one or more connected parts, and their area of ink.

    labels: their numbers in the labelled picture.
    """

    top: int
    left: int
    bottom: int
    right: int
    area: int
    labels: tuple[int, ...]

    @cached_property
    def height(self) -> int:
        return self.bottom - self.top

    @cached_property
    def width(self) -> int:
        return self.right - self.left

    @cached_property
    def longer(self) -> int:
        return max(self.height, self.width)

    @property
    def middle(self) -> tuple[float, float]:
        """x, y."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def rows_and_columns(self) -> tuple[slice, slice]:
        return self.with_margin(0)

    def with_margin(self, margin: int) -> tuple[slice, slice]:
        """Rows and columns, of the box and so many pixels around it."""
        return tuple(
            slice(max(start - margin, 0), end + margin)
            for start, end in ((self.top, self.bottom), (self.left, self.right))
        )


def together(parts: Iterable[Part]) -> Part:
    """One box around all of them."""
    parts = list(parts)
    return Part(
        min(part.top for part in parts),
        min(part.left for part in parts),
        max(part.bottom for part in parts),
        max(part.right for part in parts),
        sum(part.area for part in parts),
        tuple(label for part in parts for label in part.labels),
    )


def connected(mask: np.ndarray) -> tuple[np.ndarray, list[Part]]:
    """Where there is ink, bool (H, W) -> each pixel's part by number, int (H, W), 0 = paper; the parts."""
    labels, count = ndimage.label(mask, EIGHT)
    areas = np.bincount(labels[mask], minlength=count + 1)[1:].tolist()
    boxes = ndimage.find_objects(labels)
    return labels, [
        Part(rows.start, columns.start, rows.stop, columns.stop, area, (number,))
        for number, ((rows, columns), area) in enumerate(zip(boxes, areas, strict=True), start=1)
    ]


def among(labels: np.ndarray, some: Collection[int]) -> np.ndarray:
    """Where these parts are, bool (H, W)."""
    if len(some) > 8:
        return np.isin(labels, list(some))
    where = np.zeros(labels.shape, bool)
    for number in some:  # a few are sooner compared one by one
        where |= labels == number
    return where


@dataclass(frozen=True)
class Strokes:
    """The parts that may have been drawn by a pen.

    labels: each pixel's part by number, int (H, W), 0 = paper. foreign: where the others are, bool (H, W).
    ignored: what was left out, and how often.
    """

    labels: np.ndarray
    parts: list[Part]
    foreign: np.ndarray
    ignored: Counter[str]


def strokes(strength: np.ndarray, *, drawn: bool = False, ruled: bool = False) -> Strokes:
    """Ink, 0 to 1, without specks and without what is too wide for a pen or lies at the picture's edge.

    drawn: on a screen, where everything was drawn by the pen. ruled: lines were taken out, and bits of them
    may be left.
    """
    labels, parts = connected(strength >= FAINT)
    darkness = np.bincount(labels[strength >= DARK], minlength=len(parts) + 1).tolist()
    dark = [part for part in parts if darkness[part.labels[0]]]
    faint = [part for part in parts if not darkness[part.labels[0]]]
    large = max(strength.shape) > TINY
    ignored: Counter[str] = Counter()
    written = [part for part in dark if not (ruled and _along_edge(part, strength.shape))]
    ignored["line"] = len(dark) - len(written)
    kept = _of_a_pen(written, labels, ignored) if large and not drawn else written
    gone = {part.labels[0] for part in dark} - {part.labels[0] for part in kept}
    foreign = grown(among(labels, gone), 3) if gone else labels < 0
    if not kept or (large and max(part.longer for part in kept) < SMALLEST):
        return Strokes(labels, [], foreign, ignored)
    least = max(DUST if large else 1, (BIT if ruled else SPECK) * max(part.area for part in kept))
    some = [part for part in kept if part.area >= least]
    if not drawn and _is_grain(some, darkness):
        return Strokes(labels, [], foreign, ignored)
    ignored["spot"] = sum(DUST <= part.area < least for part in kept)
    return Strokes(labels, some + _faint_digits(faint, some, labels), foreign, ignored)


def _is_grain(parts: list[Part], darkness: list[int]) -> bool:
    """Whether they fade away to all sides. darkness: how many pixels of each part are dark."""
    if len(parts) < MANY:
        return False
    areas, dark = (
        np.array(some) for some in zip(*((p.area, darkness[p.labels[0]]) for p in parts), strict=True)
    )
    even = areas[dark >= EVEN * areas].sum()
    return dark.sum() < UNEVEN * areas.sum() and even < areas.sum() / 4


def _of_a_pen(parts: list[Part], labels: np.ndarray, ignored: Counter[str]) -> list[Part]:
    """Without what lies at the picture's edge or is far wider than a stroke, provided there are strokes."""
    shape = labels.shape
    widths = {part: stroke_width(part, labels) for part in parts if part.longer >= SMALLEST}
    slim = {part: width for part, width in widths.items() if width <= BLOT * part.longer}
    inner = {part: width for part, width in slim.items() if not touches(part, shape)}
    pens = inner or {part: width for part, width in slim.items() if not _frames(part, shape)}
    if not pens:
        whole = [part for part in widths if not touches(part, shape)]
        return whole if len(whole) == 1 else list(slim)
    largest = max(part.area for part in pens)
    pen = _median({part: width for part, width in pens.items() if part.area >= BIT * largest})
    kept = []
    for part in parts:
        sides, width = touches(part, shape), widths.get(part, 0)
        if width > PENS * pen or (sides and (_frames(part, shape) or width > BLOT * part.longer)):
            ignored["edge" if sides else "blot"] += 1
        else:
            kept.append(part)
    return kept


def _median(widths: dict[Part, float]) -> float:
    """The median width, weighted by ink."""
    ordered = sorted(widths.items(), key=lambda item: item[1])
    ink = np.cumsum([part.area for part, _ in ordered])
    return ordered[int(np.searchsorted(ink, ink[-1] / 2))][1]


def stroke_width(part: Part, labels: np.ndarray) -> float:
    """The width of its widest stroke, in pixels, as if its ink went on beyond the picture's edge."""
    least = part.area / (part.height + part.width)
    window = part.rows_and_columns
    ours = np.pad(labels[window] == part.labels[0], 1)
    for axis, (start, end) in enumerate(((part.top, part.bottom), (part.left, part.right))):
        first, last = (slice(None),) * axis + (0,), (slice(None),) * axis + (-1,)
        inner_first, inner_last = (slice(None),) * axis + (1,), (slice(None),) * axis + (-2,)
        if start == 0:
            ours[first] = ours[inner_first]
        if end == labels.shape[axis]:
            ours[last] = ours[inner_last]
    step = max(1, int(least // 8))  # a wide one is measured in a smaller picture
    return 2 * step * float(to_paper(ours[::step, ::step]).max())


def touches(part: Part, shape: tuple[int, int]) -> int:
    """How many sides of the picture it touches."""
    height, width = shape
    return (part.top == 0) + (part.left == 0) + (part.bottom == height) + (part.right == width)


def _along_edge(part: Part, shape: tuple[int, int]) -> bool:
    """Whether it is long and thin, and lies along the picture's edge, as a line that this cuts off."""
    height, width = shape
    return (part.width >= FLAT * part.height and (part.top == 0 or part.bottom == height)) or (
        part.height >= FLAT * part.width and (part.left == 0 or part.right == width)
    )


def _frames(part: Part, shape: tuple[int, int]) -> bool:
    """Whether it spans more than half of the picture and touches two of its sides."""
    height, width = shape
    return touches(part, shape) >= 2 and (part.height > height / 2 or part.width > width / 2)


def _faint_digits(faint: list[Part], dark: list[Part], labels: np.ndarray) -> list[Part]:
    """Digits in a lighter pen: as large as the others, and no lines."""
    if not dark:
        return []
    usual = usual_size(dark)
    sizable = [
        part
        for part in faint
        if SIZABLE * usual <= part.longer <= 2 * usual
        and part.width < FLAT * part.height
        and not touches(part, labels.shape)
    ]
    if not sizable:
        return []
    pen = _median({part: stroke_width(part, labels) for part in dark})
    return [part for part in sizable if pen / 4 <= stroke_width(part, labels) <= PENS * pen]


def usual_size(parts: list[Part]) -> int:
    """The median longer side, weighted by ink."""
    by_size = sorted(parts, key=lambda part: part.longer)
    ink = np.cumsum([part.area for part in by_size])
    return by_size[int(np.searchsorted(ink, ink[-1] / 2))].longer
