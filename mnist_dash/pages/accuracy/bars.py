"""Accuracies as bars from 0 to 1, with the line of chance through all of them."""

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from mnist_dash.components.shared.numbers import percent
from mnist_dash.core.baseline import Accuracy
from mnist_dash.pages.shared.norm_style import norm_style
from mnist_dash.pages.shared.words import in_full

STYLE = """<style>
.accuracies { --quiet: light-dark(#5c6370, #a3a9b6); list-style: none; margin: 0 !important;
  padding: 0 !important; font-variant-numeric: tabular-nums; }
.accuracies li { --bar: var(--norm, #8a919e); display: grid; grid-template-columns: 9.5rem 1fr 4.2rem 4.8rem;
  gap: 0 .6rem; margin: 0 !important; padding: 0 !important; font-size: 1rem; line-height: 1.3; }
.accuracies li > :not(.track) { padding-block: .2rem; align-self: center; }
.accuracies li > :nth-child(n + 3) { text-align: right; }
.accuracies b { font-weight: 650; }
.accuracies .title b { overflow-wrap: anywhere; }
.accuracies small { color: var(--quiet); font-size: .8rem; font-weight: 400; }
.accuracies .title small { display: block; }
.accuracies .track { position: relative; display: grid; gap: 2px; align-content: center; }
.accuracies .bar { height: .6rem; border-radius: 2px; background: var(--bar); }
.accuracies .own { height: .45rem; background: none; border: 1.5px solid var(--bar); box-sizing: border-box; }
.accuracies .track::after { content: ""; position: absolute; inset-block: 0; left: var(--chance);
  border-left: 1.5px dashed currentcolor; }
.accuracies .head { padding-top: .3rem !important; }
.accuracies .head .title { grid-column: 1 / 3; }
@media (max-width: 760px) {
  .accuracies li { grid-template-columns: 6rem minmax(0, 1fr) 3.7rem 4.6rem; gap: 0 .4rem; }
}
@media (forced-colors: active) {
  .accuracies .bar:not(.own) { background: CanvasText; forced-color-adjust: none; }
}
</style>"""


@dataclass(frozen=True)
class Bar:
    """title and idea: words, as HTML has them. norm: whose colour it has.

    training: the accuracy on training images, as a hollow bar above; else it is said how many are wrong.
    """

    title: str
    score: Accuracy
    idea: str = ""
    norm: str = ""
    training: Accuracy | None = None


def bars(rows: Iterable[Bar | str], *, chance: float) -> None:
    """A row for each bar, from 0 to 1. chance: where the line is.

    A text heads those that have training accuracies.
    """
    lines = "".join(_head(row) if isinstance(row, str) else _row(row) for row in rows)
    st.html(f"{norm_style()}{STYLE}<ol class=accuracies style='--chance: {100 * chance:.2f}%'>{lines}</ol>")


def _head(words: str) -> str:
    return (
        f"<li class=head><span class=title><b>{words}</b></span><small>training</small>"
        "<small>validation</small></li>"
    )


def _row(row: Bar) -> str:
    idea = f"<small>{row.idea}</small>" if row.idea else ""
    wrong = f"<small>{sum(row.score.total) - sum(row.score.right):,} wrong</small>"
    shown = _bar(row.score)
    numbers = _number(row.score) + wrong
    if row.training:
        shown = _bar(row.training, "own") + shown
        numbers = _number(row.training) + _number(row.score)
    return (
        f'<li data-norm="{row.norm}"><span class=title><b>{row.title}</b>{idea}</span>'
        f"<span class=track>{shown}</span>{numbers}</li>"
    )


def _bar(score: Accuracy, kind: str = "") -> str:
    return f'<span class="bar {kind}" style="width: {100 * score.pooled:.2f}%"></span>'


def _number(score: Accuracy) -> str:
    return f'<b title="{in_full(score)}">{percent(score.pooled)}</b>'
