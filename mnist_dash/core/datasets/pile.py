"""Image files one after another -> one block of grey images, and what there is to say about them."""

import io
from collections.abc import Callable

import numpy as np
from PIL import Image

from mnist_dash.core.datasets.errors import DatasetError, counted, listed, short
from mnist_dash.core.datasets.limits import MOST_PIXELS
from mnist_dash.core.datasets.scales import Size, check_room, check_size, resized
from mnist_dash.core.handwriting.files import FORMATS, plain


class Pile:
    """most: how many images at most. size: what all are resized to, (H, W); None takes them as they are."""

    def __init__(self, most: int, size: Size | None, file: str) -> None:
        self._most, self._size, self._file = most, size, file
        self._block, self._count, self._first = None, 0, ""
        self._lost, self._colour, self._resized = [], 0, 0

    def add(self, read: Callable[[], bytes], name: str) -> bool:
        """Whether it could be read. Raises DatasetError when it has another size than those before."""
        try:
            image = _decoded(read())
        except Exception:  # decoders of damaged files raise whatever they like
            self._lost.append(name)
            return False
        if image.mode != "L":
            self._colour += 1
            image = image.convert("L")
        if self._size is not None and image.size != self._size[::-1]:
            self._resized += 1
            image = resized(image, self._size)
        pixels = np.asarray(image)
        if self._block is None:
            check_size(*pixels.shape, short(name))
            check_room(self._most, *pixels.shape, self._file)
            self._block, self._first = np.empty((self._most, *pixels.shape), np.uint8), name
        if pixels.shape != self._block.shape[1:]:
            one, other = (" × ".join(map(str, shape)) for shape in (self._block.shape[1:], pixels.shape))
            raise DatasetError(
                f"{self._file} has images of {one} ({short(self._first)}) and of {other} ({short(name)}): "
                "give size=28 to have all resized"
            )
        self._block[self._count] = pixels
        self._count += 1
        return True

    def images(self) -> np.ndarray:
        """uint8 (N, H, W). Raises DatasetError when there is none."""
        if self._block is None:
            raise DatasetError(f"{self._file} holds no image that can be read: use PNG or JPEG files")
        return self._block[: self._count]

    def notes(self) -> list[str]:
        notes = []
        if self._lost:
            names = listed([name.rpartition("/")[2] for name in self._lost])
            files = counted(len(self._lost), "file")
            notes.append(f"Skipped {files} that can't be read as an image: {names}.")
        if self._colour:
            notes.append(f"{counted(self._colour, 'image')} in colour became grey.")
        if self._resized:
            size = " × ".join(map(str, self._size))
            notes.append(f"{counted(self._resized, 'image')} of another size became {size}.")
        return notes


def _decoded(data: bytes) -> Image.Image:
    """The bytes of an image file -> L or RGB, after a look at its size. Raises what Pillow raises."""
    image = Image.open(io.BytesIO(data), formats=FORMATS)
    if image.width * image.height > MOST_PIXELS:
        raise ValueError(f"{image.width:,} × {image.height:,} pixels")
    if image.mode in ("L", "RGB") and not image.has_transparency_data:
        image.load()
        return image
    return plain(image)
