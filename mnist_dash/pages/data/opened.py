"""A wall of training images; one that is clicked is taken apart on Pixels."""

from collections.abc import Mapping
from typing import Any

from torch import Tensor

from mnist_dash import chapter
from mnist_dash.components.wall import Tile, wall
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.lines import made
from mnist_dash.pages.shared.set_in_use import desk, folder, in_use

MOST = 100  # images in view


def wall_of(name: str, numbers: Tensor, called: Mapping[str, Tensor]) -> None:
    """A wall of these training images.

    name: of the wall; the setting ``<name>_from`` says from which of them on they are in view. called: by
    norm, the labels that each of them was given, if they are to be shown.
    """
    chosen, data, begin = choices(), in_use(), f"{name}_from"
    first = min(chosen[begin], len(numbers) - 1) // MOST * MOST
    shown = numbers[first : first + MOST]
    answers = {norm: labels[first : first + MOST].tolist() for norm, labels in called.items()}
    chosen.mount(
        wall,
        # The room that is kept for MNIST's would be too much for many a set.
        f"own {name}" if desk().own else name,
        [
            Tile(number, data.classes[label], {norm: data.classes[of[n]] for norm, of in answers.items()})
            for n, (number, label) in enumerate(
                zip(shown.tolist(), data.train.labels[shown].tolist(), strict=True)
            )
        ],
        data.train.images[shown],
        first=first,
        most=MOST,
        total=len(numbers),
        opened=None,
        on_open=_on_open,
        on_turn=lambda start: {begin: start},
        size="ten",
        what="Training image",
    )


def _on_open(number: int) -> Mapping[str, Any]:
    """What a click on this training image chooses."""
    label = int(in_use().train.labels[number])
    files = made(chapter.files, {"folder": folder("train", label)})
    place = next(place for place, file in enumerate(files) if file.number == number)
    return {"page": "pixels", "from": "train", "digit": label, "place": place}
