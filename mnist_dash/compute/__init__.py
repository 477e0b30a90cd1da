"""What is expensive, computed once per process and shared by all sessions, in bounded memory.

Pages ask here and compute nothing over a data set themselves. Knows nothing about Streamlit.
"""

from collections.abc import Callable, Collection, Generator, Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache, wraps
from math import inf
from threading import Lock, RLock
from typing import Any, ParamSpec, Self, TypeVar

import torch
from torch import Tensor

from mnist_dash import chapter
from mnist_dash.chapter import listing
from mnist_dash.chapter.listing import Line, Named
from mnist_dash.compute.work import Work, Works
from mnist_dash.core import baseline, handwriting
from mnist_dash.core.baseline import NORMS
from mnist_dash.core.datasets import Dataset, load_mnist
from mnist_dash.core.handwriting import Reading, Step
from mnist_dash.core.ladder import RUNGS, climbing

# Two would wait for each other wherever a browser or another session wants a core: see benchmarks/threads.py.
torch.set_num_threads(1)

P = ParamSpec("P")
T = TypeVar("T")
Pieces = Generator[Any, None, Any]


def _shared(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Remember the ``most`` latest results; sessions that ask for one in the making wait for it."""

    def remember(function: Callable[P, T]) -> Callable[P, T]:
        known, lock = {}, Lock()  # the one asked for longest ago is the first

        @wraps(function)
        def ask(*args: P.args, **kwargs: P.kwargs) -> T:
            key = (args, frozenset(kwargs.items()))
            with lock:
                making, result = known.pop(key, (RLock(), []))
                known[key] = making, result
                if len(known) > most:
                    del known[next(iter(known))]
            with making:
                if not result:
                    result.append(function(*args, **kwargs))
            return result[0]

        return ask

    return remember


@_shared(most=1)
def mnist() -> Dataset:
    """MNIST, read once: 55 MB. Raises DatasetError."""
    return load_mnist()


@_shared(most=256)
def _ideal(dataset: Dataset, cls: int, how: str, first: int | None) -> Tensor:
    return baseline.ideals(dataset.train, [cls], how=how, first=first)[0]  # (H, W), 3 KB


def ideals(
    dataset: Dataset, classes: tuple[int, ...], *, how: str = "mean", first: int | None = None
) -> Tensor:
    """``baseline.ideals`` of the training images, each class computed once: float32 (K, H, W)."""
    return torch.stack([_ideal(dataset, cls, how, first) for cls in classes])


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


def costs_of_nearest(image: Tensor, dataset: Dataset, verdict: Verdict) -> tuple[Tensor, Tensor]:
    """The nearest ideal and the runner-up, and what each pixel costs against them.

    image: uint8 (H, W). Returns two float32 (2, H, W): ideals and costs, nearest first.
    """
    pair = ideals(dataset, (verdict.nearest, verdict.runner_up))
    costs = NORMS[verdict.norm].costs
    return pair, torch.stack([costs(baseline.scaled(image), ideal) for ideal in pair])


def random_image(dataset: Dataset, classes: tuple[int, ...]) -> Tensor:
    """A validation image of one of these classes, uint8 (H, W), each image as likely as the next."""
    among = torch.isin(dataset.valid.labels, torch.tensor(classes)).nonzero()[:, 0]
    return dataset.valid.images[among[torch.randint(len(among), ())]]


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


# -- what is read from pictures --------------------------------------------------------------------


@dataclass(frozen=True)
class FoundDigit:
    """box: left, top, right, bottom in pixels of its picture. pixels: uint8 (28, 28)."""

    box: tuple[int, int, int, int]
    pixels: Tensor
    verdicts: dict[str, Verdict]


# From a picture to what a norm gets: the steps of handwriting, and the one that is taken here.
STEPS = handwriting.STEPS | {
    "scale": Step(
        "Divided by 255",
        "Whole numbers from 0 to 255 become numbers from 0 to 1, as the ideals are.",
        "The numbers run up to 255, the ideals' only to 1.",
    )
}


@_shared(most=2)
def reading(data: bytes, without: frozenset[str], ink: str) -> Reading:
    """Every digit on the picture in these bytes. Raises HandwritingError."""
    image, _ = handwriting.open_picture(data)
    return handwriting.read_all(image, without=without, ink=ink)


def as_fed(image: Tensor, without: Collection[str]) -> Tensor:
    """An image, uint8, as the norms are to get it: as floats from 0 to 255 without the step "scale"."""
    return image.float() if "scale" in without else image


# -- the lines of the chapter ----------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """What lines of the chapter returned, or the error that they raised: ``value`` is None then."""

    value: Any = None
    error: Exception | None = None


def outcome(function: Line, given: Mapping[str, Hashable], *, time: int = 0) -> Outcome:
    """Run a function of ``chapter`` with these values, or know already what it returned.

    time: another number runs it anew, for lines whose outcome is not always the same.
    """
    reached = listing.reaches(function, given)
    if any(isinstance(value, Named) for _, value in reached):  # a reader's file, too large to be kept
        return _run(function, reached)
    return _known(function, reached, time)


LARGE = 1_000_000  # bytes


@lru_cache(maxsize=256)
def _known(function: Line, given: frozenset[tuple[str, Hashable]], time: int) -> Outcome:
    return _run(function, given)


def _run(function: Line, given: frozenset[tuple[str, Hashable]]) -> Outcome:
    try:
        return Outcome(_alone(made(function, dict(given))))
    except (ArithmeticError, AttributeError, OSError, RuntimeError, TypeError, ValueError) as error:
        return Outcome(error=error)


def _alone(value: Any) -> Any:
    """A view of a whole set would keep all of it, so it becomes a copy."""
    if type(value) is tuple:
        return tuple(map(_alone, value))
    view = isinstance(value, Tensor) and value.untyped_storage().nbytes() > LARGE > value.nbytes
    return value.clone() if view else value


def made(function: Line, given: Mapping[str, Hashable]) -> Any:
    """What a function returns that others build on. Of what is dear and small, the latest are kept."""
    if function is chapter.mnist:
        return mnist()
    if function is chapter.ideals_in_play:  # each class is known by itself
        return ideals(mnist(), given["digits"], how=given["how"], first=given["first"])
    if function in _PIECES:
        work = work_on(function, given)
        work.go_on(inf)
        return work.value
    if function in _KEPT:
        return _KEPT[function](listing.reaches(function, given))
    return listing.evaluate(function, given, made)


def _keep(function: Line, most: int) -> Callable[[frozenset], Any]:
    return _shared(most)(lambda given: listing.evaluate(function, dict(given), made))


# A list of 6,000 images is 10 MB, a folder of files 2 MB, an ideal 3 KB. The validation images of some digits
# are 8 MB, as floats 31, as ink 6, their distances to ten ideals 0.8; the ink of all training images is 36.
_KEPT = {
    function: _keep(function, most)
    for function, most in {
        chapter.files: 4,
        chapter.tensors: 1,
        chapter.ideal: 64,
        chapter.rival_ideal: 64,
        chapter.ten_means: 1,
        chapter.ten_medians: 1,
        chapter.colour_picture: 4,
        chapter.asked: 4,
        chapter.stressed: 2,
        chapter.prepared: 3,
        chapter.training_ink: 1,
        chapter.measured: 8,
        chapter.answers: 16,
        chapter.fewest_pixels: 16,
        chapter.learned: 2,
    }.items()
}


# -- what takes seconds ----------------------------------------------------------------------------

_works = Works()


def work_on(function: Line, given: Mapping[str, Hashable]) -> Work:
    """What the function returns, made piece by piece. function: one of ``_PIECES``."""
    reached = listing.reaches(function, given)
    return _works.ask((function, reached), lambda: _PIECES[function](dict(reached)))


def work_known(function: Line, given: Mapping[str, Hashable]) -> Work | None:
    """The same, if it has been begun."""
    return _works.known((function, listing.reaches(function, given)))


def _learning_curve(given: Mapping[str, Hashable]) -> Pieces:
    """Draw by draw. After every piece: which draw and size comes next, and what is known of the curve.

    A draw holds the training images in another order, 47 MB, and their ink, 36 MB.
    """
    digits, how, sizes, seeds = (given[name] for name in ("digits", "how", "sizes", "seeds"))
    asked, prepared = (made(getattr(chapter, name), given) for name in ("asked", "prepared"))
    known = {size: [] for size in sizes}

    def said(number: int, size: int | None) -> tuple:
        return number, size, {each: list(draws) for each, draws in known.items()}

    for number, seed in enumerate(seeds):
        yield said(number, sizes[0])
        images = chapter.shuffled(mnist(), digits, seed)
        yield said(number, sizes[0])
        ink = chapter.ink_of_stacks(images, digits)
        for size in sizes if number == 0 else filter(None, sizes):
            yield said(number, size)
            draw = chapter.accuracies_of_draw(images, ink, asked, prepared, digits, how, size)
            known[size].append(draw)
    return known


def _climbed(given: Mapping[str, Hashable]) -> Pieces:
    """After every piece: whether the rung learns or answers, and what share of that is done."""
    learned, asked, seen = (
        made(listing.made_by(name, given), given) for name in ("learned", "asked", "seen")
    )
    rung, k = RUNGS[given["rung"]], given["k"]
    return (yield from climbing(rung, learned, given["digits"], seen, asked.labels, k))


_PIECES = {chapter.learning_curve: _learning_curve, chapter.climbed: _climbed}
