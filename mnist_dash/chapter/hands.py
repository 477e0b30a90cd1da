"""The reader's own digits and MNIST's: how well the ideals of either read both."""

import torch

from mnist_dash import load_dataset
from mnist_dash.core.baseline import NORMS, accuracy, by_ink, ideals, left_out_distances, predict
from mnist_dash.core.datasets import Digits


def my_digits(my_file):
    """All of them: otherwise load_dataset would hold some back."""
    mine = load_dataset(my_file, share=0)
    names = torch.tensor([int(name) for name in mine.classes])
    return Digits(mine.train.images, names[mine.train.labels])


def both_ideals(data, my_digits):
    """MNIST's of the digits that I have written, and mine: (K, 28, 28) each."""
    written = list(my_digits.places)
    return ideals(data.train, written), ideals(my_digits, written)


def how_often_right(tested, taught, written):
    """Of each norm: how often the nearest of these ideals is the right one."""
    called = {
        name: predict(norm.distances(by_ink(tested.images), taught), written) for name, norm in NORMS.items()
    }
    return {name: accuracy(given, tested.labels, written) for name, given in called.items()}


def taught_by_mnist(data, my_digits):
    """How often MNIST's ideals are right on MNIST's validation images, and on mine."""
    written = tuple(my_digits.places)
    taught = ideals(data.train, written)
    return [how_often_right(tested, taught, written) for tested in (data.valid.of(written), my_digits)]


def without_itself(my_digits):
    """How far each of my digits is from my ideals, its own being made without it: of each norm (N, K)."""
    written = tuple(my_digits.places)
    return {name: left_out_distances(my_digits, written, norm) for name, norm in NORMS.items()}


def called_by_me(without_itself, my_digits):
    written = tuple(my_digits.places)
    return {name: predict(distances, written) for name, distances in without_itself.items()}


def taught_by_me(data, my_digits, called_by_me):
    """How often my ideals are right on MNIST's validation images, and on mine, each left out of its own."""
    written = tuple(my_digits.places)
    theirs = how_often_right(data.valid.of(written), ideals(my_digits, written), written)
    mine = {name: accuracy(given, my_digits.labels, written) for name, given in called_by_me.items()}
    return [theirs, mine]


def farthest_of_mine(without_itself, my_digits, norm):
    """Of each digit the image that is farthest from its own ideal: its place among mine."""
    return [
        int(places[without_itself[norm][places, column].argmax()])
        for column, places in enumerate(my_digits.places.values())
    ]
