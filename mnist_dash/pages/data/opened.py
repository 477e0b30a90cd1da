"""A wall of training images, and the one clicked: MNIST's on Pixels, another set's beside its ideal."""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from torch import Tensor

from mnist_dash import chapter
from mnist_dash.components.maps import Group, Map, maps
from mnist_dash.components.wall import Tile, wall
from mnist_dash.core.baseline import NORMS
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.lines import made
from mnist_dash.pages.shared.set_in_use import desk, given, in_use
from mnist_dash.pages.shared.words import plain

KEY = "opened-image"  # of the container that a click scrolls to
MOST = 100  # images in view


def wall_of(name: str, numbers: Tensor, called: Mapping[str, Tensor]) -> None:
    """A wall of these training images, and above it the one that was clicked.

    name: of the wall; the setting ``<name>_from`` says from which of them on they are in view. called: by
    norm, the labels that each of them was given, if they are to be shown.
    """
    chosen, data, begin = choices(), in_use(), f"{name}_from"
    first = min(chosen[begin], len(numbers) - 1) // MOST * MOST
    shown = numbers[first : first + MOST]
    answers = {norm: labels[first : first + MOST].tolist() for norm, labels in called.items()}
    _opened()
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
        opened=chosen["opened"],
        on_open=_on_open,
        on_turn=lambda start: {begin: start},
        size="ten",
        reveals=KEY,
        what="Training image",
    )


def _on_open(number: int) -> Mapping[str, Any]:
    """What a click on this training image chooses."""
    if desk().own:
        return {"opened": number}
    digit = int(in_use().train.labels[number])
    files = made(chapter.files, {"folder": f"train/{digit}"})
    place = next(place for place, file in enumerate(files) if file.number == number)
    return {"page": "pixels", "from": "train", "digit": digit, "place": place}


def hint() -> str:
    """Where a click leads."""
    return "here, beside its ideal" if desk().own else "on the page Pixels"


def _opened() -> None:
    """Of the reader's own set the image that was clicked, and the ideal of its class; above the wall."""
    if desk().own:
        with st.container(key=KEY):
            _beside_its_ideal()


def _beside_its_ideal() -> None:
    number, data = choices()["opened"], in_use()
    if number is None or number >= len(data.train):
        st.caption("An image that you click is shown here.")
        return
    values = {**given(), "number": number}
    image = run("one image", "One training image.", chapter.one_of_train, values)
    ideal = run("its ideal", "The ideal of its class.", chapter.its_ideal, values)
    lengths = run("its distances", "How far it is from every ideal.", chapter.its_distances, values)
    name = data.classes[int(data.train.labels[number])]
    maps(
        "opened maps",
        [
            Group(
                [
                    Map(
                        f"Training image {number:,}, labelled {name}",
                        image.value,
                        "The image",
                        top=255,
                        decimals=0,
                    ),
                    Map(f"The ideal of {name}", ideal.value, "The ideal of its class"),
                ]
            )
        ],
    )
    said = (
        f"{norm}: {lengths.value[norm][name]:.4f} from its own ideal; nearest is "
        f"**{plain(nearest)}**, at {lengths.value[norm][nearest]:.4f}"
        for norm in NORMS
        for nearest in [min(lengths.value[norm], key=lengths.value[norm].get)]
    )
    st.markdown(". ".join(said) + ".")
    show_code(image, ideal, lengths, key="opened image")
