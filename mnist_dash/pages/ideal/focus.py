"""The ideal comes into focus: the mean of a few images, of more, of all, and what one pixel is made of."""

import streamlit as st

from mnist_dash import chapter
from mnist_dash.components import figures
from mnist_dash.components.live_slider import Mark
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
from mnist_dash.pages.shared.slide import firsts, slide_first
from mnist_dash.pages.shared.words import unmarked

MARKS = 10  # pictures along the slider
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


@part
@exhibit
def focus(digit: int, rival: int) -> None:
    """The slider and its marks, the pile, the ideal seen from above, its accuracy, one pixel's values."""
    chosen = choices()
    count = len(in_use().train.places[digit])
    slider = st.container(key="pile slider")
    first = chosen["first"] if chosen["first"] < count else EVERY
    row, column = chosen["pixel"]
    given = {"digit": digit, "row": row, "column": column}
    given |= {"first_images": chapter.stack} if first == EVERY else {"first": first}
    name, made_from = _name(first, count), "all" if first == EVERY else f"the first {first:,}"

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
    some_firsts = _spread(firsts(count))
    more = run(
        "more and more",
        "The mean of more and more images.",
        chapter.ideals_of_more_and_more,
        {"digit": digit, "firsts": tuple(min(first, count) for first in some_firsts)},
    )
    show_code(ideal, *accuracies, values, more, key="focus", line=".mean(0)")
    with slider:
        slide_first(
            f"How many of the {count:,} images in {folder('train', digit)} are averaged:",
            count,
            play=True,
            marks={
                first: Mark(_ideal_of(_name(first, count), digit), (255 * mean).round().byte())
                for first, mean in zip(some_firsts, more.value, strict=True)
            },
        )


def _spread(stops: list[int]) -> list[int]:
    """Some of these, evenly: the first and the last are among them."""
    few = min(MARKS, len(stops))
    return [stops[round(i * (len(stops) - 1) / max(few - 1, 1))] for i in range(few)]


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


def _name(first: int, count: int) -> str:
    return f"all {count:,}" if first == EVERY else f"{first:,}"


def _images(count: int) -> str:
    return f"{count:,} image" + "s" * (count > 1)


def _title(name: str, digit: int) -> str:
    called = f"Ideal {in_use().classes[digit]}"
    return f"{called}: a single image" if name in ("1", "all 1") else f"{called}: the mean of {name} images"


def _ideal_of(name: str, digit: int) -> str:
    return f"{_title(name, digit)}, from paper to ink"
