"""A stack of labelled images -> those to learn from and those to be judged on."""

from collections.abc import Sequence

import torch
from torch import Tensor

from mnist_dash.core.datasets.dataset import Digits


def split(digits: Digits, share: float, seed: int) -> tuple[Digits, Digits]:
    """By chance, of every class the same share to be judged on; both in file order."""
    held = torch.zeros(len(digits), dtype=torch.bool)
    by_class = held_back([len(places) for places in digits.places.values()], share, seed)
    for places, judged in zip(digits.places.values(), by_class, strict=True):
        held[places] = judged
    return tuple(Digits(digits.images[side], digits.labels[side]) for side in (~held, held))


def held_back(counts: Sequence[int], share: float, seed: int) -> list[Tensor]:
    """Of each class, by how many images it has, which of them are judged on: bool (n,).

    Of a class with two images or more at least one goes to either side; a single one is learned from.
    """
    chance = torch.Generator().manual_seed(seed)
    return [drawn(n, min(max(round(share * n), 1), n - 1), chance) for n in counts]


def drawn(among: int, count: int, chance: torch.Generator) -> Tensor:
    """So many by chance, all equally likely: bool (among,)."""
    found = torch.zeros(among, dtype=torch.bool)
    found[torch.randperm(among, generator=chance)[:count]] = True
    return found
