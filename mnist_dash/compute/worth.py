"""What the steps of the preparation are worth: validation images are photographed, read back and scored.

Knows nothing about Streamlit.
"""

from functools import partial
from weakref import ref

import torch
from torch import Tensor

from mnist_dash.compute import background
from mnist_dash.compute.background import Job, Pieces
from mnist_dash.compute.cache import shared_by_set
from mnist_dash.compute.data import ideals, preparation
from mnist_dash.compute.pictures import as_fed
from mnist_dash.core import sheets
from mnist_dash.core.baseline import NORMS, Accuracy, accuracy, predict
from mnist_dash.core.datasets import Dataset
from mnist_dash.core.handwriting import HandwritingError, to_mnist

AT_ONCE = 10  # sheets, about 70 ms


def worth(dataset: Dataset, classes: tuple[int, ...], without: frozenset[str], most: int) -> Job:
    """How often the norms are right on validation images of ``classes``, photographed and read back.

    They are read in the background while somebody keeps asking, ``most`` at most. The job's ``said`` and
    ``value`` are norm -> Accuracy, whose ``total`` says how many sheets have been read. without: names of
    ``STEPS``.
    """
    key = (worth, ref(dataset), classes, without, most)  # a set is not held by what is known of it
    return background.look(key, partial(pieces, dataset, classes, without, most))


def pieces(dataset: Dataset, classes: tuple[int, ...], without: frozenset[str], most: int) -> Pieces:
    """Yields norm -> Accuracy on the sheets read so far."""
    scores = None
    places = torch.isin(dataset.valid.labels, torch.tensor(classes)).nonzero()[:most, 0]
    columns = [dataset.labels.index(cls) for cls in classes]
    for some in places.split(AT_ONCE):
        distances = _distances(dataset, tuple(some.tolist()), without)
        labels = dataset.valid.labels[some]
        found = {
            norm: accuracy(predict(rows[:, columns], classes), labels, classes)
            for norm, rows in distances.items()
        }
        scores = {norm: _sum(scores[norm], more) for norm, more in found.items()} if scores else found
        yield scores
    return scores


def _sum(one: Accuracy, other: Accuracy) -> Accuracy:
    """The accuracy on the images of both together."""
    right, total = (
        tuple(a + b for a, b in zip(*each, strict=True))
        for each in ((one.right, other.right), (one.total, other.total))
    )
    return Accuracy(one.classes, right, total)


@shared_by_set(most=4096)  # 2 KB each
def _distances(dataset: Dataset, places: tuple[int, ...], without: frozenset[str]) -> dict[str, Tensor]:
    """Distances of these validation images, each read from its own photo; without ink, it is blank."""
    prepared, like = [], preparation(dataset)
    for place in places:
        photo = sheets.small_photo(dataset.valid.images[place], place)
        try:
            prepared.append(to_mnist(photo, without=without, like=like))
        except HandwritingError:
            prepared.append(torch.zeros(dataset.valid.images.shape[1:], dtype=torch.uint8))
    images = as_fed(torch.stack(prepared), without)
    in_play = ideals(dataset, dataset.labels)
    return {norm.name: norm.distances(images, in_play) for norm in NORMS.values()}
