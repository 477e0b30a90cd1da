"""How much room there is for the images of a set."""

from dataclasses import dataclass

from mnist_dash.core.datasets.errors import DatasetError
from mnist_dash.core.datasets.limits import MOST_IMAGES


class TooLargeError(DatasetError):
    """There are more images than there is room for: what can be read in a stream is read so."""


@dataclass
class Room:
    """memory: bytes for the pixels of a whole set, one each. All its files take from it."""

    memory: int
    images: int = 0
    bytes: int = 0

    def take(self, images: int, height: int, width: int, file: str) -> None:
        """Raises TooLargeError when that is more than is left; by then nothing has been made room for."""
        self.images += images
        self.bytes += images * height * width
        if self.bytes > self.memory or self.images > MOST_IMAGES:
            raise TooLargeError(
                f"{file} holds {images:,} images, which take {images * height * width / 1e9:,.1f} GB, over "
                f"{self.memory / 1e9:.1f} GB or {MOST_IMAGES:,} images: give fewer or smaller ones"
            )


def kept_of(counts: list[list[int]], pixels: int, memory: int) -> list[list[int]]:
    """How many images there is room for, of every count the same share, but one at least of each.

    counts: of each part of a set, by class. pixels: of one image.
    """
    total = sum(map(sum, counts))
    share = min(1, min(memory // pixels, MOST_IMAGES) / max(total, 1))
    return [[min(count, max(1, int(share * count))) for count in part] for part in counts]
