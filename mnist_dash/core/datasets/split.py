"""A stack of labelled images -> those to learn from and those to be judged on."""

import torch

from mnist_dash.core.datasets.dataset import Digits


def split(digits: Digits, share: float, seed: int) -> tuple[Digits, Digits]:
    """By chance, of every class the same share to be judged on; both in file order.

    Of a class with two images or more at least one goes to either side; a single one is learned from.
    """
    chance = torch.Generator().manual_seed(seed)
    held = torch.zeros(len(digits), dtype=torch.bool)
    for places in digits.places.values():
        count = min(max(round(share * len(places)), 1), len(places) - 1)
        held[places[torch.randperm(len(places), generator=chance)[:count]]] = True
    return tuple(Digits(digits.images[side], digits.labels[side]) for side in (~held, held))
