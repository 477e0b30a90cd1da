"""The chapter's lines that take seconds, in pieces of about a tenth of one at most: pages run in between.

Each gives what the line itself returns.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from mnist_dash import chapter
from mnist_dash.chapter import listing
from mnist_dash.chapter.listing import Line
from mnist_dash.compute.background import Pieces
from mnist_dash.compute.data import mnist
from mnist_dash.core.baseline import NORMS, ideals, predict
from mnist_dash.core.datasets import Digits
from mnist_dash.core.ink import Ink
from mnist_dash.core.ladder import RUNGS, climbing

Given = Mapping[str, Hashable]
Made = Callable[[Line, Given], Any]  # what another line returns
AT_ONCE = 15_000  # images that are measured in one piece


def learning_curve(given: Given, made: Made) -> Pieces:
    """Draw by draw. After every piece: which draw and size comes next, and what is known of the curve.

    A draw holds the training images in another order, 47 MB, and their ink, 36 MB.
    """
    digits, how, sizes, seeds = (given[name] for name in ("digits", "how", "sizes", "seeds"))
    known = {size: [] for size in sizes}
    yield 0, sizes[0], known
    asked, prepared = (made(getattr(chapter, name), given) for name in ("asked", "prepared"))
    for number, seed in enumerate(seeds):
        images, inks = yield from _shuffled(digits, seed, (number, sizes[0], known))
        for size in sizes if number == 0 else filter(None, sizes):
            said = number, size, known
            made_of = yield from _ideals(images, how, size, said)
            on_valid = yield from _accuracies(made_of, [(prepared, asked.labels)], digits, said)
            on_own = yield from _accuracies(made_of, _in_parts(inks, size), digits, said)
            draw = {norm: (on_valid[norm], on_own[norm]) for norm in NORMS}
            known = known | {size: [*known[size], draw]}
    return known


def _shuffled(digits: Sequence[int], seed: int, said: tuple) -> Pieces:
    """As ``chapter.shuffled`` does it: each digit's images, and their ink."""
    chance, images, inks = torch.Generator().manual_seed(seed), {}, {}
    for digit in digits:
        stack = mnist().train.stacks[digit]
        stack = stack[torch.randperm(len(stack), generator=chance)]
        images[digit] = Digits(stack, torch.full((len(stack),), digit))
        yield said
        inks[digit] = Ink.of(stack)
        yield said
    return images, inks


def _ideals(images: Mapping[int, Digits], how: str, size: int | None, said: tuple) -> Pieces:
    """(K, H, W)."""
    found = []
    for digit, stack in images.items():
        found.append(ideals(stack, [digit], how=how, first=size))
        yield said
    return torch.cat(found)


def _in_parts(inks: Mapping[int, Ink], size: int | None) -> Iterator[tuple[Ink, Tensor]]:
    """The first images of each digit and their labels, not too many at a time."""
    own = {digit: ink.first(size) for digit, ink in inks.items()}
    some = max(1, AT_ONCE // max(map(len, own.values())))  # digits
    for start in range(0, len(own), some):
        digits = list(own)[start : start + some]
        labels = torch.cat([torch.full((len(own[digit]),), digit) for digit in digits])
        yield Ink.cat([own[digit] for digit in digits]), labels


def _accuracies(
    made_of: Tensor, parts: Iterable[tuple[Tensor | Ink, Tensor]], digits: Sequence[int], said: tuple
) -> Pieces:
    """Norm -> pooled accuracy on all these images. parts: images and their labels."""
    right, total = dict.fromkeys(NORMS, 0), 0
    for images, labels in parts:
        total += len(labels)
        for name, norm in NORMS.items():
            right[name] += int((predict(norm.distances(images, made_of), digits) == labels).sum())
            yield said
    return {name: count / total for name, count in right.items()}


def climbed(given: Given, made: Made) -> Pieces:
    """After every piece: whether the rung learns or answers, and what share of that is done."""
    yield "learns", 0.0
    learned, asked, seen = (
        made(listing.made_by(name, given), given) for name in ("learned", "asked", "seen")
    )
    rung, k = RUNGS[given["rung"]], given["k"]
    return (yield from climbing(rung, learned, given["digits"], seen, asked.labels, k))


IN_PIECES = {chapter.learning_curve: learning_curve, chapter.climbed: climbed}
