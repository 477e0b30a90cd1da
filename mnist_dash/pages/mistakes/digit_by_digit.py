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
from mnist_dash.pages.shared.names import are_digits, class_name, kind, kinds, one, what
from mnist_dash.pages.shared.set_in_use import in_use
from mnist_dash.pages.shared.settings import ORDERS
from mnist_dash.pages.shared.validation import asked
from mnist_dash.pages.shared.walls import KEY, show_wall

MOST = 18  # pictures at a time
MANY, TALL = 12, 400  # classes, from which on they scroll in a box of so many pixels


@exhibit
def digit_by_digit() -> None:
    """How often each norm is right on each digit; ``confusions`` shows the code of both."""
    chosen, given = choices(), asked()
    scores, worst = _above(given)
    of_any = next(iter(scores.value.values()))
    seen = [
        cls for cls in worst.value if of_any.total[of_any.classes.index(cls)]
    ]  # of others nothing is known
    hard, easy = class_name(seen[0]), class_name(seen[-1])
    shares = [{score.per_class[score.classes.index(cls)] for cls in seen} for score in scores.value.values()]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            explained(
                f"**No {kind()} is harder than another here**, by either [[norm]]."
                if all(len(of_norm) == 1 for of_norm in shares)
                else f"**Some {kinds()} are harder than others.** Hardest for both [[norms|norm]] together: "
                f"{hard}. Easiest: {easy}."
            ),
            unsafe_allow_html=True,
            width="content",
        )
        st.segmented_control(
            "Order",
            ORDERS,
            format_func=(ORDERS | {"digit": f"By {kind()}"}).get,
            required=True,
            label_visibility="collapsed",
            width="content",
            **chosen.control("order"),
        )
    order = given["digits"] if chosen["order"] == "digit" else tuple(worst.value)
    names = dict(enumerate(in_use().classes))
    figure = figures.per_class(scores.value, order=order)
    with st.container(height=TALL if len(order) > MANY else "content", border=False):
        chart, table = st.columns([3, 2], gap="large", vertical_alignment="center")
    with chart:
        st.plotly_chart(
            figure if are_digits() else figures.of_classes(figure, names),
            config={"displayModeBar": False},
            alt=f"Accuracy of each norm on each {kind()}, from {names[seen[0]]}, the hardest, to "
            f"{names[seen[-1]]}, the easiest; the numbers are in the table beside it.",
        )
    with table:
        st.table(tables.per_class(scores.value, {cls: class_name(cls) for cls in order}, kind=kind()))


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
    counts = run("confusions", f"How often each {kind()} is called each.", chapter.confusions, given)
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
        names=[in_use().classes[cls] for cls in digits],
        picked=(by, true, called),
        on_pick=lambda *cell: {"cell": cell, "cell_from": 0},
    )
    images = run(
        "called so",
        f"The images of {_in_full(true)} that {by} calls {class_name(called)}.",
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
        empty=f"There is no such image: {_never(by, true, called)}.",
    )
    show_code(scores, hardest, counts, images, line="confusion(given")


def _above(given: Mapping[str, Hashable]) -> tuple[Ran, Ran]:
    """What ``digit_by_digit`` runs."""
    scores = run("scores", "How often each norm is right.", chapter.scores, given)
    return scores, run("worst first", f"The {kinds()}, from the hardest.", chapter.worst_first, given)


def _what(by: str, true: int, called: int, count: int, total: int) -> str:
    name = f":{figures.COLOURS[by]}[{by}]"
    correctly = ", correctly" if true == called else ""
    of = f"{total:,} image{'s' * (total != 1)} of {_in_full(true)}"
    says = f"**Of the {of}, {name} calls {count:,} {what(called)}**{correctly}."
    return f"{says} {KEY}" if count else says


def _in_full(cls: int) -> str:
    return f"digit {class_name(cls)}" if are_digits() else class_name(cls)


def _never(by: str, true: int, called: int) -> str:
    """In words that are no Markdown."""
    if are_digits():
        return f"{by} never calls {one(true)} {one(called)}"
    return f"{by} never takes {in_use().classes[true]} for {in_use().classes[called]}"
