"""The baseline on the set in use: each class's ideal, and how often the nearest is right."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st
from torch import Tensor

from mnist_dash import chapter
from mnist_dash.components import figures
from mnist_dash.components.confusion import confusion
from mnist_dash.components.maps import Group, Map, maps
from mnist_dash.components.shared.numbers import percent
from mnist_dash.core.baseline import NORMS, Accuracy
from mnist_dash.core.datasets import Dataset
from mnist_dash.pages.shared.both_norms import both_norms
from mnist_dash.pages.shared.code import Ran, run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.lines import Given
from mnist_dash.pages.shared.norm_style import norm_style
from mnist_dash.pages.shared.set_in_use import in_use
from mnist_dash.pages.shared.validation import as_in_the_book

FEW, SHORT = 12, 3  # classes, letters of a name: what a table of all mix-ups has room for
COUNT = 12  # mix-ups that are listed
STYLE = """<style>
.mixed { border-collapse: collapse; font-variant-numeric: tabular-nums; line-height: 1.2; }
.mixed :is(th, td) { padding: .22rem .9rem .22rem 0; border: 0; text-align: left; font-weight: 400; }
.mixed td[data-norm] { color: var(--norm); font-weight: 650; text-align: right; }
.mixed th[data-norm] { color: var(--norm); text-align: right; }
</style>"""


@exhibit
def baseline() -> None:
    """All ideals, the accuracy of both norms beside the simplest answer, and what is mixed up."""
    data = in_use()
    given = as_in_the_book(data.labels)
    if not len(data.valid.of(data.labels)):
        st.info("No validation image is of a class with training images, so there is nothing to judge on.")
        return
    ran = both_norms(given)
    ideals = run("class ideals", "The ideal of each class.", chapter.class_ideals, {})
    names = [data.classes[label] for label in data.labels]
    of_every = _of_every_image(data, given, ran[0].value) if data.whole else []
    groups = [(ideals.value, f"The {len(data.train):,} training images kept" if data.whole else "")]
    groups += [
        (every.value, f"All {int(data.whole.train.sum()):,} training images") for every in of_every[:1]
    ]
    maps("class ideals", [_group(names, *each) for each in groups], size="ten")
    matrices = run("confusions", "How often each is called each.", chapter.confusions, given)
    mixed = run("mix-ups", "The most frequent mistakes.", chapter.mix_ups, {**given, "count": COUNT})
    if len(names) <= FEW and max(map(len, names)) <= SHORT:
        top = max(int((each - each.diag().diag()).max()) for each in matrices.value.values())
        confusion("set confusion", names, matrices.value, top=top)
    elif mixed.value:
        st.html(norm_style() + STYLE + _table(mixed.value))
    else:
        st.caption("Nothing was mixed up.")
    show_code(*ran, ideals, *of_every, matrices, mixed)


def _group(names: Sequence[str], ideals: Tensor, title: str) -> Group:
    of = f" of {title[0].lower()}{title[1:]}" if title else ""
    return Group(
        [Map(name, ideal, f"The ideal of {name}{of}") for name, ideal in zip(names, ideals, strict=True)],
        title,
    )


def _of_every_image(data: Dataset, given: Given, kept: Mapping[str, Accuracy]) -> list[Ran]:
    """Of a set that was read in a stream: what its other images would change. Returns what ran."""
    every = run("of every image", "The ideals of all images.", chapter.ideals_of_every_image, {})
    apart = run("apart", "How far they are from those of the kept.", chapter.largest_difference, {})
    scores = run("by every image", "How often they are right.", chapter.scores_by_every_image, given)
    said = " and ".join(
        f":{figures.COLOURS[norm]}[{norm}] is right on **{percent(score.pooled)}** instead of "
        f"{percent(kept[norm].pooled)}"
        for norm, score in scores.value.items()
    )
    st.markdown(
        f"The numbers above are by the ideals of the {len(data.train):,} training images kept. By those of "
        f"all {int(data.whole.train.sum()):,}, {said} of these validation images. No pixel of any ideal "
        f"differs by more than **{apart.value:.3f}**, on a scale from 0 to 1."
    )
    return [every, apart, scores]


def _table(mixed: Sequence[tuple[str, str, int, int]]) -> str:
    head = "".join(f"<th scope=col data-norm='{norm}'>{norm}</th>" for norm in NORMS)
    rows = "".join(
        f"<tr><td>{escape(true)}</td><td>{escape(called)}</td>"
        + "".join(f"<td data-norm='{norm}'>{times:,}</td>" for norm, times in zip(NORMS, often, strict=True))
        + "</tr>"
        for true, called, *often in mixed
    )
    return (
        "<table class=mixed aria-label='The most frequent mix-ups'><thead><tr><th scope=col>true</th>"
        f"<th scope=col>called</th>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )
