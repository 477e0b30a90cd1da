"""Ink -> its connected parts -> digits: the strokes of one joined, specks left out, in reading order."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from scipy import ndimage

EIGHT = np.ones((3, 3), bool)  # pixels that touch at a corner belong together
SPECK = 0.012  # of the area of the largest part: less than that is no stroke of a digit
DUST = 6  # pixels: less than that is no stroke in any picture that is larger than MNIST's own
SMALLEST = 10  # longer side of a digit that can be read, in pixels
TINY = 64  # longer side, in pixels, of a picture for which neither holds


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


def strokes(parts: list[Part], shape: tuple[int, int]) -> list[Part]:
    """The parts that may belong to a digit: no specks, and no edge of the paper against what it lies on."""
    inner = [part for part in parts if not _frames(part, shape)] or parts
    large = max(shape) > TINY
    if not inner or (large and max(part.longer for part in inner) < SMALLEST):
        return []
    least = max(DUST if large else 1, SPECK * max(part.area for part in inner))
    return [part for part in inner if part.area >= least]


def _frames(part: Part, shape: tuple[int, int]) -> bool:
    """Whether it runs along more than half of the picture and into two of its sides."""
    height, width = shape
    sides = (part.top == 0) + (part.left == 0) + (part.bottom == height) + (part.right == width)
    return sides >= 2 and (part.height > height / 2 or part.width > width / 2)


def digits(parts: list[Part]) -> list[Part]:
    """Strokes -> digits: line by line from the top, each from left to right."""
    usual = _usual_size(parts)
    of = list(range(len(parts)))  # which digit each stroke belongs to
    for a, b in combinations(range(len(parts)), 2):
        if of[a] != of[b] and _belong(parts[a], parts[b], usual):
            of = [of[a] if group == of[b] else group for group in of]
    found = [together(p for p, g in zip(parts, of, strict=True) if g == group) for group in dict.fromkeys(of)]
    return _in_reading_order(found)


def _usual_size(parts: list[Part]) -> int:
    """The longer side that half of the ink has or stays below."""
    by_size = sorted(parts, key=lambda part: part.longer)
    ink = np.cumsum([part.area for part in by_size])
    return by_size[int(np.searchsorted(ink, ink[-1] / 2))].longer


def _belong(a: Part, b: Part, usual: int) -> bool:
    """Whether two strokes are of one digit: their boxes overlap, or close by they make one of usual size."""
    small, large = sorted((a, b), key=lambda part: part.longer)
    whole = together((a, b)).longer <= 1.3 * usual
    across = min(a.right, b.right) - max(a.left, b.left)  # overlap; a gap is negative
    down = min(a.bottom, b.bottom) - max(a.top, b.top)
    above = across >= 0.5 * min(a.width, b.width)
    if across > 0 and down > 0:
        much = across * down >= 0.2 * small.width * small.height
        return much or (whole and (above or small.longer < 0.8 * large.longer))
    if above or (down <= 0 and across > -0.1 * usual):  # the second is a slanted stroke that is broken
        return whole and -down < 0.25 * large.longer
    return small.longer < 0.5 * large.longer and max(-across, -down) < 0.15 * large.longer


def _in_reading_order(found: list[Part]) -> list[Part]:
    lines: list[list[Part]] = []
    for part in sorted(found, key=lambda part: part.top + part.bottom):
        middle = (part.top + part.bottom) / 2
        if lines and middle < np.mean([other.bottom for other in lines[-1]]):
            lines[-1].append(part)
        else:
            lines.append([part])
    return [part for line in lines for part in sorted(line, key=lambda part: part.left)]


def with_fragments(main: Part, parts: list[Part]) -> Part:
    """A digit that is alone on its page, with whatever lies near it."""
    near = 0.25 * main.longer
    return together(
        part
        for part in parts
        if part.labels[0] in main.labels
        or max(part.top - main.bottom, main.top - part.bottom, part.left - main.right, main.left - part.right)
        < near
    )
