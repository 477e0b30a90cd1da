"""MNIST's hand and the reader's: who taught the ideals, and whose digits are read."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from mnist_dash import chapter
from mnist_dash.chapter.listing import Named
from mnist_dash.components import figures
from mnist_dash.components.maps import Group, Map, maps
from mnist_dash.components.my_digits import Mine
from mnist_dash.components.shared.numbers import percent
from mnist_dash.components.wall import Tile, wall
from mnist_dash.core.baseline import NORMS, Accuracy
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.code import run, show_code
from mnist_dash.pages.shared.mine import opened
from mnist_dash.pages.shared.words import most, wrong

VALID, TRAIN = 2, 3  # classes of a validation set; digits of each class of a training set
Scores = Mapping[str, Accuracy]


def two_hands(mine: Mine) -> None:
    """Both sets taught, both tested; the ideals of both; and the reader's digits that fit worst."""
    counts = mine.counts
    if len(counts) < VALID:
        st.info("Keep a second kind of digit, and it is counted how often MNIST's ideals read your hand.")
        return
    st.subheader("Two hands", anchor=False)
    given = {"data": chapter.data, "my_file": Named(mine.file, '"my-digits.parquet"')}
    ran = [
        run(
            "taught by MNIST",
            "How well do MNIST's ideals read my hand? `my-digits.parquet` is what Data exports.",
            chapter.taught_by_mnist,
            given,
        )
    ]
    missing = {label: TRAIN - count for label, count in counts.items() if count < TRAIN}
    if not missing:
        ran.append(
            run(
                "taught by me",
                "How well do my ideals read both? Each of my digits is left out of its own ideal.",
                chapter.taught_by_me,
                given,
            )
        )
    st.markdown(_how_sure(ran[0].value[1], mine))
    st.markdown(_table([each.value for each in ran], mine), unsafe_allow_html=True)
    if missing:
        more = ", ".join(
            f"{count} more {label}{'s' if count > 1 else ''}" for label, count in missing.items()
        )
        st.caption(f"From three of each on, your digits make ideals of their own. Still to come: {more}.")
        show_code(*ran, key="two hands")
        return
    st.caption(
        "Nobody is judged by an ideal made from itself: where your ideals read your digits, each digit is "
        "measured against the mean of the *others* with its label (leave one out)."
    )
    both = run("both ideals", "MNIST's ideals of these digits, and mine.", chapter.both_ideals, given)
    _ideals(both.value, counts)
    ran += [both, *_farthest(mine, given)]
    show_code(*ran, key="two hands")


def _how_sure(scores: Scores, mine: Mine) -> str:
    """How well MNIST's ideals read the reader's hand, and where that would lie with many more digits."""
    said = []
    for norm, score in scores.items():
        low, high = (percent(share, 0) for share in score.interval)
        share = f"**{percent(score.pooled)}**{'' if said else ' of your digits'}"
        said.append(f"{share} under :{figures.COLOURS[norm]}[{norm}] ({low} to {high})")
    return (
        f"With {_written(mine)} as possible answers, MNIST's ideals read {' and '.join(said)}. In brackets: "
        f"where the share would come to lie if you wrote many more, with {percent(0.95, 0)} confidence."
    )


def _written(mine: Mine) -> str:
    *others, last = map(str, mine.counts)
    return "all ten digits" if len(mine.counts) == 10 else f"{', '.join(others)} and {last}"


def _table(rows: list[list[Scores]], mine: Mine) -> str:
    """Who taught down, who is tested across."""
    theirs = sum(next(iter(rows[0][0].values())).total)
    images = f"MNIST's {theirs:,} validation images of {_written(mine)}"
    lines = [
        f"| **{name}** | " + " | ".join(map(_cell, row)) + " |"
        for name, row in zip(("MNIST", "My digits"), rows, strict=False)
    ]
    head = f"| taught by | tested on {images} | tested on my {len(mine):,} digits |"
    return "\n".join([head, "|---|---|---|", *lines])


def _cell(scores: Scores) -> str:
    return "<br>".join(
        f":{figures.COLOURS[norm]}[{norm}] **{percent(score.pooled)}** · {wrong(score)}"
        for norm, score in scores.items()
    )


def _ideals(both: tuple, counts: Mapping[int, int]) -> None:
    theirs, mine = (
        [
            Map(str(digit), ideal, f"{whose} of digit {digit}: {most(ideal)}")
            for digit, ideal in zip(counts, ideals, strict=True)
        ]
        for whose, ideals in zip(("MNIST's ideal", "My ideal"), both, strict=True)
    )
    maps(
        "both hands",
        [Group(theirs, "MNIST's ideals"), Group(mine, "My own ideals")],
        size="ten",
        hint="Point at a pixel to read it in all ideals.",
    )


def _farthest(mine: Mine, given: Mapping) -> tuple:
    chosen = choices()
    norm = chosen["norm"]
    far = run(
        "farthest",
        "Of each digit the image that is farthest from its own ideal.",
        chapter.farthest_of_mine,
        {**given, "norm": norm},
    )
    called = run("called by me", "What my ideals call each of my digits.", chapter.called_by_me, given)
    st.markdown(
        f"**Farthest from their own ideal**, one of each digit, under :{figures.COLOURS[norm]}[{norm}]: here "
        "a wrong label shows up. Beside each label is what your ideals, made without that digit, call it. "
        "Click one to change its label or to delete it."
    )
    chosen.mount(
        wall,
        "farthest of mine",
        [
            Tile(
                place + 1,
                mine.digits[place].label,
                {norm: int(called.value[norm][place]) for norm in NORMS},
            )
            for place in far.value
        ],
        mine.images[far.value],
        first=0,
        most=len(far.value),
        total=len(far.value),
        opened=None,
        on_open=partial(opened, mine),
        on_turn=lambda start: {},
        reveals="my-digits",
        what="My digit",
    )
    return far, called
