"""The stress test: what is done to images before they are classified, to see what the norms withstand.

Every strain is off at its rest value, and all together are a ``Stress``. The same images always get the same
noise, which every 512 images of 28 x 28 share, and fewer larger ones. Knows nothing about classifying or
about screens.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sin

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

BATCH = 256 * 28 * 28  # pixels at a time, as floats 0.8 MB, which stay near the processor
ALIKE = 2  # batches, after which the same noise begins anew
SEED = 1998
INK = 255
NONE = 1e-9  # a weight below that changes no pixel; a tiny one, near the end of what floats can hold, is slow


@dataclass(frozen=True)
class Strain:
    """One thing that is done. stops: the values a slider offers. form: how a value is written."""

    title: str
    rest: float
    stops: Sequence[float]
    form: str

    def written(self, value: float) -> str:
        """The value in words; the rest value has no sign."""
        form = self.form.replace("+", "") if value == 0 else self.form
        return form.format(value).replace("-", "−")


def strains(height: int, width: int) -> dict[str, Strain]:
    """What can be done to images of this size: larger ones are moved and blurred by more pixels."""
    scale = max(height, width) / 28
    shift, part = max(1, round(6 * scale)), max(round(scale), 0.5) / 4  # pixels
    return {
        "dx": Strain("Shift right", 0, range(-shift, shift + 1), "{:+} px"),
        "dy": Strain("Shift down", 0, range(-shift, shift + 1), "{:+} px"),
        "turn": Strain("Turn clockwise", 0.0, [float(angle) for angle in range(-45, 46, 3)], "{:+g}°"),
        "size": Strain("Size", 1.0, [share / 20 for share in range(10, 31)], "× {:g}"),
        "pen": Strain("Pen, thinner or thicker", 0.0, [part * step for step in range(-4, 9)], "{:+g} px"),
        "blur": Strain("Blur", 0.0, [part * step for step in range(13)], "{:g} px"),
        "noise": Strain("Gaussian noise", 0.0, [share / 20 for share in range(21)], "{:g}"),
        "salt": Strain("Salt and pepper", 0.0, [share / 20 for share in range(13)], "{:.0%}"),
    }


STRAINS = strains(28, 28)
SWITCHES = {"inverted": "Paper and ink change places", "undivided": "Forget to divide by 255"}


@dataclass(frozen=True)
class Stress:
    """What is done to every image, in this order.

    pen: pixels that every edge moves outwards, less than 0 thins. size: about the centre of the image.
    turn: degrees, clockwise, about the same. dx, dy: whole pixels to the right and down. blur: the standard
    deviation of a Gaussian, in pixels. noise: that of Gaussian noise, as a share of full ink. salt: the share
    of pixels that become paper or full ink. inverted: paper and ink change places. undivided: the numbers are
    not divided by 255 before they are measured.
    """

    dx: int = 0
    dy: int = 0
    turn: float = 0.0
    size: float = 1.0
    pen: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    salt: float = 0.0
    inverted: bool = False
    undivided: bool = False

    def of(self, images: Tensor) -> Tensor:
        """uint8 (N, H, W) -> the same under stress, uint8; float32 from 0 to 255 when ``undivided``."""
        some = _at_once(*images.shape[1:])
        places = range(0, len(images), some)
        spoiled = torch.cat([self._of(images[place : place + some], place) for place in places])
        return spoiled.float() if self.undivided else spoiled

    def _of(self, images: Tensor, place: int) -> Tensor:
        """place: of the first of these images among all."""
        if self.pen:
            images = _with_pen(images, self.pen)
        if self.turn or self.size != 1:
            images = _turned(images, self.turn, self.size)
        if self.dx or self.dy:
            images = _shifted(images, self.dx, self.dy)
        if self.blur:
            images = _blurred(images, self.blur)
        if self.noise:
            images = _noisy(images, self.noise, place)
        if self.salt:
            images = _salted(images, self.salt, place)
        return INK - images if self.inverted else images


def _at_once(height: int, width: int) -> int:
    """Images."""
    return max(1, BATCH // (height * width))


def _whole(images: Tensor) -> Tensor:
    """Floats from 0 to 255 -> uint8. By NumPy, which takes a third of the time that PyTorch takes for it."""
    return torch.from_numpy(images.round_().numpy().astype(np.uint8))


def _with_pen(images: Tensor, pen: float) -> Tensor:
    """Every pixel becomes the largest of its 3 x 3, the smallest for a thinner pen; the last step in part."""
    if pen < 0:
        return INK - _with_pen(INK - images, -pen)
    while pen > 0:
        wide = _largest_near(images)
        images = wide if pen >= 1 else _whole(torch.lerp(images.float(), wide.float(), pen))
        pen -= 1
    return images


def _largest_near(images: Tensor) -> Tensor:
    """The largest of the 3 x 3 around each pixel. In one long row, in which paper parts rows and images."""
    padded = F.pad(images, (1, 1, 1, 1))
    row, width = padded.numpy().reshape(-1), padded.shape[2]
    largest = np.zeros_like(row)
    across = np.maximum(np.maximum(row[:-2], row[2:]), row[1:-1])
    down = np.maximum(np.maximum(across[: -2 * width], across[2 * width :]), across[width:-width])
    largest[width + 1 : -width - 1] = down
    return torch.from_numpy(largest).view(padded.shape)[:, 1:-1, 1:-1].contiguous()


def _turned(images: Tensor, turn: float, size: float) -> Tensor:
    count, height, width = images.shape
    across, down = cos(radians(turn)), sin(radians(turn))
    # A place is told by shares of the width and of the height.
    back = torch.tensor([[across, down * (height / width), 0], [-down * (width / height), across, 0]]) / size
    grid = F.affine_grid(back[None], (1, 1, height, width), align_corners=False)
    grid = grid.expand(count, -1, -1, -1)
    return _whole(F.grid_sample(images[:, None].float(), grid, align_corners=False)[:, 0])


def _shifted(images: Tensor, dx: int, dy: int) -> Tensor:
    """What leaves the image is lost; what comes in is paper."""
    return F.pad(images, (dx, -dx, dy, -dy))


def _blurred(images: Tensor, blur: float) -> Tensor:
    """A Gaussian along the columns, then along the rows; beyond the edge is paper."""
    return _whole(_gaussian(images.shape[1], blur) @ images.float() @ _gaussian(images.shape[2], blur))


def _gaussian(side: int, blur: float) -> Tensor:
    apart = torch.arange(-2 * side, 2 * side + 1)
    weights = (-((apart / blur) ** 2) / 2).exp()
    weights[weights < NONE] = 0
    place = torch.arange(side)
    return (weights / weights.sum())[place[:, None] - place + 2 * side]  # (side, side)


# Drawn anew for every batch of images it would take longer than all else: 1.6 MB each.


@lru_cache(maxsize=4)
def _chance(draw: Callable[..., Tensor], seed: int, height: int, width: int) -> Tensor:
    count, generator = ALIKE * _at_once(height, width), torch.Generator().manual_seed(seed)
    return draw((count, height, width), generator=generator)


@lru_cache(maxsize=2)
def _grain(noise: float, height: int, width: int) -> Tensor:
    return _chance(torch.randn, SEED, height, width) * (INK * noise)


@lru_cache(maxsize=2)
def _grains(salt: float, height: int, width: int) -> tuple[Tensor, Tensor]:
    """uint8: 255 where a pixel is kept or full ink, and 255 where it is full ink."""
    draw = _chance(torch.rand, SEED + 1, height, width)
    return tuple(mask.byte() * INK for mask in (draw >= salt / 2, draw > 1 - salt / 2))


def _there(grain: Tensor, images: Tensor, place: int) -> Tensor:
    """The part of the noise that images from this place on have."""
    return grain[place % len(grain) :][: len(images)]


def _noisy(images: Tensor, noise: float, place: int) -> Tensor:
    noisy = images.float().add_(_there(_grain(noise, *images.shape[1:]), images, place))
    return _whole(noisy.clamp_(0, INK))


def _salted(images: Tensor, salt: float, place: int) -> Tensor:
    """Some pixels become paper, and as many become full ink."""
    kept, ink = (_there(mask, images, place) for mask in _grains(salt, *images.shape[1:]))
    return images & kept | ink
