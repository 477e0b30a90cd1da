"""The ideal comes into focus: the mean of a few images, of more, of all, and what one pixel is made of."""

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components import figures
from mnist_dash.components.maps import Group, Map, maps
from mnist_dash.components.pile import pile
from mnist_dash.components.shared.numbers import percent
from mnist_dash.core.baseline import NORMS
from mnist_dash.pages.shared.choices import choices, part
from mnist_dash.pages.shared.code import Ran, run, show_code
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.glossary import explained
from mnist_dash.pages.shared.names import class_name, kind, short_name, some, what, without_validation
from mnist_dash.pages.shared.set_in_use import folder, in_use, shape
from mnist_dash.pages.shared.settings import EVERY
from mnist_dash.pages.shared.slide import slide_first
from mnist_dash.pages.shared.words import unmarked

STRIP = (1, 2, 3, 5, 10, 30, 100, 300, 1000)
SHEETS = 24  # images that fall onto the pile, in turns


@exhibit
def pile_up(digit: int) -> None:
    """What an ideal is, before one sees it come about."""
    st.header("The pile", anchor=False)
    st.markdown(
        f"The ideal {class_name(digit)} is the **mean** of many {some(digit)}, pixel by pixel. In the mean "
        "of a few you can still see each one. The mean of many keeps a little of everything: it is dark "
        "where most have ink, and faint where a few have."
    )


@exhibit
def strip(digit: int) -> None:
    """The mean of one image, of more, of all, side by side."""
    count = len(in_use().train.places[digit])
    firsts = (*(first for first in STRIP if first < count), count)
    given = {"digit": digit, "firsts": firsts}
    ran = run("strip", "The mean of more and more images.", chapter.ideals_of_more_and_more, given)
    names = [f"{first:,}" for first in firsts[:-1]] + [f"all {count:,}"]
    maps(
        "strip",
        [
            Group(
                [
                    Map(name, ideal, _ideal_of(name, digit))
                    for name, ideal in zip(names, ran.value, strict=True)
                ]
            )
        ],
        size="ten",
        hint=f"The numbers say how many {unmarked(some(digit))} are averaged. Point at a pixel to read its "
        "values.",
    )


@part
@exhibit
def focus(digit: int, rival: int) -> None:
    """The slider, the pile, the ideal seen from above, its accuracy, one pixel's values."""
    chosen = choices()
    count = len(in_use().train.places[digit])
    slider = st.container()
    first = chosen["first"] if chosen["first"] < count else EVERY
    row, column = chosen["pixel"]
    given = {"digit": digit, "row": row, "column": column}
    given |= {"first_images": chapter.stack} if first == EVERY else {"first": first}
    name, made_from = (f"all {count:,}", "all") if first == EVERY else (f"{first:,}", f"the first {first:,}")

    ideal = run("ideal", f"The ideal {class_name(digit)} of the first images.", chapter.ideal_of_first, given)
    values = run("pixel", "One pixel in all these images.", chapter.pixel_histogram, given)

    sheets, picture, numbers = st.columns([4, 4, 7], gap="medium")
    with sheets:
        at = count if first == EVERY else first
        pile(
            "pile",
            None if chosen.moving == "first" else in_use().train.of([digit], first=SHEETS).images,
            side=shape(),
            name=in_use().classes[digit],
            at=at,
            pixel=(row, column),
            label=f"A pile of {_images(at)} of {unmarked(what(digit))}, seen from the side; a needle goes "
            f"through pixel [{row}, {column}] of all of them.",
        )
    with picture:
        chosen.mount(
            maps,
            "focus",
            [Group([Map("ideal", ideal.value, _ideal_of(name, digit))], title=_title(name, digit))],
            picked=(row, column),
            on_pick=lambda row, column: {"pixel": (row, column)},
            size="large",
            hint="Click a pixel, or press Enter on it, to see what it is made of.",
        )
    with numbers:
        accuracies = _accuracies((digit, rival), first, made_from)
        _one_pixel(values.value, row, column, float(ideal.value[row, column]))
    show_code(ideal, *accuracies, values, key="focus", line=".mean(0)")
    with slider:
        where = folder("train", digit)
        slide_first(f"How many of the {count:,} images in {where} are averaged:", count, play=True)


def _accuracies(pair: tuple[int, int], first: int, made_from: str) -> tuple[Ran, ...]:
    """How well two such ideals tell the validation images apart. Returns what ran."""
    if sentence := without_validation(pair):
        st.info(sentence)
        return ()
    ran = run(
        "accuracies",
        "How well two such ideals tell the validation images apart: the mean of both classes.",
        chapter.accuracies_of_first,
        {"pair": pair, "first": None if first == EVERY else first},
    )
    with st.container(horizontal=True):
        for norm, share in ran.value.items():
            st.metric(
                f":{figures.COLOURS[norm]}[{norm}] accuracy, {' against '.join(map(short_name, pair))}",
                percent(share),
                help=f"{share:.4f}. {NORMS[norm].meaning}. Both ideals are made from {made_from} images of "
                f"their {kind()}.",
                width="content",
            )
    st.caption(
        explained(f"On the [[validation set]]: the mean of the accuracies on each {kind()}, as in the book."),
        unsafe_allow_html=True,
    )
    return (ran,)


def _one_pixel(value: tuple, row: int, column: int, of_ideal: float) -> None:
    counts, total, mean = value
    zeros = counts[0]
    st.markdown(
        f"**Pixel [{row}, {column}]** is 0, paper, in {int(zeros):,} of {_images(total)}. Its mean is "
        f"{mean:.1f} of 255; divided by 255, that is **{of_ideal:.3f}**, this pixel of the ideal."
    )
    st.plotly_chart(
        figures.pixel_histogram(counts.tolist(), mean=float(mean)),
        config={"displayModeBar": False},
        alt=f"Histogram of pixel [{row}, {column}] over {_images(total)}: {int(zeros):,} of them are 0, "
        f"{int(counts[-1]):,} are 249 or more; the mean, marked by a line, is {mean:.1f}.",
    )


def _images(count: int) -> str:
    return f"{count:,} image" + "s" * (count > 1)


def _title(name: str, digit: int) -> str:
    called = f"Ideal {in_use().classes[digit]}"
    return f"{called}: a single image" if name in ("1", "all 1") else f"{called}: the mean of {name} images"


def _ideal_of(name: str, digit: int) -> str:
    return f"{_title(name, digit)}, from paper to ink"
