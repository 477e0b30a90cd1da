"""A data set as the folders of PNG files that the book opens, and the one colour picture that is shipped.

The book's ``path/'train'/'3'`` holds 6,131 files, each named by its position in MNIST: ``train/3/10000.png``
is training image 10,000. Here a file is made when it is first read, so nothing is written to disk. Knows
nothing about classifying or about screens.
"""

import io
from pathlib import Path, PurePosixPath

from PIL import Image
from torch import Tensor

from mnist_dash.core.datasets import Dataset
from mnist_dash.core.datasets.pictures import folder_name

PARTS = ("train", "valid")
# A 3 in red, photographed: in the red channel alone it all but vanishes.
SAMPLE = Path(__file__).parent / "samples" / "red_pen.jpg"


class PngFile:
    """One image as a PNG file, which ``PIL.Image.open`` takes as it would a path.

    name: as in the book, ``train/3/10000.png``. number: the image's position in its part of the set.
    """

    __slots__ = ("_images", "name", "number")  # there are 6,000 in a folder

    def __init__(self, name: str, number: int, images: Tensor) -> None:
        """images: of the part, uint8 (N, H, W)."""
        self.name, self.number, self._images = name, number, images

    def read(self) -> bytes:
        """The whole file. As it can't be told to go back, several readers can read it at a time."""
        file = io.BytesIO()
        picture = Image.fromarray(self._images[self.number].numpy())
        picture.save(file, "png", compress_level=0)  # to be read at once
        return file.getvalue()

    def __repr__(self) -> str:
        return f"Path('{self.name}')"


def folders(dataset: Dataset, folder: str = "") -> list[PurePosixPath]:
    """The folders in a folder: of the whole its two parts, of a part its classes, in their order."""
    if not folder:
        return [PurePosixPath(part) for part in PARTS]
    digits = {"train": dataset.train, "valid": dataset.valid}[folder]
    return [PurePosixPath(folder_of(dataset, folder, label)) for label in digits.places]


def folder_of(dataset: Dataset, part: str, label: int) -> str:
    """The folder of a class: ``train/3``."""
    return f"{part}/{folder_name(dataset.classes[label])}"


def ls(dataset: Dataset, folder: str) -> list[PngFile]:
    """The files of a folder such as ``train/3``, sorted by name as in the book: 10, 10000, 10011, ...

    Raises FileNotFoundError when there is no such folder.
    """
    part, _, name = folder.partition("/")
    digits = {"train": dataset.train, "valid": dataset.valid}.get(part)
    labels = {folder_name(cls): label for label, cls in enumerate(dataset.classes)}
    if digits is None or (label := labels.get(name)) not in digits.places:
        raise FileNotFoundError(f"there is no folder {folder}: folders are train/3, valid/7 and so on")
    numbers = (digits.labels == label).nonzero()[:, 0].tolist()
    files = (PngFile(f"{folder}/{number}.png", number, digits.images) for number in numbers)
    return sorted(files, key=lambda file: file.name)
