"""What is painted on the pads: a choice of the reader's, or of the gradient's."""

import zlib
from base64 import b85encode
from collections.abc import Hashable, Mapping, Sequence

import torch
from torch import Tensor

from mnist_dash import compute
from mnist_dash.chapter.listing import Named
from mnist_dash.core.baseline import NORMS, predict
from mnist_dash.pages.shared.set_in_use import in_use

Painted = tuple[tuple[int, bytes], ...]  # (class, its pixels), ascending, of the pads that show no mean


def greys(digits: tuple[int, ...], how: str = "mean") -> Tensor:
    """Ideals as a pad has them, in 256 greys: uint8 (K, H, W)."""
    return (compute.ideals(in_use(), digits, how=how) * 255).round().byte()


def of_means(digits: tuple[int, ...]) -> int:
    """A number that is another one where the means of these classes are others."""
    return zlib.crc32(_bytes(greys(digits)))


def painted_over(painted: Painted, pads: Mapping[int, bytes]) -> Painted:
    """The same with these pads instead. One that shows the mean is the mean itself, unrounded."""
    now = dict(painted) | dict(pads)
    return tuple((digit, now[digit]) for digit in sorted(now) if now[digit] != _bytes(greys((digit,))[0]))


def all_painted(painted: Painted, digits: Sequence[int], pads: Tensor) -> Painted:
    """The same with these on all pads. pads: uint8 (K, H, W)."""
    return painted_over(painted, dict(zip(digits, map(_bytes, pads), strict=True)))


def shown(painted: Painted, digits: tuple[int, ...]) -> Tensor:
    """What is on the pads of these classes: uint8 (K, H, W)."""
    pads, own = greys(digits), dict(painted)
    for place, digit in enumerate(digits):
        if digit in own:
            pads[place] = torch.frombuffer(bytearray(own[digit]), dtype=torch.uint8).view(pads.shape[1:])
    return pads


def given(painted: Painted, digits: tuple[int, ...]) -> dict[str, Hashable]:
    """The same as ``chapter`` takes it."""
    words = tuple(
        (digit, b85encode(zlib.compress(pixels, 9)).decode()) for digit, pixels in painted if digit in digits
    )
    return {"digits": digits, "painted": Named(words, repr(words)) if words else ()}


def drawn_for(drawing: Tensor, digits: tuple[int, ...]) -> int:
    """The class whose mean a drawing, uint8 (H, W), is nearest to by L2."""
    distances = NORMS["L2"].distances(drawing[None], compute.ideals(in_use(), digits))
    return int(predict(distances, digits))


def _bytes(pad: Tensor) -> bytes:
    return pad.contiguous().numpy().tobytes()
