"""Image files one after another -> blocks of grey images, and what there is to say about them."""

import io
from collections.abc import Callable, Iterable

import numpy as np
from PIL import Image

from mnist_dash.core.datasets.errors import DatasetError, counted, listed, short
from mnist_dash.core.datasets.limits import MOST_PIXELS
from mnist_dash.core.datasets.scales import Size, check_size, resized
from mnist_dash.core.handwriting.files import FORMATS, plain

NAMED = 3  # of those that can't be read


class Pile:
    """size: what all are resized to, (H, W); None takes them as they are.

    shape: of one image, once one was read.
    """

    def __init__(self, size: Size | None, file: str) -> None:
        self._size, self._file = size, file
        self.shape: Size | None = None
        self._first = ""
        self._lost, self._colour, self._resized = 0, 0, 0
        self._names = []  # of the first that can't be read

    def block(self, files: Iterable[tuple[Callable[[], bytes], str]]) -> tuple[np.ndarray, list[bool]]:
        """The images that can be read, uint8 (n, H, W), and which of the files these are.

        files: what reads each, and its name. Raises DatasetError when an image has another size than the
        first.
        """
        found = [self._picture(read, name) for read, name in files]
        images = [image for image in found if image is not None]
        block = np.stack(images) if images else np.empty((0, *(self.shape or (0, 0))), np.uint8)
        return block, [image is not None for image in found]

    def _picture(self, read: Callable[[], bytes], name: str) -> np.ndarray | None:
        try:
            image = _decoded(read())
        except Exception:  # decoders of damaged files raise whatever they like
            self._lost += 1
            if len(self._names) < NAMED:
                self._names.append(name.rpartition("/")[2])
            return None
        if image.mode != "L":
            self._colour += 1
            image = image.convert("L")
        if self._size is not None and image.size != self._size[::-1]:
            self._resized += 1
            image = resized(image, self._size)
        pixels = np.asarray(image)
        if self.shape is None:
            check_size(*pixels.shape, short(name))
            self.shape, self._first = pixels.shape, name
        if pixels.shape != self.shape:
            one, other = (" × ".join(map(str, shape)) for shape in (self.shape, pixels.shape))
            raise DatasetError(
                f"{self._file} has images of {one} ({short(self._first)}) and of {other} ({short(name)}): "
                "give size=28 to have all resized"
            )
        return pixels

    def notes(self) -> list[str]:
        """What there is to say about those read so far. Raises DatasetError when there are none."""
        if self.shape is None:
            raise DatasetError(f"{self._file} holds no image that can be read: use PNG or JPEG files")
        notes = []
        if self._lost:
            names = listed(self._names)
            more = f" and {self._lost - NAMED:,} more" if self._lost > NAMED else ""
            files = counted(self._lost, "file")
            notes.append(f"Skipped {files} that can't be read as an image: {names}{more}.")
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
