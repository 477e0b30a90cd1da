"""Where images carry ink. Four fifths of MNIST are paper, and paper costs the same in every image."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import torch
from torch import Tensor

VALUES = 256  # of a pixel, from paper to full ink


@dataclass(frozen=True, eq=False)
class Ink:
    """A stack of images as the list of its pixels that are not paper.

    codes: int32 (M,), one for each of them, image after image: value * H * W + row * W + column.
    starts: int32 (N + 1,), where each image's codes begin, and where the last one's end. shape: (H, W).
    """

    codes: Tensor
    starts: Tensor
    shape: tuple[int, int]

    @classmethod
    def of(cls, images: Tensor) -> Self:
        """uint8 (N, H, W) -> the same as ink."""
        flat, pixels = images.numpy().reshape(-1), images.shape[1] * images.shape[2]
        inked = np.flatnonzero(flat != 0)  # a third of the time that PyTorch takes for it
        codes = flat[inked].astype(np.int32) * np.int32(pixels) + inked.astype(np.int32) % np.int32(pixels)
        starts = np.searchsorted(inked, np.arange(0, len(flat) + 1, pixels)).astype(np.int32)
        return cls(torch.from_numpy(codes), torch.from_numpy(starts), tuple(images.shape[1:]))

    @classmethod
    def cat(cls, inks: Sequence["Ink"]) -> Self:
        """One stack after the other."""
        ends = torch.cat([torch.zeros(1).int(), *(ink.starts.diff() for ink in inks)]).cumsum(0)
        return cls(torch.cat([ink.codes for ink in inks]), ends.int(), inks[0].shape)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def first(self, count: int | None) -> "Ink":
        """The first images, all of them if None or if fewer: a view."""
        starts = self.starts if count is None else self.starts[: count + 1]
        return Ink(self.codes[: starts[-1]], starts, self.shape)

    def images(self, which: Tensor) -> Tensor:
        """Some images again: their places, (n,) -> uint8 (n, H, W)."""
        pixels = self.shape[0] * self.shape[1]
        found = np.zeros((len(which), pixels), np.uint8)
        every, starts = self.codes.numpy(), self.starts.numpy()
        for image, place in zip(found, which.tolist(), strict=True):
            codes = every[starts[place] : starts[place + 1]]
            image[codes % pixels] = codes // pixels
        return torch.from_numpy(found).view(-1, *self.shape)
