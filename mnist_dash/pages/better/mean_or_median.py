"""The first rival of the mean: how often ideals that are medians are right, by both norms."""

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components import figures
from mnist_dash.components.shared.numbers import percent
from mnist_dash.core.baseline import IDEALS, NORMS, Accuracy
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.exhibit import NothingToShowError, exhibit
from mnist_dash.pages.shared.glossary import explained
from mnist_dash.pages.shared.names import without_validation
from mnist_dash.pages.shared.words import with_sign


@exhibit
def mean_or_median() -> None:
    """The possible answers, and both accuracies of both kinds of ideal."""
    given = {"digits": choices()["digits"], "first": None}
    if why := without_validation(given["digits"]):
        raise NothingToShowError(why)
    with st.spinner("Looking at all their training images …"):
        ran = [
            run(f"scores of the {how}", f"How often ideals that are a {how} are right.", chapter.scores, each)
            for how in IDEALS
            for each in [given | {"how": how}]
        ]
    scores = dict(zip(IDEALS, (each.value for each in ran), strict=True))
    words, table = st.columns([2, 3], gap="large", vertical_alignment="center")
    words.markdown(
        explained(
            f"{' '.join(_told(norm, scores) for norm in NORMS)} The mean makes squared differences small, as "
            "in :orange[L2], the [[median]] absolute ones, as in :blue[L1]."
        ),
        unsafe_allow_html=True,
    )
    table.markdown(_table(scores))
    show_code(*ran)


def _told(norm: str, scores: dict[str, dict[str, Accuracy]]) -> str:
    """What the median wins or loses by one norm."""
    named = f":{figures.COLOURS[norm]}[{norm}]"
    mean, median = (sum(scores[how][norm].right) for how in ("mean", "median"))
    if mean == median:
        return f"By {named} both are right on {mean:,} images."
    verb = "beats" if median > mean else "does not beat"
    total = sum(scores["mean"][norm].total)
    return f"By {named} the median **{verb}** the mean: {with_sign(median - mean, 0)} of {total:,} images."


def _table(scores: dict[str, dict[str, Accuracy]]) -> str:
    """In Markdown, the better of two in bold."""
    lines = [f"| every ideal is a | {' | '.join(scores)} |", f"|---|{'--:|' * len(scores)}"]
    for norm in NORMS:
        shares = [by[norm].pooled for by in scores.values()]
        cells = (f"**{percent(share)}**" if share == max(shares) else percent(share) for share in shares)
        lines.append(f"| :{figures.COLOURS[norm]}[{norm}] | {' | '.join(cells)} |")
    return "\n".join(lines)
