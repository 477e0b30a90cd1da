"""The baseline on the set in use: each class's ideal, and how often the nearest is right."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components.confusion import confusion
from mnist_dash.components.figures import COLOURS
from mnist_dash.components.maps import Group, Map, maps
from mnist_dash.components.shared.numbers import percent
from mnist_dash.core.baseline import NORMS
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.lines import made
from mnist_dash.pages.shared.norm_style import norm_style
from mnist_dash.pages.shared.set_in_use import given, in_use
from mnist_dash.pages.shared.words import in_full, plain, wrong

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
    values, data = given(), in_use()
    ideals = run("class ideals", "The ideal of each class.", chapter.class_ideals, values)
    scores = run("baseline", "How often the nearest ideal is right.", chapter.baseline_of_set, values)
    if scores.error is not None:
        st.info("No validation image is of a class with training images, so there is nothing to judge on.")
        return
    same, *both = scores.value.values()
    for column, (norm, score) in zip(st.columns(2), zip(NORMS, both, strict=True), strict=True):
        with column:
            st.subheader(f":{COLOURS[norm]}[{norm}]", anchor=False)
            with st.container(horizontal=True, gap="medium"):
                st.metric("Pooled", percent(score.pooled), help=f"{in_full(score)}.", width="content")
                st.metric(
                    "Mean of the classes",
                    percent(score.mean_per_class),
                    help=f"The mean of the accuracies on each class, {score.mean_per_class:.4f}.",
                    width="content",
                )
            st.caption(f"**{wrong(score)}** validation images")
    answer = plain(data.classes[made(chapter.commonest, values)])
    st.caption(f"Always answering {answer} would be right on {percent(same.pooled)}: the line to beat.")
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
    matrices = run("confusions", "How often each is called each.", chapter.confusions_of_set, values)
    mixed = run("mix-ups", "The most frequent mistakes.", chapter.mix_ups, {**values, "count": COUNT})
    if len(names) <= FEW and max(map(len, names)) <= SHORT:
        top = max(int((each - each.diag().diag()).max()) for each in matrices.value.values())
        confusion("set confusion", names, matrices.value, top=top)
    elif mixed.value:
        st.html(norm_style() + STYLE + _table(mixed.value))
    else:
        st.caption("Nothing was mixed up.")
    show_code(ideals, scores, matrices, mixed)


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
