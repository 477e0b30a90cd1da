"""An image that was clicked: of MNIST on the page Pixels, of another set here, beside its ideal."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from mnist_dash import chapter, compute
from mnist_dash.components.maps import Group, Map, maps
from mnist_dash.core.baseline import NORMS
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.set_in_use import desk, given, in_use
from mnist_dash.pages.shared.words import plain

KEY = "opened-image"  # of the container that a click scrolls to


def on_open(number: int) -> Mapping[str, Any]:
    """What a click on this training image chooses."""
    if desk().own:
        return {"opened": number}
    digit = int(in_use().train.labels[number])
    files = compute.made(chapter.files, {"folder": f"train/{digit}"})
    place = next(place for place, file in enumerate(files) if file.number == number)
    return {"page": "pixels", "from": "train", "digit": digit, "place": place}


def wall_key(name: str) -> str:
    """Of a wall; the room that is kept for MNIST's would be too much for many a set."""
    return f"own {name}" if desk().own else name


def hint() -> str:
    """Where a click leads."""
    return "here, beside its ideal" if desk().own else "on the page Pixels"


def opened() -> None:
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
