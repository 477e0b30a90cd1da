"""What the pad sends -> a checked ``Drawing`` -> the image the computer sees, 28 x 28 for MNIST.

The browser is a border: every name, type, length and range is checked here before it is used.
"""

import base64
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

import torch
from PIL import Image, ImageDraw
from torch import Tensor

from mnist_dash.core.handwriting import MNIST, HandwritingError, Preparation, Reading, read, read_all

SIDE = 28  # cells along one side of the pad
CELL = 20  # units along one side of a cell
UNITS = SIDE * CELL  # the pad's coordinates run from 0 to 560

# Far above what a hand draws; a drawing at all limits at once takes a tenth of a second to read.
MOST_MARKS = 2_000
MOST_NUMBERS = 20_000
THINNEST, THICKEST = CELL // 2, 8 * CELL
FARTHEST = 2 * UNITS  # a captured pointer may leave the pad

PAPER, INK = 255, 0  # grey values of the picture, dark on light as on screen


class DrawingError(ValueError):
    """What came from the browser is not a drawing; the message says what is wrong with it."""


@dataclass(frozen=True)
class Drawing:
    """An optional 28 x 28 picture to start from, and the marks made since, first one first.

    grid: 784 bytes, 0 = paper, 255 = ink, or None for blank paper. marks: dicts as checked by
    ``from_message``.
    """

    grid: bytes | None = None
    marks: tuple[dict[str, Any], ...] = ()

    def __hash__(self) -> int:  # dicts have none
        return hash((self.grid, len(self.marks)))

    @classmethod
    def from_message(cls, marks: object) -> Self:
        """The list of marks the pad sends. Raises DrawingError.

        ``{"tool": "grid", "grid": base64 of 784 bytes}``, only as the first mark;
        ``{"tool": "pen" | "eraser", "size": units, "points": [x, y, x, y, ...]}``, in units;
        ``{"tool": "pixels", "ink": 0 | 255, "cells": [row * 28 + column, ...]}``.
        """
        if not isinstance(marks, list) or len(marks) > MOST_MARKS:
            raise DrawingError(f"a drawing is a list of at most {MOST_MARKS:,} marks")
        grid = None
        if marks and isinstance(marks[0], dict) and marks[0].get("tool") == "grid":
            grid, marks = _grid(marks[0].get("grid")), marks[1:]
        checked = tuple(_mark(mark) for mark in marks)
        if sum(len(mark.get("points") or mark.get("cells")) for mark in checked) > MOST_NUMBERS:
            raise DrawingError(f"a drawing has at most {MOST_NUMBERS:,} coordinates")
        return cls(grid, checked)

    @classmethod
    def of(cls, pixels: Tensor) -> Self:
        """A drawing that starts from this picture, uint8 (28, 28)."""
        return cls(grid=bytes(pixels.flatten().tolist()))

    def message(self) -> list[dict[str, Any]]:
        """The marks as the pad sends and takes them: the reverse of ``from_message``."""
        grid = self.grid and {"tool": "grid", "grid": base64.b64encode(self.grid).decode()}
        return [*([grid] if grid else []), *self.marks]

    def exact(self, like: Preparation = MNIST) -> bool:
        """Whether the pad's cells are the pixels themselves: so when it started from a 28 x 28.

        Images of another size have other pixels.
        """
        return self.grid is not None and like.shape == (SIDE, SIDE)

    @property
    def untouched(self) -> bool:
        """Whether nothing was drawn since the start."""
        return not self.marks

    def picture(self) -> Image.Image:
        """What is on the pad: grey, 560 x 560, dark ink on white paper."""
        if self.grid is None:
            picture = Image.new("L", (UNITS, UNITS), PAPER)
        else:
            cells = Image.frombytes("L", (SIDE, SIDE), bytes(255 - ink for ink in self.grid))
            picture = cells.resize((UNITS, UNITS), Image.Resampling.NEAREST)
        draw = ImageDraw.Draw(picture)
        for mark in self.marks:
            if mark["tool"] == "pixels":
                for cell in mark["cells"]:
                    y, x = (CELL * index for index in divmod(cell, SIDE))
                    draw.rectangle((x, y, x + CELL - 1, y + CELL - 1), fill=PAPER - mark["ink"])
            else:
                _stroke(draw, mark, INK if mark["tool"] == "pen" else PAPER)
        return picture

    def seen(self, without: Collection[str] = (), like: Preparation = MNIST) -> Tensor | None:
        """The image the computer sees, uint8 (28, 28) for MNIST, 255 = ink; None when there is no ink.

        On blank paper a drawing is prepared as MNIST was, or ``like`` the images of another set, ``without``
        some ``handwriting.STEPS``. One that started from a 28 x 28 is that picture and is changed pixel by
        pixel, so each cell is the mean of what covers it.
        """
        if not self.exact(like):
            reading = self.reading(without, like)
            return reading and reading.digits[0].pixels
        cells = self.picture().reduce(CELL)
        pixels = 255 - torch.frombuffer(bytearray(cells.tobytes()), dtype=torch.uint8)
        return pixels.view(SIDE, SIDE) if pixels.any() else None

    def reading(self, without: Collection[str] = (), like: Preparation = MNIST) -> Reading | None:
        """Every step from what is on the pad to that image; None when there is no ink."""
        return _reading(self, frozenset(without), like)

    def digits(self, like: Preparation = MNIST) -> tuple[Tensor, ...]:
        """Several digits on the pad one by one, from left to right, each as ``seen``; none if it is one."""
        reading = None if self.exact(like) else self.reading(like=like)
        return _one_by_one(self, like) if reading and reading.found > 1 else ()


@lru_cache(maxsize=16)  # 0.4 MB each: what is seen now is soon shown step by step
def _reading(drawing: Drawing, without: frozenset[str], like: Preparation) -> Reading | None:
    try:
        return read(drawing.picture().reduce(2), without=without, drawn=True, like=like)
    except HandwritingError:
        return None


@lru_cache(maxsize=16)
def _one_by_one(drawing: Drawing, like: Preparation) -> tuple[Tensor, ...]:
    try:
        found = read_all(drawing.picture().reduce(2), drawn=True, like=like)
        return tuple(digit.pixels for digit in found.digits)
    except HandwritingError:
        return ()


def _stroke(draw: ImageDraw.ImageDraw, mark: dict[str, Any], grey: int) -> None:
    """A round brush along the points, as the browser's round line caps and joins draw it."""
    points = list(zip(mark["points"][::2], mark["points"][1::2], strict=True))
    if len(points) > 1:
        draw.line(points, fill=grey, width=mark["size"])
    radius = mark["size"] / 2
    for x, y in points:
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=grey)


def _grid(text: object) -> bytes:
    try:
        grid = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except ValueError:
        grid = b""
    if len(grid) != SIDE * SIDE:
        raise DrawingError(f"a grid is {SIDE * SIDE} bytes in base64")
    return grid


def _mark(mark: object) -> dict[str, Any]:
    match mark:
        case {"tool": "pen" | "eraser" as tool, "size": int(size), "points": list(points)}:
            if not THINNEST <= size <= THICKEST:
                raise DrawingError(f"a brush is {THINNEST} to {THICKEST} units wide")
            if not points or len(points) % 2 or not _whole(points, -FARTHEST, FARTHEST):
                raise DrawingError(f"points are pairs of whole numbers, {-FARTHEST} to {FARTHEST} units")
            return {"tool": tool, "size": size, "points": points}
        case {"tool": "pixels", "ink": 0 | 255 as ink, "cells": list(cells)}:
            if not cells or not _whole(cells, 0, SIDE * SIDE - 1):
                raise DrawingError(f"cells are whole numbers, 0 to {SIDE * SIDE - 1}")
            return {"tool": "pixels", "ink": int(ink), "cells": cells}
    raise DrawingError("a mark is made with the pen, the eraser or by pixels")


def _whole(numbers: list[object], low: int, high: int) -> bool:
    return all(type(number) is int and low <= number <= high for number in numbers)
