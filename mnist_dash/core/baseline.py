"""The chapter's mathematics: stack, ideal, L1, L2, predict, accuracy.

Shapes: N images, K classes in play, H x W pixels. Images are uint8 in 0..255 or float32 in [0, 1];
ideals and distances are float32. Knows nothing about files, caches or screens.

Source: J. Howard, S. Gugger, *Deep Learning for Coders with fastai and PyTorch*, 2020, chapter 4.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from mnist_dash.core.datasets import Digits
from mnist_dash.core.ink import VALUES, Ink
from mnist_dash.core.paired import Z_95

# Whole sets are scaled to floats this many pixels at a time: 0.8 MB, which stay near the processor.
BATCH = 256 * 28 * 28
TABLE = 2**24  # costs that are looked up at once, 67 MB: those of 64 classes of 32 x 32
SUMMED = 1024  # pixels that are added up one after the other: with more, float32 loses too many digits
NEARLY_0 = 0.02  # share that a subtraction leaves, below which float32 has lost too many digits
ROUNDING = 1e-6  # float32 distances are off by less, times their length where that is above 1
TIE = 2e-9  # distances that are no farther apart are equal, but for the rounding of float32 ideals
NEAR_CHANCE = 0.1  # share of the way from chance to all right below which an accuracy is no better than luck
MOSTLY_INK = 0.5  # share of pixels with ink from which on a list of them saves nothing


def scaled(images: Tensor) -> Tensor:
    """uint8 0..255 -> float32 in [0, 1], as the book does it; floats are returned as they are."""
    return images.float() / 255 if images.dtype == torch.uint8 else images


# -- ideals ---------------------------------------------------------------------------------------


def mean_ideal(stacked: Tensor) -> Tensor:
    """The book's ideal digit, the mean over dim 0: (n, H, W) -> float32 (H, W) in [0, 1]."""
    return scaled(stacked).mean(0)


def median_ideal(stacked: Tensor) -> Tensor:
    """The middle value of each pixel, the mean of the two middle ones if n is even: (n, H, W) -> (H, W).

    From NumPy, because ``torch.median`` takes the lower of the two.
    """
    return torch.from_numpy(np.median(stacked.numpy(), axis=0)).float() / 255


IDEALS: dict[str, Callable[[Tensor], Tensor]] = {"mean": mean_ideal, "median": median_ideal}


def _mean_of_first(digits: Digits, cls: int, first: int) -> Tensor:
    """``mean_ideal``, from running sums."""
    return digits.sum_of_first(cls, first) / (255 * first)


def _median_of_first(digits: Digits, cls: int, first: int) -> Tensor:
    """``median_ideal``, looking only at the pixels that are ink in half of the images: the others' is 0."""
    stack = digits.images[digits.places[cls][:first]].flatten(1)
    often = 2 * (stack != 0).sum(0) >= first
    median = torch.zeros(len(often))
    if often.any():
        median[often] = median_ideal(stack[:, often])
    return median.view(digits.images.shape[1:])


_OF_FIRST = {"mean": _mean_of_first, "median": _median_of_first}


def ideals(digits: Digits, classes: Sequence[int], *, how: str = "mean", first: int | None = None) -> Tensor:
    """One ideal per class, in the order of ``classes``: float32 (K, H, W) in [0, 1].

    how: a name in ``IDEALS``. first: use only the first N images of each class (all of them if fewer).
    Raises ValueError when a class has no images or ``first`` is below 1.
    """
    if first is not None and first < 1:
        raise ValueError(f"an ideal needs at least one image: got first={first}")
    for cls in classes:
        if cls not in digits.places:
            raise ValueError(f"class {cls} has no images, so it has no ideal: leave it out")
    counts = [min(first or inf, len(digits.places[cls])) for cls in classes]
    return torch.stack([_OF_FIRST[how](digits, *each) for each in zip(classes, counts, strict=True)])


# -- distances ------------------------------------------------------------------------------------


def l1(images: Tensor, ideal: Tensor) -> Tensor:
    """Mean absolute difference, ``F.l1_loss`` per image: (N, H, W) - (H, W) -> (N,)."""
    return (images - ideal).abs().mean((-1, -2))


def l2(images: Tensor, ideal: Tensor) -> Tensor:
    """Root mean squared error, ``F.mse_loss(...).sqrt()`` per image: (N, H, W) - (H, W) -> (N,)."""
    return ((images - ideal) ** 2).mean((-1, -2)).sqrt()


def l1_pairs(images: Tensor, ideals: Tensor) -> Tensor:
    """``l1`` of every pair, each image read once: (N, H, W), (K, H, W) -> (N, K)."""
    parts = zip(images.flatten(1).split(SUMMED, 1), ideals.flatten(1).split(SUMMED, 1), strict=True)
    return sum(torch.cdist(*part, p=1) for part in parts) / ideals[0].numel()


def l2_pairs(images: Tensor, ideals: Tensor) -> Tensor:
    """``l2`` of every pair by one matrix product, as (x - y)² = x² - 2xy + y²: -> (N, K).

    What is nearly 0 is a difference of large numbers there, so it is measured again as it is defined.
    """
    flat, of_ideals, pixels = images.flatten(1), ideals.flatten(1), ideals[0].numel()
    products = flat @ of_ideals.T  # (N, H * W) @ (H * W, K) -> (N, K)
    sums = flat.square().sum(1, keepdim=True) + of_ideals.square().sum(1)
    squares = (sums - 2 * products) / pixels
    image, ideal = (squares < NEARLY_0 * sums / pixels).nonzero(as_tuple=True)
    squares[image, ideal] = ((flat[image] - of_ideals[ideal]) ** 2).mean(1)
    return squares.sqrt()


def l1_costs(image: Tensor, ideal: Tensor) -> Tensor:
    """What each pixel adds to L1, before the mean: (H, W)."""
    return (image - ideal).abs()


def l2_costs(image: Tensor, ideal: Tensor) -> Tensor:
    """What each pixel adds to L2, before the mean and its root: (H, W)."""
    return (image - ideal) ** 2


def by_ink(images: Tensor) -> Tensor | Ink:
    """Images, uint8 (N, H, W), in the form whose distances are known soonest: ``Ink`` if most is paper."""
    if images.dtype == torch.uint8 and images.count_nonzero() < MOSTLY_INK * images.numel():
        return Ink.of(images)
    return images


@dataclass(frozen=True)
class Norm:
    """A way to measure how far an image is from an ideal.

    meaning: its usual name. idea: what it does, in words. cost: the name of what one pixel contributes.
    formula: how the distance comes from the costs.
    distance: (N, H, W), (H, W) -> (N,), on floats in [0, 1]: the definition.
    costs: what each pixel contributes, (H, W), (H, W) -> (H, W). of_mean: their mean -> the distance.
    pairs: (N, H, W), (K, H, W) -> (N, K), the distance of every pair to 1e-6, faster.
    """

    name: str
    meaning: str
    idea: str
    cost: str
    formula: str
    distance: Callable[[Tensor, Tensor], Tensor]
    costs: Callable[[Tensor, Tensor], Tensor]
    of_mean: Callable[[Tensor], Tensor]
    pairs: Callable[[Tensor, Tensor], Tensor]

    def distances(self, images: Tensor | Ink, ideals: Tensor) -> Tensor:
        """From every image to every ideal: (N, H, W), (K, H, W) -> float32 (N, K).

        An image's distances are equal where they truly are, and otherwise in their true order: what is nearly
        equal is measured again in float64.
        """
        some = max(1, BATCH // ideals[0].numel())  # images
        if isinstance(images, Ink):
            found = self.of_mean(mean_costs(images, ideals, self.costs))
        else:
            found = torch.cat([self.pairs(scaled(batch), ideals) for batch in images.split(some)])
        ascending = np.sort(found.numpy(), axis=1)  # a third of the time that PyTorch takes for it
        near = np.diff(ascending) < 2 * ROUNDING * np.maximum(1, ascending[:, -1:])
        rows_near = np.unique(np.flatnonzero(near) // near.shape[1])  # sooner than near.any(1)
        for rows in torch.from_numpy(rows_near).split(some) if len(rows_near) else ():
            again = images.images(rows) if isinstance(images, Ink) else images[rows]
            found[rows] = _in_true_order(self.pairs(scaled(again).double(), ideals.double()))
        return found


def mean_costs(ink: Ink, ideals: Tensor, costs: Callable[[Tensor, Tensor], Tensor]) -> Tensor:
    """The mean over the pixels of what they cost, for every pair: N images, (K, H, W) -> (N, K).

    An image costs what the blank page costs, and for each pixel with ink what it costs more or less than
    paper: that is looked up in a table of every value at every place. What is nearly 0 is a difference of
    large numbers then, so it is measured again, pixel by pixel.
    """
    some = max(1, TABLE // (VALUES * ideals[0].numel()))  # classes
    if some < len(ideals):
        return torch.cat([mean_costs(ink, part, costs) for part in ideals.split(some)], dim=1)
    flat = ideals.flatten(1).T.contiguous()  # (H * W, K)
    blank = costs(torch.zeros(1), flat)
    values = torch.arange(VALUES)[:, None, None] / (VALUES - 1)
    table = (costs(values, flat) - blank).flatten(0, 1)  # (256 * H * W, K)
    more = F.embedding_bag(ink.codes, table, ink.starts, mode="sum", include_last_offset=True)
    means = (blank.sum(0) + more) / len(flat)
    image, ideal = (means < NEARLY_0 * blank.mean(0)).nonzero(as_tuple=True)
    means[image, ideal] = costs(scaled(ink.images(image)), ideals[ideal]).mean((-1, -2))
    return means


def left_out_distances(digits: Digits, classes: Sequence[int], norm: Norm) -> Tensor:
    """From every image to every ideal, its own class's being made without it: float32 (N, K).

    Without x, the mean m of n images is (n m - x) / (n - 1), and x is n / (n - 1) times as far from that as
    from m, under any norm that grows as the differences do.
    Raises ValueError when a class has fewer than two images.
    """
    own = digits.labels[:, None] == torch.tensor(classes)  # (N, K)
    counts = own.sum(0)
    for cls, count in zip(classes, counts.tolist(), strict=True):
        if count < 2:
            raise ValueError(f"class {cls} has {count} image, so none is left without it: give at least two")
    sums = [digits.sum_of_first(cls, len(digits.places[cls])) for cls in classes]
    means = torch.stack(sums) / (255 * counts.double()[:, None, None])
    exact = norm.pairs(digits.images.double() / 255, means)
    return _in_true_order(torch.where(own, exact * counts / (counts - 1), exact))


def _in_true_order(exact: Tensor) -> Tensor:
    """float64 (n, K) -> float32: equal in a row where no farther apart than ``TIE``, else in their order."""
    exact, order = exact.sort(dim=1)
    apart, rounded = exact.diff(dim=1) > TIE, exact.float()
    for k in range(1, rounded.shape[1]):
        below = rounded[:, k - 1]
        above = rounded[:, k].maximum(below.nextafter(torch.tensor(inf)))
        rounded[:, k] = torch.where(apart[:, k - 1], above, below)
    return torch.empty_like(rounded).scatter_(1, order, rounded)


NORMS: dict[str, Norm] = {
    "L1": Norm(
        "L1",
        meaning="mean absolute difference",
        idea="adds up how far every pixel is off",
        cost="|difference|",
        formula="mean of |difference|",
        distance=l1,
        costs=l1_costs,
        of_mean=lambda mean: mean,
        pairs=l1_pairs,
    ),
    "L2": Norm(
        "L2",
        meaning="root mean squared error",
        idea="squares first, so a few large differences weigh more",
        cost="difference²",
        formula="√ of the mean of difference²",
        distance=l2,
        costs=l2_costs,
        of_mean=torch.sqrt,
        pairs=l2_pairs,
    ),
}


# -- predictions and their accuracy ---------------------------------------------------------------


def _ascending(distances: Tensor, classes: Sequence[int]) -> tuple[Tensor, Tensor]:
    """The classes, the smallest first, (K,), and the distances in their order, (N, K)."""
    labels, order = torch.tensor(classes).sort()
    return labels, distances[:, order]


def ranking(distances: Tensor, classes: Sequence[int]) -> Tensor:
    """The classes of each image, nearest ideal first: (N, K) -> int64 (N, K).

    Equal distances go to the smaller class.
    """
    labels, distances = _ascending(distances, classes)
    return labels[distances.argsort(dim=1, stable=True)]


def predict(distances: Tensor, classes: Sequence[int]) -> Tensor:
    """The class of the nearest ideal: (N, K) -> int64 (N,). Equal distances go to the smaller class."""
    labels, distances = _ascending(distances, classes)
    return labels[distances.argmin(dim=1)]


def confusion(predictions: Tensor, labels: Tensor, classes: Sequence[int]) -> Tensor:
    """How often each true class (row) was called each class (column): (N,), (N,) -> int64 (K, K).

    Images whose label or prediction is not in ``classes`` are not counted.
    """
    play = torch.tensor(classes)
    true = (labels[:, None] == play).long()  # (N, K), one-hot
    called = (predictions[:, None] == play).long()  # (N, K), one-hot
    return true.T @ called


@dataclass(frozen=True)
class Accuracy:
    """How many of the images of each class got the right answer.

    right, total: one count per class, in the order of ``classes``.
    """

    classes: tuple[int, ...]
    right: tuple[int, ...]
    total: tuple[int, ...]

    @property
    def pooled(self) -> float:
        """Share of correct images among all images."""
        return sum(self.right) / sum(self.total)

    @property
    def per_class(self) -> tuple[float, ...]:
        """Share of correct images within each class; not a number for a class without images."""
        return tuple(r / t if t else float("nan") for r, t in zip(self.right, self.total, strict=True))

    @property
    def mean_per_class(self) -> float:
        """The book's accuracy: the mean of the per-class accuracies, each class weighing the same."""
        shares = [share for share, t in zip(self.per_class, self.total, strict=True) if t]
        return sum(shares) / len(shares)

    @property
    def commonest(self) -> int:
        """The class with the most images, the smallest of several."""
        return min(zip(self.classes, self.total, strict=True), key=lambda each: (-each[1], each[0]))[0]

    @property
    def chance(self) -> float:
        """The line of chance: the pooled accuracy of always answering the commonest class."""
        return max(self.total) / sum(self.total)

    @property
    def near_chance(self) -> bool:
        """Whether the pooled accuracy is hardly above the line of chance, on it or below."""
        return self.pooled < self.chance + NEAR_CHANCE * (1 - self.chance)

    @property
    def interval(self) -> tuple[float, float]:
        """Where the pooled accuracy on all such images lies with 95 % confidence, from these alone.

        Source: E. B. Wilson, *Journal of the American Statistical Association* 22, 1927.
        """
        share, n, z2 = self.pooled, sum(self.total), Z_95**2
        middle = (share + z2 / (2 * n)) / (1 + z2 / n)
        reach = Z_95 * sqrt(share * (1 - share) / n + z2 / (4 * n**2)) / (1 + z2 / n)
        return max(middle - reach, 0.0), min(middle + reach, 1.0)


def accuracy(predictions: Tensor, labels: Tensor, classes: Sequence[int]) -> Accuracy:
    """Counts of right predictions by class: (N,), (N,) -> Accuracy over the images of ``classes``.

    Raises ValueError when no image has one of these labels.
    """
    right, total = (
        every.bincount(minlength=max(classes) + 1)[list(classes)].tolist()
        for every in (labels[predictions == labels], labels)
    )
    if not sum(total):
        raise ValueError(f"no image is labelled {', '.join(map(str, classes))}: nothing to score")
    return Accuracy(tuple(classes), tuple(right), tuple(total))
