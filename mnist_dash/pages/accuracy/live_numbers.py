"""How an ideal is made, and how often the nearest is right then, on images new to it and on its own."""

from collections.abc import Hashable, Mapping

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components import figures
from mnist_dash.core.baseline import IDEALS
from mnist_dash.pages.shared.both_norms import both_norms
from mnist_dash.pages.shared.choices import choices, part
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.slide import slide_first
from mnist_dash.pages.shared.validation import asked, most_images


@part
@exhibit
def live_numbers() -> None:
    """The controls of the ideals, and the numbers of both norms, which follow the slider."""
    chosen = choices()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control("An ideal is the", list(IDEALS), required=True, **chosen.control("how"))
        slider = st.container(width=360)
    given = asked()
    ran = both_norms(given)
    with slider:  # after the numbers, so that the next move is sent once these are on their way
        slide_first("Training images per ideal:", most_images(given["digits"]))
    if chosen.moving:
        st.markdown("**Training accuracy** follows when the slider rests.")
    else:
        _training(given)
    show_code(*ran)


def _training(given: Mapping[str, Hashable]) -> None:
    """The same for the images that the ideals are made of, and why one looks at the others."""
    scores = run("training", "The images the ideals are made of.", chapter.training_scores, given).value
    said = " and ".join(
        f":{figures.COLOURS[name]}[{name}] **{score.pooled:.4f}**" for name, score in scores.items()
    )
    count = sum(next(iter(scores.values())).total)
    st.markdown(
        f"**Training accuracy** {said}, on the {count:,} images that the ideals are made of. With few images "
        "it flatters: an ideal made of one image is that image. With many it is hardly higher, if at all: a "
        "mean of thousands keeps next to nothing of any one. What counts is how a classifier does on images "
        "it has not seen."
    )
