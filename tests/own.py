"""Sets of a reader's own, for the tests of several: as files, and brought to the page Data."""

import string
import time

import numpy as np
from sklearn.datasets import load_digits

from tests.app import sound
from tests.core.datasets.files import npz, png, zipped

NAMES = ("a very long class name that nobody would write", "*Motten* & <b>Falter [x](y) :red[z]")


def noisy(classes, each, shape, seed=0):
    """Images around a pattern of each class: class -> uint8 (each, *shape)."""
    chance = np.random.default_rng(seed)
    patterns = {name: chance.integers(40, 216, shape) for name in classes}
    return {
        name: np.clip(pattern + chance.normal(0, 40, (each, *shape)), 0, 255).astype(np.uint8)
        for name, pattern in patterns.items()
    }


def in_folders(images):
    """class -> images, as a ZIP with a folder for each class."""
    return zipped(
        {
            f"{name}/{number}.png": png(image)
            for name, stack in images.items()
            for number, image in enumerate(stack)
        }
    )


def letters():
    return in_folders(noisy(string.ascii_lowercase, 12, (28, 28)))


def digits():
    found = load_digits()
    return npz(images=found.images, target=found.target)


def two_long():
    return in_folders(noisy(NAMES, 20, (28, 28)))


def colours():
    return in_folders(noisy(["bird", "frog", "ship"], 15, (32, 32, 3)))


def unlabelled(images):
    """A table of pixels without labels, (N, H, W) -> CSV."""
    rows = images.reshape(len(images), -1).tolist()
    names = [f"pixel{number}" for number in range(len(rows[0]))]
    return "\n".join(",".join(map(str, row)) for row in [names, *rows]).encode()


SETS = {
    "letters.zip": letters,
    "digits.npz": digits,
    "two.zip": two_long,
    "colours.zip": colours,
}


def give(at, *files):
    """The page once these files, (name, content), were dropped on it; not read yet."""
    number = at.session_state["desk"].number
    given = [(name, content, "application/octet-stream") for name, content in files]
    return sound(at.file_uploader(key=f"own files {number}").set_value(given).run())


def all_read(at):
    """Waits until all is read; the page doesn't show it yet."""
    arrival, end = at.session_state["desk"].arrival, time.monotonic() + 30
    while not arrival.done:
        assert time.monotonic() < end
        time.sleep(0.02)


def arrived(at):
    """The page once all is read."""
    if at.session_state["desk"].arrival:
        all_read(at)
        sound(at.run())
    assert not at.session_state["desk"].arrival
    return at


def bring(at, *files):
    return arrived(give(at, *files))


def in_use(at):
    """The reader's own set on this page, or None."""
    own = at.session_state["desk"].own
    return own and own.data
