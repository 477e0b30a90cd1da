"""The reader's own digits, and the check of what a browser tells of them."""

import base64
import io
import time
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

import torch
from torch import Tensor

from mnist_dash.core.datasets import Dataset, Digits, save_dataset

SIDE = 28
PIXELS = SIDE * SIDE
CLASSES = tuple(map(str, range(10)))
MOST = 2_000  # digits; packed, about a sixth of what a browser keeps for an app
LONGEST = 1_200  # characters of a packed digit that is noise all over


@dataclass(frozen=True)
class Digit:
    """One digit as it is kept. id: the time it was kept at, in microseconds, or a little later.

    pixels: its 28 x 28 as bytes, 0 = paper, 255 = ink.
    """

    id: int
    label: int
    pixels: bytes

    @cached_property
    def row(self) -> list[Any]:
        """As the browser keeps it."""
        return [self.id, self.label, base64.b64encode(zlib.compress(self.pixels, 9)).decode()]


@dataclass(frozen=True, eq=False)
class Mine:
    """Digits of one hand, the one that was kept first in front."""

    digits: tuple[Digit, ...] = ()

    def __len__(self) -> int:
        return len(self.digits)

    @cached_property
    def labels(self) -> dict[int, int]:
        """By id."""
        return {digit.id: digit.label for digit in self.digits}

    @cached_property
    def counts(self) -> dict[int, int]:
        """How many there are of each label, ascending; labels without any are not there."""
        return dict(sorted(Counter(self.labels.values()).items()))

    @cached_property
    def images(self) -> Tensor:
        """uint8 (N, 28, 28)."""
        pixels = bytearray(b"".join(digit.pixels for digit in self.digits))
        return torch.frombuffer(pixels, dtype=torch.uint8).view(-1, SIDE, SIDE)

    @cached_property
    def dataset(self) -> Dataset:
        """All of them to learn from."""
        labels = torch.tensor([*self.labels.values()])
        nobody = Digits(self.images[:0], labels[:0])
        return Dataset("My digits", Digits(self.images, labels), nobody, CLASSES)

    @cached_property
    def file(self) -> io.BytesIO:
        """The same as Parquet; one object as long as they are the same digits."""
        file = io.BytesIO(self.saved("parquet"))
        file.name = "my-digits.parquet"
        return file

    def saved(self, form: str) -> bytes:
        """As a file for ``load_dataset``: "zip" or "parquet"."""
        file = io.BytesIO()
        save_dataset(self.dataset, file, form)
        return file.getvalue()

    def with_more(self, found: Iterable[tuple[int, bytes]]) -> Self:
        """And these, (label, pixels), as far as there is room; what is there already is not there twice."""
        known = {(digit.label, digit.pixels) for digit in self.digits}
        new = [each for each in dict.fromkeys(found) if each not in known][: MOST - len(self)]
        last = self.digits[-1].id if self.digits else 0
        first = max(time.time_ns() // 1_000, last + 1)
        return type(self)((*self.digits, *(Digit(first + n, *each) for n, each in enumerate(new))))

    def relabelled(self, id: int, label: int) -> Self:
        """The same, one with another label."""
        return type(self)(
            tuple(replace(digit, label=label) if digit.id == id else digit for digit in self.digits)
        )

    def without(self, id: int) -> Self:
        """All but one."""
        return type(self)(tuple(digit for digit in self.digits if digit.id != id))


def read_rows(rows: Any) -> tuple[tuple[Digit, ...], list[Any]]:
    """The digits that these rows are, by id, and the rows that are none: a browser may tell anything."""
    digits, bad = {}, []
    for row in rows if isinstance(rows, list) else [rows]:
        digit = _digit(row)
        if digit is None:
            bad.append(row)
        else:
            digits[digit.id] = digit
    return tuple(digits[id] for id in sorted(digits)), bad


def _digit(row: Any) -> Digit | None:
    match row:
        case [int(id), int(label), str(text)]:
            whole = type(id) is type(label) is int  # True is an int too
            if whole and 0 < id < 2**53 and 0 <= label <= 9 and len(text) <= LONGEST:
                try:
                    unpacking = zlib.decompressobj()
                    pixels = unpacking.decompress(base64.b64decode(text, validate=True), PIXELS + 1)
                except (ValueError, zlib.error):
                    return None
                if unpacking.eof and len(pixels) == PIXELS and any(pixels):
                    return Digit(id, label, pixels)
    return None
