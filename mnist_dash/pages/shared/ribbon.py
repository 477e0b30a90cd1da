"""One digit all the way: above the links of the lesson, what becomes of the reader's own digit."""

import streamlit as st
import torch
from PIL import Image
from torch import Tensor

from mnist_dash import compute
from mnist_dash.components.readout import ideal_url
from mnist_dash.components.shared.mount import picture_url
from mnist_dash.compute.cache import shared_by_set
from mnist_dash.core.baseline import NORMS, scaled
from mnist_dash.core.datasets import Dataset
from mnist_dash.core.datasets.errors import short
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.contents import CONTENTS
from mnist_dash.pages.shared.drawn import example, seen
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.names import DIGITS
from mnist_dash.pages.shared.set_in_use import in_use

STATIONS = {
    "draw": "the digit",
    "pixels": "{} numbers",
    "stack": "a stack",
    "ideal": "the ideal",
    "distance": "the difference",
    "broadcasting": "the distance",
    "accuracy": "the answer",
}
SHEETS, APART = 4, 4  # of the stack that is shown; pixels from one to the next
LESS, MORE = (111, 61, 154), (27, 120, 55)  # violet and green, as in the maps of signed numbers
LONGEST = 8  # letters of a name for which there is room
CELL = 3  # pixels along one side of a pixel, when each is to be seen


@exhibit
def ribbon(here: str) -> None:
    """A picture for each link of the lesson. To be called before the links."""
    if here in {page.name for page in CONTENTS["Learn"]}:
        chosen = choices()
        drawing = seen(chosen, chosen["off"])
        image = example()[1] if drawing is None else drawing
        st.html(_style(in_use(), image.numpy().tobytes(), chosen["digits"]))


@shared_by_set(most=64)
def _style(dataset: Dataset, pixels: bytes, digits: tuple[int, ...]) -> str:
    """The pictures as the backgrounds of the links, which are in the order of the stations."""
    image = torch.frombuffer(bytearray(pixels), dtype=torch.uint8).view(dataset.train.images.shape[1:])
    ideals = compute.ideals(dataset, digits)
    verdict = compute.Verdict.of("L1", digits, NORMS["L1"].distances(image[None], ideals)[0])
    ideal = ideals[digits.index(verdict.nearest)]
    pictures = {
        "draw": _greys(image),
        "pixels": _cells(image),
        "stack": _sheets(dataset, verdict.nearest),
        "ideal": ideal_url(ideal),
        "distance": _signed(scaled(image) - ideal),
    }
    words = {
        "broadcasting": f"{min(verdict.distances):.2f}",
        "accuracy": _in_css(short(dataset.classes[verdict.nearest], LONGEST)),
    }
    rules = []
    for nth, (name, station) in enumerate(STATIONS.items(), 1):
        link = f".st-key-contents > :nth-child({nth}) a"
        shown = f'content: "{words[name]}"' if name in words else f"background-image: url({pictures[name]})"
        if name == "draw" and dataset.classes != DIGITS:
            station = "the image"
        rules.append(
            f'{link}::before {{ {shown}; }} {link}::after {{ content: "{station.format(image.numel())}"; }}'
        )
    return f"<style>{' '.join(rules)}</style>"


def _in_css(text: str) -> str:
    """As the inside of a CSS string that can be in a style of HTML."""
    return "".join(f"\\{ord(sign):x} " if not sign.isalnum() else sign for sign in text)


def _greys(image: Tensor) -> str:
    """uint8 (H, W), 255 is ink."""
    return picture_url(Image.fromarray((255 - image).numpy()))


def _cells(image: Tensor) -> str:
    """The same with paper between the pixels, so that each is seen."""
    cells = image.repeat_interleave(CELL, 0).repeat_interleave(CELL, 1)
    cells[::CELL], cells[:, ::CELL] = 40, 40
    return _greys(cells)


@shared_by_set(most=64)
def _sheets(dataset: Dataset, label: int) -> str:
    """The first images of a class as sheets of paper on top of one another, the first on top."""
    images = dataset.train.images[dataset.train.places[label][:SHEETS]]
    count, height, width = images.shape
    room = APART * (count - 1)
    pile = torch.zeros(height + room, width + room, dtype=torch.uint8)
    for nth in reversed(range(count)):
        top, left = APART * (count - 1 - nth), APART * nth
        sheet = pile[top : top + height, left : left + width]
        sheet.copy_(images[nth])
        sheet[0], sheet[-1], sheet[:, 0], sheet[:, -1] = 90, 90, 90, 90
    return _greys(pile)


def _signed(difference: Tensor) -> str:
    """Float (H, W) from -1 to 1: ink that is missing violet, ink that is too much green."""
    share = difference.abs()[..., None]
    hue = torch.where(difference[..., None] < 0, torch.tensor(LESS), torch.tensor(MORE))
    return picture_url(Image.fromarray((255 + share * (hue - 255)).round().byte().numpy()))
