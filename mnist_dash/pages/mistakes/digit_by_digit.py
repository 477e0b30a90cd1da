"""Digit by digit: how good each norm is on each, what it calls the others, and the images themselves."""

from collections.abc import Callable, Hashable, Mapping

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components import figures, tables
from mnist_dash.components.confusion import confusion
from mnist_dash.pages.shared import settings
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.settings import ORDERS
from mnist_dash.pages.shared.walls import KEY, from_the_start, show_wall

MOST = 36  # pictures at a time

session = st.session_state


def digit_by_digit(given: Mapping[str, Hashable], on_open: Callable[[int], None]) -> None:
    """The accuracies, both confusion matrices, and the wall of one cell."""
    _accuracies(given)
    _confusions(given, on_open)


@st.fragment
def _accuracies(given: Mapping[str, Hashable]) -> None:
    st.header("Digit by digit", anchor="digit-by-digit")
    scores = run("scores", "How often each norm is right.", chapter.scores, given)
    worst = run("worst first", "The digits, from the hardest.", chapter.worst_first, given)
    hard, easy = worst.value[0], worst.value[-1]
    st.markdown(
        f"**Some digits are harder than others.** Over both norms, none is right less often here than "
        f"{hard}, and none more often than {easy}."
    )
    st.segmented_control(
        "Order",
        ORDERS,
        default=session["order"],
        key="order",
        format_func=ORDERS.get,
        required=True,
        label_visibility="collapsed",
    )
    order = given["digits"] if settings.kept("order") == "digit" else worst.value
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
    show_code(scores, worst)


@st.fragment(key="confusions")
def _confusions(given: Mapping[str, Hashable], on_open: Callable[[int], None]) -> None:
    digits = given["digits"]
    st.header("What is taken for what", anchor="confusion")
    st.markdown(
        "A row holds all images of one digit, a column all that are called so. On the diagonal label and "
        "answer agree; **every number off it is a mistake, and the deeper its colour, the more of them.**"
    )
    counts = run("confusions", "How often each digit is called each.", chapter.confusions, given)
    worst = run("most errors", "Where most of the errors are.", chapter.most_errors, given)
    scores = run("scores", "How often each norm is right.", chapter.scores, given)
    *largest, most = worst.value
    chosen = settings.kept("cell")
    by, true, called = chosen if chosen and {*chosen[1:]} <= {*digits} else largest

    def pick(*cell: str | int) -> None:
        session["cell"] = cell
        from_the_start("cell wall")

    confusion("confusion", digits, counts.value, top=most, picked=(by, true, called), on_pick=pick)
    images = run(
        "called so",
        f"The images of digit {true} that {by} takes for {called}.",
        chapter.called_so,
        given | {"by": by, "true": true, "called": called},
    )
    total = scores.value[by].total[digits.index(true)]
    st.markdown(_what(by, true, called, len(images.value), total))
    show_wall(
        "cell wall",
        images.value,
        given,
        on_open,
        most=MOST,
        empty=f"There is no such image: {by} takes no {true} for {called}.",
    )
    show_code(counts, images)


def _what(by: str, true: int, called: int, count: int, total: int) -> str:
    name = f":{figures.COLOURS[by]}[{by}]"
    rightly = ", rightly" if true == called else ""
    says = f"**Of the {total:,} images of digit {true}, {name} takes {count:,} for digit {called}**{rightly}."
    return f"{says} {KEY}" if count else says
