"""What the norms say of one image."""

from dataclasses import dataclass
from typing import Self

from torch import Tensor

from mnist_dash.compute.data import ideals
from mnist_dash.core import baseline
from mnist_dash.core.baseline import NORMS
from mnist_dash.core.datasets import Dataset

FITS_BETTER = 1.1  # under L2, the nearest possible answer must be this many times as far as a class left out


@dataclass(frozen=True)
class Verdict:
    """What one norm says of one image: how far each ideal is, which is nearest, and by how much.

    distances: one per class, in the order of ``classes``. margin: how much farther the runner-up is.
    """

    norm: str
    classes: tuple[int, ...]
    distances: tuple[float, ...]
    nearest: int
    runner_up: int
    margin: float

    @classmethod
    def of(cls, norm: str, classes: tuple[int, ...], distances: Tensor) -> Self:
        """distances: (K,)."""
        nearest, runner_up = baseline.ranking(distances[None], classes)[0, :2].tolist()
        by_class = dict(zip(classes, distances.tolist(), strict=True))
        margin = by_class[runner_up] - by_class[nearest]
        return cls(norm, classes, tuple(by_class.values()), nearest, runner_up, margin)


def verdicts(image: Tensor, dataset: Dataset, classes: tuple[int, ...]) -> dict[str, Verdict]:
    """What each norm says of an image, (H, W), against two or more ideals: norm -> Verdict.

    image: uint8, or floats, which are taken as they are.
    """
    in_play = ideals(dataset, classes)
    return {
        name: Verdict.of(name, classes, norm.distances(image[None], in_play)[0])
        for name, norm in NORMS.items()
    }


def called(images: Tensor, dataset: Dataset, classes: tuple[int, ...]) -> dict[str, Tensor]:
    """What each norm calls these images, (N, H, W): norm -> int64 (N,)."""
    in_play = ideals(dataset, classes)
    return {name: baseline.predict(norm.distances(images, in_play), classes) for name, norm in NORMS.items()}


def left_out(image: Tensor, dataset: Dataset, classes: tuple[int, ...]) -> int | None:
    """A class that fits an image, (H, W), clearly better than any of these; None if there is none.

    With 3 and 7 as the possible answers it finds one for 77 % of the validation images of other digits, and
    for 4 % of the 3s and 7s.
    """
    l2 = NORMS["L2"].distances(image[None], ideals(dataset, dataset.labels))[0]
    distances = dict(zip(dataset.labels, l2.tolist(), strict=True))
    nearest = min(distances, key=distances.get)
    return nearest if FITS_BETTER * distances[nearest] < min(distances[cls] for cls in classes) else None
