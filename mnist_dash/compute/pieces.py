"""The chapter's lines that take seconds, in pieces of a tenth of a second at most, so that pages run between.

Each returns what the line itself returns.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor

from mnist_dash import chapter
from mnist_dash.chapter import listing
from mnist_dash.chapter.listing import Line
from mnist_dash.compute.background import Pieces
from mnist_dash.core.baseline import NORMS, ideals, predict, scaled
from mnist_dash.core.datasets import Dataset, Digits
from mnist_dash.core.ink import Ink
from mnist_dash.core.ladder import RUNGS, climbing

Given = Mapping[str, Hashable]
Made = Callable[[Line, Given], Any]  # what another line returns
AT_ONCE = 15_000  # images measured in one piece


def learning_curve(given: Given, made: Made) -> Pieces:
    """Draw by draw. Yields which draw and size comes next, and what is known of the curve so far.

    For one draw it holds the ideals and the ink of the training images, 36 MB.
    """
    digits, how, sizes, seeds = (given[name] for name in ("digits", "how", "sizes", "seeds"))
    known = {size: [] for size in sizes}
    yield 0, sizes[0], known
    data, asked, prepared = (
        made(listing.made_by(name, given), given) for name in ("data", "asked", "prepared")
    )
    for number, seed in enumerate(seeds):
        wanted = sizes if number == 0 else list(filter(None, sizes))
        found = yield from _drawn(data, digits, how, wanted, seed, (number, sizes[0], known))
        for size in wanted:
            said = number, size, known
            in_play = torch.stack([found[digit].ideals[size] for digit in digits])  # (K, H, W)
            on_valid = yield from _accuracies(in_play, [(prepared, asked.labels)], digits, said)
            on_own = yield from _accuracies(in_play, _in_parts(found, size), digits, said)
            draw = {norm: (on_valid[norm], on_own[norm]) for norm in NORMS}
            known = known | {size: [*known[size], draw]}
    return known


class Drawn(NamedTuple):
    """A digit's training images in random order: their ink, and how many -> the ideal of the first."""

    ink: Ink
    ideals: dict[int | None, Tensor]


def _drawn(
    data: Dataset, digits: Sequence[int], how: str, sizes: Sequence[int | None], seed: int, said: tuple
) -> Pieces:
    """Digit -> ``Drawn``, in the order of ``chapter.shuffled``."""
    chance, found = torch.Generator().manual_seed(seed), {}
    for digit in digits:
        stack = data.train.stacks[digit]
        stack = stack[torch.randperm(len(stack), generator=chance)]
        images = Digits(stack, torch.full((len(stack),), digit))
        yield said
        found[digit] = Drawn(Ink.of(stack), {})
        for size in sizes:
            yield said
            found[digit].ideals[size] = ideals(images, [digit], how=how, first=size)[0]
    return found


def _in_parts(found: Mapping[int, Drawn], size: int | None) -> Iterator[tuple[Ink, Tensor]]:
    """The first images of each digit and their labels, a limited number at a time."""
    own = {digit: drawn.ink.first(size) for digit, drawn in found.items()}
    some = max(1, AT_ONCE // max(map(len, own.values())))  # digits
    for start in range(0, len(own), some):
        digits = list(own)[start : start + some]
        labels = torch.cat([torch.full((len(own[digit]),), digit) for digit in digits])
        yield Ink.cat([own[digit] for digit in digits]), labels


def _accuracies(
    in_play: Tensor, parts: Iterable[tuple[Tensor | Ink, Tensor]], digits: Sequence[int], said: tuple
) -> Pieces:
    """Norm -> pooled accuracy on all these images. parts: images and their labels."""
    right, total = dict.fromkeys(NORMS, 0), 0
    for images, labels in parts:
        total += len(labels)
        for name, norm in NORMS.items():
            right[name] += int((predict(norm.distances(images, in_play), digits) == labels).sum())
            yield said
    return {name: count / total for name, count in right.items()}


def climbed(given: Given, made: Made) -> Pieces:
    """Yields whether the rung is learning or answering, and how much of that is done, 0 to 1."""
    yield "learns", 0.0
    learned, asked, seen = (
        made(listing.made_by(name, given), given) for name in ("learned", "asked", "seen")
    )
    rung, k = RUNGS[given["rung"]], given["k"]
    return (yield from climbing(rung, learned, given["digits"], seen, asked.labels, k))


def descended(given: Given, made: Made) -> Pieces:
    """Yields what the line returns, for the rounds done so far."""
    pads, learned, *scored = (
        made(getattr(chapter, name), given)
        for name in ("pads", "learned", "prepared", "asked", "training_ink")
    )
    w, chance = pads.clone().requires_grad_(), torch.Generator().manual_seed(given["seed"])
    losses, shares = [], [chapter.shares_right(pads, *scored, given["digits"])]
    for _ in range(given["rounds"]):
        yield losses, shares, chapter.in_greys(w)
        losses = losses + chapter.ten_steps(w, learned, given["digits"], given["rate"], chance)
        now = scaled(chapter.in_greys(w))
        shares = [*shares, chapter.shares_right(now, *scored, given["digits"])]
    return losses, shares, chapter.in_greys(w)


IN_PIECES = {
    chapter.learning_curve: learning_curve,
    chapter.climbed: climbed,
    chapter.descended: descended,
}
