"""Ruled lines, boxes and frames: found in the ink as long, straight, thin runs, and taken out of it.

A printed line ends on another line or at the edge of the picture, or it is one of several alike; a stroke of
a digit has at least one free end. Strokes that cross a line are kept whole.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from mnist_dash.core.handwriting.around import grown
from mnist_dash.core.handwriting.parts import FAINT
from mnist_dash.core.handwriting.ranks import median

STEEPEST = 0.11  # slope of a line against the picture's sides, at most: six degrees
SHARE = 0.06  # of the picture's shorter side a line is long, at least
SHORTEST = 18  # pixels a line is long, at least
SLENDER = 8  # times as long as wide, at least
THICKEST = 1 / 50  # of the picture's longer side it may be wide, at most
LONG = 0.5  # of the picture's side: so long a level line needs nothing at its ends
GAP = 5  # pixels of a gap in a line, at most
MOST = 400  # lines in each direction
THIN = 0.4  # of a line, at least, no stroke crosses or touches


@dataclass(frozen=True)
class Line:
    """A line nearly along an axis: at ``place + slope * along``, for ``along`` from ``start`` to ``end``."""

    place: float
    slope: float
    start: int
    end: int
    width: float
    ink: float

    @property
    def length(self) -> int:
        return self.end - self.start

    def at(self, along: float | np.ndarray) -> float | np.ndarray:
        return self.place + self.slope * along


def ruling(strength: np.ndarray) -> tuple[np.ndarray, int]:
    """Which pixels of the ink, 0 to 1, are printed lines only, bool (H, W); how many lines there are."""
    mask = strength >= FAINT
    none = np.zeros(mask.shape, bool)
    if min(mask.shape) < 2 * SHORTEST:
        return none, 0
    level, upright = _held(_candidates(strength, mask), _candidates(strength.T, mask.T), mask.shape)
    if not level and len(upright) < 3:  # a 1, or 11
        return none, 0
    margin = 2 + max(_half(line) + _beyond(line) for line in (*level, *upright))
    bands = np.zeros([side + 2 * margin for side in mask.shape], bool)
    inner = (slice(margin, -margin),) * 2
    rest, lines = bands.copy(), bands.copy()
    _draw(bands, level, margin)
    _draw(bands.T, upright, margin)
    rest[inner] = mask & ~bands[inner]
    _take_out(lines, rest, level, margin)
    _take_out(lines.T, rest.T, upright, margin)
    lines = lines[inner]
    soft = grown(lines, 2) & ~mask  # their edges
    return lines | soft, len(level) + len(upright)


def _runs(mask: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The runs of ink down each column: column, start and length of each."""
    height, width = mask.shape
    columns = np.zeros((width, height + 1), np.int8)
    columns[:, :height] = mask.T
    steps = np.diff(columns.ravel(), prepend=np.int8(0))
    starts, ends = np.flatnonzero(steps > 0), np.flatnonzero(steps < 0)
    return starts // (height + 1), starts % (height + 1), ends - starts


def _candidates(strength: np.ndarray, mask: np.ndarray) -> list[Line]:
    """Straight, thin, nearly level lines, whatever they belong to."""
    thickest = max(8, round(max(mask.shape) * THICKEST))
    least = max(SHORTEST, SHARE * min(mask.shape))
    x, top, long = _runs(mask)
    thin = long <= thickest
    x, middle, long = x[thin], (top + (long - 1) / 2)[thin], long[thin]
    if len(x) < least:
        return []
    near_ink = np.zeros((len(mask) + 4, mask.shape[1]), bool)  # two rows more above, and two below
    for by in (1, 2, 3):
        near_ink[by : by + len(mask)] |= mask
    slope = _common_slope(x, middle)
    offset = middle - slope * x
    low = int(offset.min()) - 2
    found: list[Line] = []
    counts = np.convolve(np.bincount((offset - low).round().astype(int)), np.ones(3), "same")
    free = np.ones(len(x), bool)
    by_offset = np.argsort(offset)
    ordered, reach = offset[by_offset], 2 + thickest / 3
    while len(found) < MOST and counts[peak := int(counts.argmax())] >= 0.4 * least:
        counts[max(peak - 2, 0) : peak + 3] = 0
        first = ordered.searchsorted(low + peak - reach)
        last = ordered.searchsorted(low + peak + reach, "right")
        near = np.sort(by_offset[first:last])
        near = near[free[near]]
        if len(near) < 0.4 * least:
            continue
        beside, high = x[near], middle[near]
        place, tilt = _fitted(beside, high, slope)
        on = near[np.abs(high - place - tilt * beside) <= 1.6]
        if len(on) < 0.4 * least:
            continue
        free[on] = False
        wide = median(long[on])
        found += _pieces(strength, near_ink, x[on], (place, tilt, wide), least)
    return found


def _common_slope(x: np.ndarray, y: np.ndarray) -> float:
    """The slope at which the runs gather on the fewest lines."""
    if len(x) > 20_000:
        some = np.random.default_rng(0).choice(len(x), 20_000, replace=False)
        x, y = x[some], y[some]
    best, around = 0.0, STEEPEST
    for bin_, steps in ((3, 15), (1.5, 7), (1, 7)):
        slopes = best + np.linspace(-around, around, steps)
        scores = []
        for slope in slopes:
            offset = (y - slope * x) / bin_
            offset -= offset.min()
            counts = np.bincount(offset.astype(int))
            scores.append(counts @ counts)
        best, around = float(slopes[int(np.argmax(scores))]), 2 * around / (steps - 1)
    return best


def _fitted(x: np.ndarray, y: np.ndarray, slope: float) -> tuple[float, float]:
    """Place and slope of the line through most of the runs, which are in order from left to right."""
    offset = y - slope * x
    place = median(offset)
    for _ in range(2):
        on = np.abs(offset - place) <= 2
        along, across = x[on], y[on]
        count = len(along)
        if count < 8 or along[-1] - along[0] < SHORTEST:
            break
        middle_x, middle_y = along.sum() / count, across.sum() / count
        beside = along - middle_x
        tilt = float(beside @ (across - middle_y) / (beside @ beside))
        if abs(tilt - slope) > 0.03:
            break
        place, slope = float(middle_y - tilt * middle_x), tilt
        offset = y - slope * x
    return place, slope


def _pieces(
    strength: np.ndarray,
    near_ink: np.ndarray,
    thin: np.ndarray,
    line: tuple[float, float, float],
    least: float,
) -> list[Line]:
    """The stretches of the line with ink and no gap, thin for the most part."""
    height, width = strength.shape
    place, slope, wide = line
    least = max(least, SLENDER * wide) - 1
    is_thin = np.zeros(width + 2, bool)
    for by in range(3):
        is_thin[thin + by] = True
    is_thin = is_thin[1:-1]
    if np.count_nonzero(is_thin) < THIN * least:
        return []
    along = np.arange(width)
    y = np.rint(place + slope * along).astype(int)
    (ink_at,) = near_ink[np.minimum(np.maximum(y + 2, 0), height + 3), along].nonzero()
    if not len(ink_at):
        return []
    gaps = np.flatnonzero(ink_at[1:] - ink_at[:-1] > GAP).tolist()
    found = []
    for first, last in pairwise((-1, *gaps, len(ink_at) - 1)):
        start, end = int(ink_at[first + 1]), int(ink_at[last])
        piece = slice(start, end + 1)
        if end - start < least or np.count_nonzero(is_thin[piece]) < THIN * (end + 1 - start):
            continue
        at = np.minimum(np.maximum(y[piece], 0), height - 1)
        ink = median(strength[at, along[piece]])
        found.append(Line(place, slope, piece.start, piece.stop, wide, ink))
    return found


def _held(level: list[Line], upright: list[Line], shape: tuple[int, int]) -> tuple[list[Line], list[Line]]:
    """The printed ones: both ends are held, or they are too long for a digit."""
    height, width = shape
    while True:
        kept_level = [line for line in level if _is_held(line, level, upright, width, free_when_long=True)]
        kept_upright = [line for line in upright if _is_held(line, upright, kept_level, height)]
        if len(kept_level) == len(level) and len(kept_upright) == len(upright):
            return level, upright
        level, upright = kept_level, kept_upright


def _is_held(
    line: Line, beside: list[Line], across: list[Line], side: int, *, free_when_long: bool = False
) -> bool:
    if free_when_long and line.length >= LONG * side and line.length >= 25 * line.width:
        return True
    company = sum(_alike(line, other) for other in beside) >= 3
    if line.length >= 0.7 * side and (company or sum(_crosses(line, other) for other in across) >= 3):
        return True
    ends = (line.start, line.end - 1)
    # a stroke as tall as its picture touches both edges as well
    at_edge = -1 if line.length < 20 * line.width else 3 + side // 100
    held = [
        min(end, side - 1 - end) <= at_edge or any(_holds(other, line, end) for other in across)
        for end in ends
    ]
    return all(held) or (any(held) and company)


def _same_pen(line: Line, other: Line) -> bool:
    return line.width < 2.5 * other.width and 0.4 < line.ink / max(other.ink, 1e-6) < 2.5


def _crosses(line: Line, other: Line) -> bool:
    middle = (line.start + line.end) / 2
    place = line.at(middle)
    return (
        _same_pen(line, other)
        and other.start <= place <= other.end
        and line.start < other.at(place) < line.end
    )


def _holds(other: Line, line: Line, end: int) -> bool:
    """Whether this end of the line lies on the other one, which looks alike."""
    if not _same_pen(line, other):
        return False
    place = float(line.at(end))
    reach = 1.5 + (line.width + other.width) / 2
    return abs(float(other.at(place)) - end) <= reach and other.start - reach <= place <= other.end + reach


def _alike(line: Line, other: Line) -> bool:
    """Whether both begin and end side by side."""
    by = abs(line.place - other.place) * STEEPEST + 3 if line.slope or other.slope else 3
    reach = min(by, 0.1 * line.length)
    return (
        abs(line.start - other.start) <= reach
        and abs(line.end - other.end) <= reach
        and abs(line.width - other.width) <= 1
    )


def _half(line: Line) -> int:
    """How many rows to either side of its middle belong to it."""
    return int(line.width / 2 + 1.5)


def _beyond(line: Line) -> int:
    """So many rows beyond these, ink shows that a stroke goes on."""
    return max(2, round(line.width / 2))


def _way(bands: np.ndarray, line: Line, margin: int) -> tuple[np.ndarray, np.ndarray]:
    """The line's columns in a picture with a margin, and its row in each."""
    along = np.arange(max(line.start - 1, 0), min(line.end + 1, bands.shape[1] - 2 * margin))
    return along + margin, np.rint(line.at(along)).astype(int) + margin


def _draw(bands: np.ndarray, lines: list[Line], margin: int) -> None:
    for line in lines:
        along, rows = _way(bands, line, margin)
        half = _half(line)
        bands[rows + np.arange(-half, half + 1)[:, None], along] = True


def _take_out(taken: np.ndarray, rest: np.ndarray, lines: list[Line], margin: int) -> None:
    """Mark the lines, except where ink goes on above or below."""
    for line in lines:
        along, rows = _way(taken, line, margin)
        half = _half(line)
        beyond = half + 1 + np.arange(_beyond(line))[:, None]
        above, below = (rest[rows + by, along].all(0) for by in (-beyond, beyond))
        free = ~(above | below)
        if above.any() and below.any():
            reach = np.ones(4 * half + 3)
            near = [np.convolve(side, reach, "same") > 0 for side in (above, below)]
            free &= ~(near[0] & near[1])
        taken[rows[free] + np.arange(-half, half + 1)[:, None], along[free]] = True
