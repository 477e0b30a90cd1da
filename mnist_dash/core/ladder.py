"""The ladder: simpler methods, the nearest ideal and more costly methods, all trained and scored alike.

Every rung is trained on the same training images and then answers the same validation images. Both happen
in pieces, so that progress can be told, or the work stopped, in between. Knows nothing about screens.

Shapes: N images of H x W pixels, K classes.
"""

import inspect
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from functools import partial, wraps
from time import perf_counter
from typing import Any, TypeVar

import torch
import torch.nn.functional as F
from torch import Tensor

from mnist_dash.core.baseline import NORMS, Accuracy, accuracy, ideals, predict, scaled
from mnist_dash.core.datasets import Digits

SEED = 1998
ROUNDS = 40  # of k-means; then hardly an image changes its group
AT_ONCE = 250  # images that are answered at a time
PIXELS = 6_000 * 28 * 28  # of training images that neighbours are sought in at a time, as floats 19 MB
UNKNOWNS = 2_500  # weights, or images if these are fewer: so many equations are solved within half a minute
INK = 150  # of an image, the sum of its squared pixels, up to which steps of 0.5 lead downhill
S, T = TypeVar("S"), TypeVar("T")
Pieces = Generator[float, None, T]  # what share is done, piece by piece, and at the end the outcome
Answer = Callable[[Tensor], Tensor | Pieces[Tensor]]  # images, uint8 or float32 (N, H, W) -> classes, (N,)
Teach = Callable[[Digits, Sequence[int], int | None], Pieces[Answer]]  # images, their classes, k


@dataclass(frozen=True)
class Rung:
    """A way to tell digits apart. idea: one sentence. norm: the one it measures with, if it is L1 or L2.

    k: the setting that holds its number, if it has one. slow: whether the reader may have to wait for it.
    """

    title: str
    idea: str
    teach: Teach
    norm: str = ""
    k: str = ""
    slow: bool = False


@dataclass(frozen=True)
class Reached:
    """How well a rung trained on ``images`` images answers, and how many seconds both took."""

    score: Accuracy
    images: int
    teaching: float
    answering: float

    @property
    def wrong(self) -> int:
        """How many images it gets wrong."""
        return sum(self.score.total) - sum(self.score.right)


@dataclass(frozen=True)
class Published:
    """A figure that others give: the accuracy on MNIST's 10,000 test images after training on all 60,000."""

    title: str
    accuracy: float
    by: str = "LeCun et al., 1998."


# -- the rungs ---------------------------------------------------------------------------------------


def _at_once(teach: Callable[..., Answer]) -> Teach:
    """Makes one piece of work that takes next to no time."""

    @wraps(teach)
    def pieces(*taught: Any, **options: str) -> Pieces[Answer]:
        yield 0.0
        return teach(*taught, **options)

    return pieces


@_at_once
def commonest(train: Digits, classes: Sequence[int], k: None) -> Answer:
    counts = torch.bincount(train.labels)
    return lambda images: counts.argmax().expand(len(images))


def darkness(train: Digits, classes: Sequence[int], k: None) -> Pieces[Answer]:
    dark = []
    for number, cls in enumerate(classes):
        yield number / len(classes)
        dark.append(scaled(train.stacks[cls]).mean())
    dark = torch.stack(dark)
    return lambda images: predict((scaled(images).mean((-1, -2))[:, None] - dark).abs(), classes)


def nearest_ideal(train: Digits, classes: Sequence[int], k: None, *, norm: str, how: str) -> Pieces[Answer]:
    made = []
    for number, cls in enumerate(classes):
        yield number / len(classes)
        made.append(ideals(train, [cls], how=how))
    made = torch.cat(made)
    return lambda images: predict(NORMS[norm].distances(images, made), classes)


def several_ideals(train: Digits, classes: Sequence[int], k: int) -> Pieces[Answer]:
    """k-means. Source: S. Lloyd, *Least squares quantization in PCM*, IEEE Trans. Inf. Theory 28, 1982."""
    made, made_for = [], []
    for number, cls in enumerate(classes):
        yield number / len(classes)
        images = scaled(train.stacks[cls]).flatten(1)  # (n, H W)
        chance = torch.Generator().manual_seed(SEED)
        centres = images[torch.randperm(len(images), generator=chance)[:k]]
        groups = None
        for _ in range(ROUNDS):
            nearest = torch.cdist(images, centres).argmin(1)
            if groups is not None and nearest.equal(groups):
                break
            groups = nearest
            ours = F.one_hot(groups, len(centres)).float()  # (n, k)
            counts = ours.sum(0)[:, None]
            centres = torch.where(counts > 0, ours.T @ images / counts.clamp(min=1), centres)
            yield number / len(classes)
        made.append(centres)
        made_for += [cls] * len(centres)
    made, made_for = torch.cat(made), torch.tensor(made_for)
    return lambda images: made_for[torch.cdist(scaled(images).flatten(1), made).argmin(1)]


def neighbours(train: Digits, classes: Sequence[int], k: int) -> Pieces[Answer]:
    """Every training image is an ideal: of the k nearest by L2, the commonest label, or else the smallest.

    Of |x - y|^2 = |x|^2 - 2xy + |y|^2 the first term is the same for all, so it is left out.
    """
    some = max(1, PIXELS // train.images[0].numel())
    batches = list(zip(train.images.split(some), train.labels.split(some), strict=True))
    squares = []
    for images, _ in batches:
        yield len(squares) / len(batches)
        squares.append(scaled(images).flatten(1).square().sum(1))

    def answer(images: Tensor) -> Pieces[Tensor]:
        flat, near, labels = scaled(images).flatten(1), [], []
        for (others, theirs), square in zip(batches, squares, strict=True):
            apart = torch.addmm(square, flat, scaled(others).flatten(1).T, alpha=-2)  # (N, n)
            nearest = apart.topk(min(k, len(others)), largest=False)
            near.append(nearest.values)
            labels.append(theirs[nearest.indices])
            yield len(labels) / len(batches)
        near, labels = torch.cat(near, 1), torch.cat(labels, 1)
        chosen = labels.gather(1, near.topk(min(k, near.shape[1]), largest=False).indices)
        return F.one_hot(chosen).sum(1).argmax(1)

    return answer


def with_one(images: Tensor) -> Tensor:
    """float64 (N, H W + 1): every image's pixels and a 1, whose weight is the bias."""
    return F.pad(scaled(images).flatten(1), (0, 1), value=1).double()


def inverse(products: Tensor) -> Tensor:
    """The pseudo-inverse of squares, so that nearly all counts."""
    return torch.linalg.pinv(products, rcond=1e-14, hermitian=True)


def least_squares(train: Digits, classes: Sequence[int], k: None) -> Pieces[Answer]:
    """Of all weights with the smallest error, the shortest: (X^T X)^+ X^T Y, Y being 1 for the true class.

    X^T (X X^T)^+ Y is the same, and smaller where there are more pixels than images. Raises ValueError where
    there are too many of both.
    """
    play, size = torch.tensor(classes), train.images[0].numel() + 1
    if min(size, len(train)) > UNKNOWNS:
        raise ValueError(f"{size:,} weights from {len(train):,} images are too much for one equation here")
    true = (train.labels[:, None] == play).double()  # (N, K)
    products, answers = 0, 0
    if size <= UNKNOWNS:
        for start in range(0, len(train), 2_000):
            yield start / len(train)
            x, y = with_one(train.images[start : start + 2_000]), true[start : start + 2_000]
            products, answers = products + x.T @ x, answers + x.T @ y
        weights = inverse(products) @ answers  # (H W + 1, K)
    else:
        columns = train.images.flatten(1).split(2_000, dim=1)
        for done, some in enumerate(columns):
            yield done / len(columns)
            x = scaled(some).double()
            products = products + x @ x.T
        of_images = inverse(products + 1) @ true  # (N, K)
        weights = torch.cat(
            [*(scaled(some).double().T @ of_images for some in columns), of_images.sum(0)[None]]
        )
    return lambda images: play[(with_one(images) @ weights).argmax(1)]


def linear_layer(train: Digits, classes: Sequence[int], k: None) -> Pieces[Answer]:
    """Softmax and cross entropy by stochastic gradient descent, 256 images a step.

    5 epochs, more if these are fewer than 100 steps; rate 0.5, less if images have much ink.
    """
    play, count = torch.tensor(classes), len(train)
    chance = torch.Generator().manual_seed(SEED)
    weights = torch.zeros(train.images[0].numel(), len(classes), requires_grad=True)
    bias = torch.zeros(len(classes), requires_grad=True)
    ink = scaled(train.images[:: max(1, count // 500)]).flatten(1).square().sum(1).mean()
    rate, steps, done = 0.5 * INK / max(INK, float(ink)), -(-count // 256), 0
    epochs = max(5, -(-100 // steps))
    for _ in range(epochs):
        for batch in torch.randperm(count, generator=chance).split(256):
            guesses = scaled(train.images[batch]).flatten(1) @ weights + bias
            loss = F.cross_entropy(guesses, torch.searchsorted(play, train.labels[batch]))
            for each, slope in zip((weights, bias), torch.autograd.grad(loss, (weights, bias)), strict=True):
                each.data -= rate * slope
            done += len(batch)
            yield done / (epochs * count)
    return lambda images: play[(scaled(images).flatten(1) @ weights.data + bias.data).argmax(1)]


RUNGS = {
    "commonest": Rung("The commonest digit", "Looks at nothing and always answers the same.", commonest),
    "darkness": Rung("Average darkness", "Uses only the mean pixel: whose is nearest?", darkness),
    "L1": Rung(
        "Ideal, L1",
        "The book's baseline: whose mean is nearest?",
        partial(nearest_ideal, norm="L1", how="mean"),
        "L1",
    ),
    "L2": Rung(
        "Ideal, L2",
        "The same, with every difference squared.",
        partial(nearest_ideal, norm="L2", how="mean"),
        "L2",
    ),
    "median-L1": Rung(
        "Median ideal, L1",
        "The middle value of each pixel instead of its mean.",
        partial(nearest_ideal, norm="L1", how="median"),
        "L1",
    ),
    "median-L2": Rung(
        "Median ideal, L2",
        "The same, with every difference squared.",
        partial(nearest_ideal, norm="L2", how="median"),
        "L2",
    ),
    "several": Rung(
        "Several ideals, L2",
        "k means of each digit, found by k-means.",
        several_ideals,
        "L2",
        k="several",
        slow=True,
    ),
    "neighbours": Rung(
        "Nearest neighbours, L2",
        "Every image is an ideal, and the k nearest vote.",
        neighbours,
        "L2",
        k="neighbours",
        slow=True,
    ),
    "squares": Rung(
        "Least squares",
        "A weight for every pixel, from one equation.",
        least_squares,
        slow=True,
    ),
    "layer": Rung(
        "Linear layer, SGD",
        "The same weights, learned step by step: the next half.",
        linear_layer,
        slow=True,
    ),
}

SOURCE = (
    "Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, *Gradient-based learning applied to document recognition*, "
    "Proceedings of the IEEE 86(11), 1998"
)
PUBLISHED = (  # the errors on the test set there: 12.0, 5.0, 3.09, 4.7, 3.3 and 0.95 %
    Published("Linear classifier", 0.880),
    Published("k nearest neighbours, L2", 0.950),
    Published("k nearest neighbours, L2, again", 0.9691, "K. Wilder, in the table on MNIST's web page."),
    Published("Neural network, 300 hidden units", 0.953),
    Published("40 principal components, quadratic", 0.967),
    Published("LeNet-5, convolutional network", 0.9905),
)


def source(rung: Rung) -> str:
    """The lines that train it."""
    return inspect.getsource(rung.teach.func if isinstance(rung.teach, partial) else rung.teach)


# -- climbing ----------------------------------------------------------------------------------------


@dataclass
class _Watch:
    """Counts the seconds that pieces take, not those between them."""

    seconds: float = 0.0

    def __call__(self, pieces: Pieces[T]) -> Pieces[T]:
        while True:
            started = perf_counter()
            try:
                share = next(pieces)
            except StopIteration as end:
                return end.value
            finally:
                self.seconds += perf_counter() - started
            yield share


def _answers(answer: Answer, images: Tensor) -> Pieces[Tensor]:
    found, done = [], 0
    for batch in images.split(AT_ONCE):
        answered, share = answer(batch), done / len(images)
        if isinstance(answered, Generator):
            answered = yield from _saying(lambda _, share=share: share, answered)
        found.append(answered)
        done += len(batch)
        yield done / len(images)
    return torch.cat(found)


def climbing(
    rung: Rung, train: Digits, classes: Sequence[int], images: Tensor, labels: Tensor, k: int | None
) -> Generator[tuple[str, float], None, Reached]:
    """Train a rung and let it answer, piece by piece: what it is doing, and what share of that is done.

    classes: of the training images. images, labels: those it is scored on.
    """
    teaching, answering = _Watch(), _Watch()
    train = Digits(train.images, train.labels)  # nothing of what another rung worked out
    answer = yield from _saying(lambda share: ("learns", share), teaching(rung.teach(train, classes, k)))
    found = yield from _saying(lambda share: ("answers", share), answering(_answers(answer, images)))
    return Reached(accuracy(found, labels, classes), len(train), teaching.seconds, answering.seconds)


def _saying(said: Callable[[float], S], pieces: Pieces[T]) -> Generator[S, None, T]:
    """The same pieces, each told by ``said`` in other words."""
    while True:
        try:
            share = next(pieces)
        except StopIteration as end:
            return end.value
        yield said(share)


def climb(
    rung: str, train: Digits, classes: Sequence[int], images: Tensor, labels: Tensor, k: int | None
) -> Reached:
    """``climbing`` in one go. rung: a name in ``RUNGS``."""
    pieces = climbing(RUNGS[rung], train, classes, images, labels, k)
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            return end.value
