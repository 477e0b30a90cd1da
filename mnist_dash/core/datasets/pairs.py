"""Arrays in any order and under any name -> which labels belong to which images, by how many there are."""

import numpy as np

from mnist_dash.core.datasets.errors import DatasetError, listed
from mnist_dash.core.datasets.limits import SIDES
from mnist_dash.core.datasets.parts import Part, part_of
from mnist_dash.core.datasets.rows import Rows, blocks_of

LEAST = SIDES[0] ** 2  # numbers of an image: a row of fewer is no image
QMNIST = 8  # numbers about each image in its idx2-int files; the first is the label


def paired(arrays: dict[str, np.ndarray | Rows], file: str) -> list[tuple[str, Part]]:
    """The parts by their keys in ``parts.PARTS``. Raises DatasetError when no pairs are found.

    Images may not have been read yet; labels have.
    """
    images = {name: array for name, array in arrays.items() if is_images(array)}
    labels = {name: array for name, array in arrays.items() if array.ndim and name not in images}
    for name in [name for name in images if _flat_twin(name, images)]:
        del images[name]
    if not images:
        raise DatasetError(f"{file} holds no images: give an array of images, (N, H, W), beside the labels")
    if not labels:
        raise DatasetError(f"{file} holds no labels: give the file of labels as well")
    parts = {name: Part(images[name], _column(*_labels_of(name, images, labels)), name) for name in images}
    return list(zip(_names(parts), parts.values(), strict=True))


def is_images(array: np.ndarray | Rows) -> bool:
    return array.ndim > 2 or (array.ndim == 2 and array.shape[1] >= LEAST)


def _flat_twin(name: str, images: dict[str, np.ndarray | Rows]) -> bool:
    """Whether the same numbers are there in the shape of images too, as in scikit-learn's digits."""
    flat = images[name]
    return flat.ndim == 2 and any(
        other.ndim > 2 and other.size == flat.size and len(other) == len(flat) and _same(flat, other)
        for other in images.values()
    )


def _same(flat: np.ndarray | Rows, other: np.ndarray | Rows) -> bool:
    pairs = zip(blocks_of(flat), blocks_of(other), strict=True)
    return all(np.array_equal(one, some.reshape(one.shape)) for one, some in pairs)


def _labels_of(
    name: str, images: dict[str, np.ndarray | Rows], labels: dict[str, np.ndarray]
) -> tuple[str, np.ndarray]:
    count = len(images[name])
    fitting = [each for each in labels if len(labels[each]) == count]
    if len(fitting) > 1:
        fitting = [each for each in fitting if part_of(each) == part_of(name)]
    rivals = [each for each in images if len(images[each]) == count and part_of(each) == part_of(name)]
    if not fitting:
        others = [f"{len(array):,} ({each})" for each, array in labels.items()]
        raise DatasetError(
            f"{name} holds {count:,} images but the labels are {listed(others)}: "
            f"give its own labels{_fits(images, labels)}"
        )
    if len(fitting) > 1 or len(rivals) > 1:
        raise DatasetError(
            f"{name} holds {count:,} images, as many as other files here: "
            "say train or test in the names of the files, so that each finds its labels"
        )
    return fitting[0], labels[fitting[0]]


def _fits(images: dict[str, np.ndarray | Rows], labels: dict[str, np.ndarray]) -> str:
    for name, array in images.items():
        for other in labels:
            if len(array) == len(labels[other]):
                return f"; {name} and {other} would fit"
    return ""


def _column(name: str, labels: np.ndarray) -> np.ndarray:
    """(N,) from (N,), (N, 1), QMNIST's (N, 8), or a 1 in the column of the class."""
    if labels.ndim == 1:
        return labels
    numbers = labels.dtype.kind in "biuf"
    if labels.shape[1] == 1 or (labels.shape[1] == QMNIST and labels.dtype.kind == "i" and labels.max() > 1):
        return labels[:, 0]
    if numbers and ((labels == 0) | (labels == 1)).all() and (labels.sum(1) == 1).all():
        return labels.argmax(1)
    raise DatasetError(f"{name} holds {labels.shape[1]} labels for each image: give one for each")


def _names(parts: dict[str, Part]) -> list[str]:
    """What the names say; where they don't, the larger of two is to learn from."""
    said = [part_of(name) for name in parts]
    if len(set(said)) == len(said) and (None not in said or len(said) == 1):
        return [each or "train" for each in said]
    counts = [len(part.images) for part in parts.values()]
    if len(counts) == 2:
        return ["train", "valid"] if counts[0] >= counts[1] else ["valid", "train"]
    raise DatasetError(
        f"{listed(list(parts))} are {len(parts)} stacks of images: say train and test in the names of two"
    )
