"""Digit by digit: how good each norm is at each, what gets mistaken for what, and the images themselves."""

from collections.abc import Hashable, Mapping

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components import figures, tables
from mnist_dash.components.confusion import confusion
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import Ran, run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.glossary import explained
from mnist_dash.pages.shared.settings import ORDERS
from mnist_dash.pages.shared.validation import asked
from mnist_dash.pages.shared.walls import KEY, show_wall

MOST = 18  # pictures at a time


@exhibit
def digit_by_digit() -> None:
    """How often each norm is right on each digit; ``confusions`` shows the code of both."""
    chosen, given = choices(), asked()
    scores, worst = _above(given)
    hard, easy = worst.value[0], worst.value[-1]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            explained(
                f"**Some digits are harder than others.** Hardest for both [[norms|norm]] together: {hard}. "
                f"Easiest: {easy}."
            ),
            unsafe_allow_html=True,
            width="content",
        )
        st.segmented_control(
            "Order",
            ORDERS,
            format_func=ORDERS.get,
            required=True,
            label_visibility="collapsed",
            width="content",
            **chosen.control("order"),
        )
    order = given["digits"] if chosen["order"] == "digit" else tuple(worst.value)
    chart, table = st.columns([3, 2], gap="large", vertical_alignment="center")
    with chart:
        st.plotly_chart(
            figures.per_class(scores.value, order=order),
            config={"displayModeBar": False},
            alt=f"Accuracy of each norm on each digit, from {hard}, the hardest, to {easy}, the easiest; the "
            "numbers are in the table beside it.",
        )
    with table:
        st.table(tables.per_class(scores.value, order=order))


@exhibit
def confusions() -> None:
    """Both confusion matrices, and the wall of one cell."""
    chosen, given = choices(), asked()
    digits = given["digits"]
    st.header("What gets mistaken for what", anchor=False)
    st.markdown(
        "Row: what it is. Column: what it was called. **Every number off the diagonal is a mistake; the "
        "deeper the colour, the more of them.**"
    )
    counts = run("confusions", "How often each digit is called each.", chapter.confusions, given)
    worst = run("most errors", "Where most of the errors are.", chapter.most_errors, given)
    scores, hardest = _above(given)
    *largest, most = worst.value
    cell = chosen["cell"] or largest
    by, true, called = cell if {*cell[1:]} <= {*digits} else largest
    chosen.mount(
        confusion,
        "confusion",
        digits,
        counts.value,
        top=most,
        picked=(by, true, called),
        on_pick=lambda *cell: {"cell": cell, "cell_from": 0},
    )
    images = run(
        "called so",
        f"The images of digit {true} that {by} calls {called}.",
        chapter.called_so,
        given | {"by": by, "true": true, "called": called},
    )
    total = scores.value[by].total[digits.index(true)]
    st.markdown(_what(by, true, called, len(images.value), total))
    show_wall(
        "cell",
        images.value,
        given,
        most=MOST,
        empty=f"There is no such image: {by} never calls a {true} a {called}.",
    )
    show_code(scores, hardest, counts, images, line="confusion(given")


def _above(given: Mapping[str, Hashable]) -> tuple[Ran, Ran]:
    """What ``digit_by_digit`` runs."""
    scores = run("scores", "How often each norm is right.", chapter.scores, given)
    return scores, run("worst first", "The digits, from the hardest.", chapter.worst_first, given)


def _what(by: str, true: int, called: int, count: int, total: int) -> str:
    name = f":{figures.COLOURS[by]}[{by}]"
    correctly = ", correctly" if true == called else ""
    says = f"**Of the {total:,} images of digit {true}, {name} calls {count:,} a {called}**{correctly}."
    return f"{says} {KEY}" if count else says
