"""A drawing as a short text, for the address, and back again, mark by mark.

A letter for the form, then base64url of zlib of whole numbers, most of which say how far a point lies from
the one before. An address is a border: whatever text there is gives a checked ``Drawing`` or None.
"""

import base64
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from mnist_dash.components.digit_pad.drawing import MOST_MARKS, MOST_NUMBERS, SIDE, Drawing, DrawingError

FORM = "a"
LONGEST = 1_500  # characters; browsers and chats cut much longer addresses
KINDS = (("pen", None), ("eraser", None), ("pixels", 0), ("pixels", 255))  # tool, ink
MOST_BYTES = 1 + SIDE * SIDE + 3 * (3 * MOST_MARKS + MOST_NUMBERS)  # a number has three at most


@lru_cache(maxsize=16)  # an address is told more than once a run
def write(drawing: Drawing) -> str | None:
    """The drawing as a text; None if it would be too long."""
    grid = b"\0" if drawing.grid is None else b"\1" + drawing.grid
    packed = zlib.compress(grid + b"".join(map(_bytes, _numbers(drawing.marks))), 9)
    text = FORM + base64.urlsafe_b64encode(packed).decode().rstrip("=")
    return text if len(text) < LONGEST else None


def read(text: str) -> Drawing | None:
    """The drawing that was written as this text; None if none was."""
    if len(text) >= LONGEST or not re.fullmatch(f"{FORM}[A-Za-z0-9_-]+", text):
        return None
    try:
        unpack = zlib.decompressobj()
        raw = unpack.decompress(base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4)), MOST_BYTES)
        if not unpack.eof or unpack.unused_data or raw[:1] not in (b"\0", b"\1"):
            return None
        end = 1 + SIDE * SIDE * raw[0]
        grid = [{"tool": "grid", "grid": base64.b64encode(raw[1:end]).decode()}] if raw[0] else []
        return Drawing.from_message([*grid, *_marks(_each(raw[end:]))])
    except (DrawingError, ValueError, LookupError, zlib.error):
        return None


def _numbers(marks: Iterable[dict[str, Any]]) -> Iterator[int]:
    """Of each mark its kind, the size of a brush, how many numbers follow, and these."""
    for mark in marks:
        yield KINDS.index((mark["tool"], mark.get("ink")))
        if mark["tool"] == "pixels":
            yield from (len(mark["cells"]), *_steps(mark["cells"], 1))
        else:
            yield from (mark["size"], len(mark["points"]), *_steps(mark["points"], 2))


def _marks(numbers: Iterator[int]) -> Iterator[dict[str, Any]]:
    """The reverse, as a message of the pad. Raises LookupError or ValueError."""
    for kind in numbers:
        if not 0 <= kind < len(KINDS):
            raise LookupError(kind)
        tool, ink = KINDS[kind]
        if tool == "pixels":
            yield {"tool": tool, "ink": ink, "cells": _sums(_some(numbers), 1)}
        else:
            yield {"tool": tool, "size": _some(numbers, 1)[0], "points": _sums(_some(numbers), 2)}


def _some(numbers: Iterator[int], count: int | None = None) -> list[int]:
    """The next ones, as many as the next one says."""
    if count is None:
        (count,) = _some(numbers, 1)
    found = list(islice(numbers, count))  # raises ValueError below zero
    if len(found) < count:
        raise LookupError("the text ends before the drawing")
    return found


def _steps(values: Sequence[int], apart: int) -> Iterator[int]:
    """How far each lies from the one so many before."""
    return (value - (values[i - apart] if i >= apart else 0) for i, value in enumerate(values))


def _sums(steps: list[int], apart: int) -> list[int]:
    """The reverse."""
    values: list[int] = []
    for i, step in enumerate(steps):
        values.append(step + (values[i - apart] if i >= apart else 0))
    return values


def _bytes(number: int) -> bytes:
    """0, -1, 1, -2 ... become 0, 1, 2, 3 ..., seven bits a byte; the eighth says that more follow."""
    number = 2 * number if number >= 0 else -2 * number - 1
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    found.append(number)
    return bytes(found)


def _each(raw: bytes) -> Iterator[int]:
    """The reverse. Raises ValueError."""
    number = bits = 0
    for byte in raw:
        number |= (byte & 127) << bits
        bits += 7
        if byte < 128:
            yield number >> 1 if number % 2 == 0 else -(number + 1 >> 1)
            number = bits = 0
        elif bits >= 21:
            raise ValueError("a number is too large")
    if bits:
        raise ValueError("the text ends within a number")
