"""A better ideal: painted by hand, and by the gradient."""

import zlib
from base64 import b85decode

import torch
import torch.nn.functional as F
from torch import tensor

from mnist_dash.core.baseline import NORMS, accuracy, ideals, predict, scaled
from mnist_dash.core.ink import Ink

# -- by hand -------------------------------------------------------------------------------------------


def pads(data, digits, painted):
    """The ideals on the pads: each digit's mean, unless something else was painted there."""
    means = dict(zip(digits, ideals(data.train, digits), strict=True))
    inked = {digit: tensor(list(zlib.decompress(b85decode(ink)))) / 255 for digit, ink in painted}
    return torch.stack(
        [inked[digit].view_as(mean) if digit in inked else mean for digit, mean in means.items()]
    )


def rightly_called(images, labels, made, digits):
    """How often each norm is right with these ideals."""
    return {
        name: accuracy(predict(norm.distances(images, made), digits), labels, digits)
        for name, norm in NORMS.items()
    }


def pads_on_validation(pads, prepared, asked, digits):
    return rightly_called(prepared, asked.labels, pads, digits)


def pads_on_training(pads, training_ink, digits):
    own = [training_ink[digit] for digit in digits]
    labels = tensor(digits).repeat_interleave(tensor([len(ink) for ink in own]))
    return rightly_called(Ink.cat(own), labels, pads, digits)


# -- by the gradient -----------------------------------------------------------------------------------


def logits(batch, w):
    """The nearer an ideal, the higher: minus 100 times the squared L2, (n, H, W), (K, H, W) -> (n, K)."""
    return -100 * torch.cdist(batch.flatten(1), w.flatten(1)) ** 2 / w[0].numel()


def ten_steps(w, learned, digits, rate, chance):
    """Ten steps of SGD, each on 256 training images, and the loss before each."""
    losses, play = [], tensor(digits)
    for _ in range(10):
        some = torch.randint(len(learned), (256,), generator=chance)
        targets = torch.searchsorted(play, learned.labels[some])
        loss = F.cross_entropy(logits(scaled(learned.images[some]), w), targets)
        loss.backward()
        w.data -= rate * w.grad
        w.data.clamp_(0, 1)  # between paper and ink, so that it stays a picture
        w.grad = None
        losses.append(loss.item())
    return losses


def in_greys(w):
    """The ideals as a pad has them, in 256 greys."""
    return (w.detach() * 255).round().byte()


def shares_right(made, prepared, asked, training_ink, digits):
    """The accuracies of these ideals by each norm, on validation images and on training images."""
    on_valid = pads_on_validation(made, prepared, asked, digits)
    on_training = pads_on_training(made, training_ink, digits)
    return {name: (on_valid[name].pooled, on_training[name].pooled) for name in NORMS}


def descended(pads, learned, prepared, asked, training_ink, digits, rate, rounds, seed):
    """Ten steps a round: the loss of every step, the accuracies after every round, the ideals at the end."""
    w, chance = pads.clone().requires_grad_(), torch.Generator().manual_seed(seed)
    losses, right = [], [shares_right(pads, prepared, asked, training_ink, digits)]
    for _ in range(rounds):
        losses += ten_steps(w, learned, digits, rate, chance)
        right.append(shares_right(scaled(in_greys(w)), prepared, asked, training_ink, digits))
    return losses, right, in_greys(w)
