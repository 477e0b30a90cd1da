"""What is in a data set."""

import torch


def samples(mnist, seed):
    chance = torch.Generator().manual_seed(seed)
    ten_each = [
        places[torch.randperm(len(places), generator=chance)[:10]] for places in mnist.train.places.values()
    ]
    numbers = torch.cat(ten_each)
    return mnist.train.images[numbers], mnist.train.labels[numbers], numbers
