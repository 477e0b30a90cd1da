"""The baseline on the set in use: each class's ideal, and how often the nearest is right."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components.confusion import confusion
from mnist_dash.components.maps import Group, Map, maps
from mnist_dash.core.baseline import NORMS
from mnist_dash.pages.shared.both_norms import both_norms
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
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
    maps(
        "class ideals",
        [
            Group(
                [
                    Map(name, ideal, f"The ideal of {name}")
                    for name, ideal in zip(names, ideals.value, strict=True)
                ]
            )
        ],
        size="ten",
    )
    matrices = run("confusions", "How often each is called each.", chapter.confusions, given)
    mixed = run("mix-ups", "The most frequent mistakes.", chapter.mix_ups, {**given, "count": COUNT})
    if len(names) <= FEW and max(map(len, names)) <= SHORT:
        top = max(int((each - each.diag().diag()).max()) for each in matrices.value.values())
        confusion("set confusion", names, matrices.value, top=top)
    elif mixed.value:
        st.html(norm_style() + STYLE + _table(mixed.value))
    else:
        st.caption("Nothing was mixed up.")
    show_code(*ran, ideals, matrices, mixed)


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
