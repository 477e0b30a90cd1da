"""Median against mean: each norm has its own ideal."""

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components import figures
from mnist_dash.components.shared.numbers import percent
from mnist_dash.core.baseline import IDEALS, NORMS
from mnist_dash.pages.magnet.magnet import all_ten
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.glossary import explained
from mnist_dash.pages.shared.names import all_classes
from mnist_dash.pages.shared.words import with_sign

SOURCE = (
    "T. Hastie, R. Tibshirani, J. Friedman, *The Elements of Statistical Learning*, 2nd edition, 2009, "
    "section 2.4"
)


@exhibit
def mean_or_median() -> None:
    """The accuracies of both norms with both kinds of ideal."""
    given, every = all_ten(), all_classes().capitalize()
    st.header("Each norm has its own ideal", anchor=False)
    ran = {
        how: run(f"scores of {how}", f"{every}, {how} ideals.", chapter.scores, given | {"how": how})
        for how in IDEALS
    }
    pooled = {how: {name: score.pooled for name, score in each.value.items()} for how, each in ran.items()}
    names = [f":{figures.COLOURS[name]}[{name}]" for name in NORMS]
    rows = [f"| accuracy, {all_classes()} | {' | '.join(names)} |", "|---|--:|--:|"]
    for how, shares in pooled.items():
        cells = [
            f"**{percent(share)}**"
            if share == max(each[name] for each in pooled.values())
            else percent(share)
            for name, share in shares.items()
        ]
        rows.append(f"| {how} ideals | {' | '.join(cells)} |")
    changes = [pooled["median"][name] - pooled["mean"][name] for name in NORMS]
    said = " and ".join(
        f"{'helps' if change > 0 else 'hurts'} {name} ({with_sign(100 * change, 1)} points)"
        if change
        else f"changes nothing for {name}"
        for name, change in zip(names, changes, strict=True)
    )
    helps, hurts = changes
    why = "That is no accident: at" if helps > 0 > hurts else "Yet at"
    table, words = st.columns([2, 3], gap="large", vertical_alignment="center")
    table.markdown("\n".join(rows))
    words.markdown(
        explained(
            f"The [[median]] {said}. {why} every pixel, the **median** has the least mean "
            "absolute difference from the images, as in :blue[L1], and the **mean** the least mean squared "
            "difference, as in :orange[L2]."
        ),
        unsafe_allow_html=True,
    )
    words.caption(f"Source: {SOURCE}.")
    show_code(*ran.values())
