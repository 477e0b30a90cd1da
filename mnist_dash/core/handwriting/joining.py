"""Strokes -> digits in reading order; strokes belong to one digit if their ink is close enough."""

from collections import Counter
from itertools import combinations

import numpy as np
from scipy import ndimage

from mnist_dash.core.handwriting.parts import FLAT, Part, together, touches, usual_size

NEAR = 0.25  # of the larger one's longer side: strokes of one digit are no farther apart
ALMOST = 1.3  # times the usual size a digit may be, at most
SMALL = 0.4  # of the usual size a digit must be, at least
BROKEN = 1.5  # times the usual size a digit may be whose pieces lie one above the other
FAR_LARGER = 3  # times as large as the others, it is no digit
WHOLE = 0.6  # of the usual size: a larger stroke may be a digit by itself
FEW = 4  # digits are enough to tell how large digits are
GRAIN = 0.25  # of the ink must be in digits, at least: else it is the grain of a table


def digits(parts: list[Part], labels: np.ndarray, *, drawn: bool = False) -> tuple[list[Part], Counter[str]]:
    """Strokes -> digits, line by line from the top, each from left to right; and what else there was.

    drawn: on a screen, where even a dash alone is meant as a digit.
    """
    usual = usual_size(parts)
    of = list(range(len(parts)))  # which digit each stroke belongs to
    groups = dict(enumerate(parts))
    gaps = []
    for a, b in combinations(range(len(parts)), 2):
        if _boxes_apart(parts[a], parts[b]) <= NEAR * max(usual, parts[a].longer, parts[b].longer):
            gaps.append((ink_apart(parts[a], parts[b], labels), a, b))
    for gap, a, b in sorted(gaps):
        one, other = of[a], of[b]
        if one != other and _belong(groups[one], groups[other], gap, usual):
            of = [one if group == other else group for group in of]
            groups[one] = together((groups[one], groups.pop(other)))
    found = list(groups.values())
    if len(found) == 1 and (drawn or not touches(found[0], labels.shape)):
        return found, Counter()
    sizes = [part.longer for part in found if part.longer >= SMALL * usual]
    largest = FAR_LARGER * float(np.median(sizes)) if len(sizes) >= FEW else np.inf
    kept, ignored = [], Counter()
    for part in found:
        if part.width >= FLAT * part.height:
            ignored["dash"] += 1
        elif not SMALL * usual <= part.longer <= largest:
            ignored["mark"] += 1
        else:
            kept.append(part)
    grain = sum(part.area for part in kept) < GRAIN * sum(part.area for part in found)
    if all(touches(part, labels.shape) for part in kept) and ignored["dash"] > len(kept):
        grain = True  # what isn't a dash is one that the picture's edge cuts off
    return ([] if grain else in_reading_order(kept)), ignored


def _boxes_apart(a: Part, b: Part) -> int:
    return max(a.left - b.right, b.left - a.right, a.top - b.bottom, b.top - a.bottom, 0)


def ink_apart(a: Part, b: Part, labels: np.ndarray) -> float:
    """The distance between the ink of two parts, in pixels."""
    window = together((a, b)).rows_and_columns
    step = max(1, max(labels[window].shape) // 256)
    some = labels[window][::step, ::step]
    ours, theirs = some == a.labels[0], some == b.labels[0]
    if not ours.any() or not theirs.any():
        return float(_boxes_apart(a, b))
    return step * float(ndimage.distance_transform_edt(~ours)[theirs].min())


def _belong(a: Part, b: Part, gap: float, usual: int) -> bool:
    """Whether two groups of strokes are one digit."""
    small, large = sorted((a, b), key=lambda part: part.longer)
    union = together((a, b))
    across = min(a.right, b.right) - max(a.left, b.left)  # overlap; a gap is negative
    down = min(a.bottom, b.bottom) - max(a.top, b.top)
    inside = max(across, 0) * max(down, 0) / (small.width * small.height)
    if inside >= 0.8 and small.longer < large.longer:
        return True
    if small.longer >= WHOLE * usual:
        # a broken stroke: one piece above the other, together less tall than two digits
        above = down < 0.3 * min(a.height, b.height) and across >= 0.25 * small.width
        if above and union.longer <= BROKEN * usual and gap <= 0.15 * usual:
            return True
        return inside >= 0.5 and gap <= 0.12 * usual and union.longer <= 1.15 * large.longer
    if union.longer > ALMOST * max(usual, large.longer):
        return False
    if across >= 0.5 * min(a.width, b.width) or inside > 0:
        return gap <= NEAR * max(usual, large.longer)
    return gap <= 0.15 * max(usual, large.longer)


def in_reading_order(found: list[Part]) -> list[Part]:
    """Sort by line, following each from neighbour to neighbour as it climbs or falls."""
    if len(found) < 2:
        return found
    slope = _slope(found)

    def height(part: Part) -> float:
        x, y = part.middle
        return y - slope * x

    lines: list[list[Part]] = []
    for part in sorted(found, key=lambda part: part.middle):
        apart, line = min(
            ((abs(height(line[-1]) - height(part)), number) for number, line in enumerate(lines)),
            default=(np.inf, -1),
        )
        if apart < 0.5 * max(part.height, lines[line][-1].height if lines else 0):
            lines[line].append(part)
        else:
            lines.append([part])
    lines.sort(key=lambda line: np.mean([height(part) for part in line]))
    return [part for line in lines for part in line]


def _slope(found: list[Part]) -> float:
    """How steeply lines fall, from each digit to its neighbour on the right."""
    slopes = []
    for part in found:
        x, y = part.middle
        beside = [
            other
            for other in found
            if other.middle[0] > max(x, part.right)
            and min(part.bottom, other.bottom) - max(part.top, other.top)
            > 0.3 * min(part.height, other.height)
        ]
        if beside:
            next_x, next_y = min(beside, key=lambda other: other.left).middle
            slopes.append((next_y - y) / (next_x - x))
    return float(np.clip(np.median(slopes), -0.5, 0.5)) if slopes else 0.0


def with_fragments(main: Part, parts: list[Part]) -> Part:
    """A digit alone on its page, together with whatever lies near it."""
    near = NEAR * main.longer
    return together(
        part
        for part in parts
        if part.labels[0] in main.labels
        or max(part.top - main.bottom, main.top - part.bottom, part.left - main.right, main.left - part.right)
        < near
    )
