"""All ideals, how far the images of each class differ, and what the median makes of them."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from torch import Tensor

from mnist_dash import chapter
from mnist_dash.chapter.listing import Line
from mnist_dash.components.maps import Group, Map, Scale, maps
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import Ran, run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.glossary import explained
from mnist_dash.pages.shared.names import class_name, kind
from mnist_dash.pages.shared.set_in_use import in_use, mnist_in_use
from mnist_dash.pages.shared.settings import VIEWS
from mnist_dash.pages.shared.words import most, most_and_least


@dataclass(frozen=True)
class View:
    """What is shown of every class. what: its name. idea: what there is to see. scale: what colours mean.

    of_any: the idea where the set in use is not MNIST, if it is another.
    """

    function: Line
    what: str
    idea: str
    of_any: str
    colours: str
    scale: Callable[[float], Scale]


GREYS = Scale("greys", "0", "1", "paper to ink")
SEEN = {
    "mean": View(
        chapter.all_means,
        "mean",
        "Every ideal is the mean of about 6,000 images. It is dark where nearly every writer puts ink, and "
        "soft where writers differ.",
        "Every ideal is the mean of all training images of its class. It is dark where nearly all of them "
        "have ink, and soft where they differ.",
        "greys",
        lambda top: GREYS,
    ),
    "spread": View(
        chapter.all_spreads,
        "spread",
        "How much the images of a digit differ, pixel by pixel: the [[standard deviation]]. It is large "
        "along the edges, where some writers put ink and others none, and zero where nobody ever wrote.",
        "How much the images of a class differ, pixel by pixel: the [[standard deviation]]. It is large "
        "where some have ink and others none, and zero where all are alike.",
        "heat",
        lambda top: Scale("heat", "0", f"{top:.2f}", "standard deviation of the ink in one pixel"),
    ),
    "median": View(
        chapter.all_medians,
        "median",
        "The [[median]] is the middle value: half the images have at most that much ink there, half at least "
        "that much. It is mostly either ink or paper, so its edges are crisp.",
        "The [[median]] is the middle value: half the images have at most that much ink there, half at least "
        "that much.",
        "greys",
        lambda top: GREYS,
    ),
    "difference": View(
        chapter.mean_against_median,
        "mean − median",
        "The mean keeps a little of every rare stroke around the digit (green); the [[median]] drops them, "
        "and is darker along the stroke that most share (violet).",
        "Where a few images have far more ink than the others the mean is above the [[median]] (green), "
        "where a few have far less it is below (violet).",
        "signed",
        lambda top: Scale("signed", f"−{top:.2f}", f"{top:.2f}", "mean − median of one pixel"),
    ),
}


@exhibit
def ten_ideals(digit: int) -> None:
    """One of four views of every digit; beside the median, what it makes small and what the mean does."""
    labels = in_use().labels
    every = {2: "Both", 10: "All ten"}.get(len(labels), f"All {len(labels)}")
    st.header(every, anchor=False)
    chosen = choices()
    st.segmented_control(
        "What is shown",
        VIEWS,
        format_func=VIEWS.get,
        required=True,
        label_visibility="collapsed",
        **chosen.control("view"),
    )
    view = SEEN[chosen["view"]]
    st.markdown(explained(view.idea if mnist_in_use() else view.of_any), unsafe_allow_html=True)
    with st.spinner(f"Looking at all {len(in_use().train):,} training images …"):
        ran = run(every.lower(), f"The {view.what} of every {kind()}.", view.function, {})
    top = 1.0 if view.colours == "greys" else float(ran.value.abs().max())
    maps(
        "ten",
        [
            Group(
                [
                    Map(in_use().classes[cls], pixels, _alternative(cls, view, pixels), view.colours, top)
                    for cls, pixels in zip(labels, ran.value, strict=True)
                ]
            )
        ],
        scales=[view.scale(top)],
        size="ten",
    )
    if view.function in (chapter.all_medians, chapter.mean_against_median):
        show_code(ran, _what_each_makes_small(digit), key="ten")
    else:
        show_code(ran, key="ten", line=ran.code.splitlines()[-1])


def _what_each_makes_small(digit: int) -> Ran:
    ran = run(
        "mean and median",
        "The mean makes squared differences small, the median absolute ones.",
        chapter.what_each_makes_small,
        {"digit": digit},
    )
    least = [min(column) for column in zip(*ran.value.values(), strict=True)]
    rows = "\n".join(
        f"| {name} | "
        + " | ".join(f"{'**' * (cost == low)}{cost:.4f}{'**' * (cost == low)}" for cost, low in costs)
        + " |"
        for name, costs in ((name, zip(costs, least, strict=True)) for name, costs in ran.value.items())
    )
    st.markdown(
        "Which is the better ideal depends on the norm. Of all pictures, the **median** has the smallest "
        "mean absolute difference from the images, as in :blue[L1], and the **mean** has the smallest mean "
        "squared difference, as in :orange[L2]. Measured over all training images of "
        f"{kind()} {class_name(digit)}:\n\n"
        f"| ideal {class_name(digit)} | :blue[mean of \\|difference\\|] | :orange[mean of difference²] |\n"
        f"|---|--:|--:|\n{rows}"
    )
    return ran


def _alternative(cls: int, view: View, pixels: Tensor) -> str:
    where = most_and_least(pixels) if view.colours == "signed" else most(pixels)
    return f"{view.what.capitalize()} of {kind()} {in_use().classes[cls]}: {where}"
