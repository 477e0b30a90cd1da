"""Both norms on the same images: how often each is right, and whether the difference may be chance."""

from collections.abc import Hashable, Mapping

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components import figures
from mnist_dash.components.shared.numbers import percent
from mnist_dash.core.baseline import NORMS, Accuracy
from mnist_dash.core.paired import Paired
from mnist_dash.pages.shared.code import Ran, run
from mnist_dash.pages.shared.glossary import explained
from mnist_dash.pages.shared.names import class_name
from mnist_dash.pages.shared.words import in_full, points, wrong


def both_norms(given: Mapping[str, Hashable]) -> tuple[Ran, Ran]:
    """The accuracies on the validation images, and what the difference is worth. Returns what ran."""
    scores = run("scores", "How often each norm is right.", chapter.scores, given)
    compared = run("compared", "How often only one of them is right.", chapter.compared, given)
    with st.container(horizontal=True, gap="medium"):  # side by side on a phone too
        for name, score in scores.value.items():
            with st.container(width="stretch", gap="xsmall"):
                st.header(f":{figures.COLOURS[name]}[{name}]", anchor=False)
                st.caption(NORMS[name].meaning)
                with st.container(horizontal=True, gap="medium"):
                    st.metric(
                        "Pooled",
                        percent(score.pooled),
                        help=f"The share of correct images among all images. {in_full(score)}.",
                        width="content",
                    )
                    st.metric(
                        "Mean of the classes",
                        percent(score.mean_per_class),
                        help="The book's accuracy: the mean of the accuracies on each digit, "
                        f"{score.mean_per_class:.4f}.",
                        width="content",
                    )
                st.caption(f"**{wrong(score)}** validation images")
    any_score = next(iter(scores.value.values()))
    st.caption(
        f"The line of chance is {percent(any_score.chance)}: always answering "
        f"{class_name(any_score.commonest)} would "
        "score that."
    )
    st.markdown(explained(_verdict(scores.value, compared.value)), unsafe_allow_html=True)
    return scores, compared


def _verdict(scores: Mapping[str, Accuracy], split: Paired) -> str:
    names = {name: f":{figures.COLOURS[name]}[{name}]" for name in NORMS}
    first, second = NORMS
    alone = (
        f"Only {names[first]} is right on **{split.only_first:,}** images, only {names[second]} on "
        f"**{split.only_second:,}**."
    )
    if all(score.near_chance for score in scores.values()):
        return f"{alone} But **neither can tell these images apart**: both are near the line of chance."
    if split.only_first == split.only_second:
        return f"{alone} So neither is better here."
    better = second if split.difference > 0 else first
    low, high = split.interval if split.difference > 0 else (-split.interval[1], -split.interval[0])
    interval = f"95 % [[interval|confidence interval]] {_points(low)} to {_points(high)}"
    by = f"by {points(split.difference)}, {interval}"
    if split.p_value < 0.05:
        found = f"**{better} is better** {by}"
    else:
        found = f"{better} is ahead {by}, but **that may well be chance**"
    return (
        f"{alone} So {found}. Luck? If both were equally good, a split at least as uneven would happen "
        f"{_how_often(split.p_value)} (McNemar's exact test)."
    )


def _how_often(probability: float) -> str:
    if probability < 1e-4:
        return "less than once in 10,000 times"
    if probability < 0.05:
        return f"once in {1 / probability:,.0f} times"
    return f"{100 * probability:.0f} times in 100"


def _points(share: float) -> str:
    return f"{100 * share:.1f}".replace("-", "−")
