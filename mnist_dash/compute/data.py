"""The data set and its ideals, and single images of it."""

import torch
from torch import Tensor

from mnist_dash.compute.cache import shared, shared_by_set
from mnist_dash.core import baseline
from mnist_dash.core.datasets import Dataset, load_mnist
from mnist_dash.core.handwriting import Preparation

BOOKS = 3, 1_032  # the training image in the book: its label, and its place in that label's stack


@shared(most=1)
def mnist() -> Dataset:
    """MNIST, read once: 55 MB. Raises DatasetError."""
    return load_mnist()


@shared_by_set(most=1)
def preparation(dataset: Dataset) -> Preparation:
    """What the images of a set are like, for what is to be made like them."""
    return Preparation.of(dataset.train.images)


@shared_by_set(most=256)
def _ideal(dataset: Dataset, cls: int, how: str, first: int | None) -> Tensor:
    return baseline.ideals(dataset.train, [cls], how=how, first=first)[0]  # (H, W), 3 KB


@shared_by_set(most=64)
def ideals(
    dataset: Dataset, classes: tuple[int, ...], *, how: str = "mean", first: int | None = None
) -> Tensor:
    """``baseline.ideals`` of the training images, each class computed once: float32 (K, H, W).

    Every caller gets the same tensor, so don't change it.
    """
    return torch.stack([_ideal(dataset, cls, how, first) for cls in classes])


def example(dataset: Dataset, classes: tuple[int, ...]) -> Tensor:
    """A training image of one of these classes, uint8 (H, W): the book's own 3, if 3 is among them."""
    cls, place = BOOKS if BOOKS[0] in classes else (classes[0], 0)
    places = dataset.train.places[cls]
    return dataset.train.images[places[min(place, len(places) - 1)]]


def random_place(dataset: Dataset, classes: tuple[int, ...]) -> int | None:
    """The place of a validation image of one of these classes, all equally likely; None without any."""
    among = torch.isin(dataset.valid.labels, torch.tensor(classes)).nonzero()[:, 0]
    return int(among[torch.randint(len(among), ())]) if len(among) else None


def label_of(pixels: bytes | None, dataset: Dataset) -> tuple[int, int] | None:
    """Position and label of the validation image with exactly these pixels, if there is one."""
    if pixels is None:
        return None
    images = dataset.valid.images
    image = torch.frombuffer(bytearray(pixels), dtype=torch.uint8).view(images.shape[1:])
    middle = len(image) // 2  # few share this row
    alike = (images[:, middle] == image[middle]).all(1).nonzero()[:, 0]
    same = alike[(images[alike] == image).all((1, 2))].tolist()
    return (same[-1], int(dataset.valid.labels[same[-1]])) if same else None
