"""The pad, and what follows the pen: what the computer sees, and how far it is from every ideal."""

from functools import partial

import streamlit as st
from PIL import Image
from torch import Tensor

from mnist_dash import compute
from mnist_dash.components.digit_pad import Drawing, digit_pad, written
from mnist_dash.components.readout import headline, ideals_as_css, note, readout
from mnist_dash.components.shared.mount import Values, picture_url
from mnist_dash.compute.cache import shared_by_set
from mnist_dash.core.datasets import Dataset
from mnist_dash.pages.shared.choices import choices, part
from mnist_dash.pages.shared.contents import PAGES
from mnist_dash.pages.shared.drawn import (
    as_it_is,
    can_be_kept,
    example,
    fits_the_pad,
    like,
    seen,
    titles,
    word,
)
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.mine import MY_DIGITS, keep, trouble
from mnist_dash.pages.shared.names import are_digits, class_name, listed
from mnist_dash.pages.shared.navigation import link
from mnist_dash.pages.shared.set_in_use import desk, in_use
from mnist_dash.pages.shared.words import plain

EXAMPLE = "This {} is from {}. Draw over it, and watch both norms while the ink flows."
FEW = 10  # possible answers that are named one by one


@exhibit
def pictures() -> None:
    """Of the ideals and of the example: sent once, so that what follows the pen carries none."""
    st.html(_pictures(in_use(), choices()["digits"]))
    _, image = example()
    url = picture_url(Image.fromarray(255 - image.numpy()))
    st.html(f"<style>:root {{ --example: url({url}); }}</style>")


@shared_by_set(most=32)
def _pictures(dataset: Dataset, digits: tuple[int, ...]) -> str:
    return ideals_as_css(digits, compute.ideals(dataset, digits))


@part
@exhibit
def live() -> None:
    """It runs alone while the pen moves; once the pen is up, the whole page does."""
    chosen, data = choices(), in_use()
    pad_side, readout_side = st.columns([4, 5], gap="medium")
    with pad_side:
        _pad()
    drawing, off, digits = chosen["drawing"], chosen["off"], chosen["digits"]
    drawn, brought = seen(chosen, off), bool(chosen["pictures"])
    place, lies_there = example()
    # Nothing is drawn: an image of the set is answered as it is.
    is_example = drawing == Drawing() and (place is not None or not brought)
    shown = lies_there if is_example else drawn
    fed = None if shown is None else compute.as_fed(shown, () if is_example else off)
    verdicts = None if fed is None else compute.verdicts(fed, data, digits)
    label = None
    if is_example and place is not None:
        label = place, int(data.valid.labels[place])
    elif as_it_is(chosen) and drawing.untouched:
        label = compute.label_of(drawing.grid, data)
    told = note(verdicts, data, label, like=like(), exact=as_it_is(chosen), without=titles(off))
    if is_example and place is None:
        told = EXAMPLE.format("digit" if are_digits() else "image", data.name)
    with readout_side:
        readout(
            "readout",
            data,
            classes=digits,
            seen=shown,
            verdicts=verdicts,
            headline=headline(verdicts, data.classes, example=is_example and place is None, brought=brought),
            note=told,
            answers=chosen.answered("pad", "ink"),
        )
        asked = fed is not None and (drawn is not None or place is not None)
        if asked and (better := compute.left_out(fed, data, digits)) is not None:
            _fits_better(better)
        if chosen.moving is None and (several := drawing.digits(like())):
            _several(several)


def _fits_better(label: int) -> None:
    """The drawing is none of the possible answers, as far as one can tell."""
    chosen, labels = choices(), in_use().labels
    digits = chosen["digits"]
    possible = f"{listed(map(class_name, digits))} are possible answers"
    if len(digits) > FEW:
        possible = f"{len(digits)} of the {len(labels)} classes are possible answers"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"It looks more like {'a ' if are_digits() else ''}**{class_name(label)}**, but only {possible}."
        )
        chosen.button(
            "Allow all ten" if len(labels) == 10 else f"Allow all {len(labels)}", {"digits": labels}
        )


def _several(several: tuple[Tensor, ...]) -> None:
    """More than one digit is on the pad, which reads only one."""
    chosen = choices()
    answers = (
        class_name(compute.verdicts(each, in_use(), chosen["digits"])[chosen["norm"]].nearest)
        for each in several
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"These look like {len(several)} {word(len(several))}, but the pad reads one at a time. "
            f"One by one, {chosen['norm']} calls them {listed(answers)}."
        )
        link(PAGES["photos"], "Read a whole page")


def _pad() -> None:
    chosen = choices()
    copy = chosen.copy("drawing")

    def inked(drawing: Drawing, moving: bool, number: int, step: int) -> Values:
        chosen.moving = "drawing" if moving else None
        return chosen.changed("drawing", drawing, number, step)

    chosen.mount(
        digit_pad,
        "pad",
        load=None if copy.taken else copy.value,
        number=copy.number,
        after=copy.after,
        received=chosen.answered("pad", "ink"),
        on_ink=inked,
    )


@exhibit
def buttons() -> None:
    """What puts something on the pad, and the way to what is written elsewhere."""
    chosen = choices()
    drawn = seen(chosen, chosen["off"])

    def edited() -> Values:
        drawn = seen(chosen, chosen["off"])
        return {} if drawn is None else {"drawing": Drawing.of(drawn)}

    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        chosen.button("A random image" if desk().own else "A random MNIST digit", _random)
        if fits_the_pad():
            chosen.button(
                "Edit these pixels",
                edited,
                disabled=drawn is None or as_it_is(chosen),
                help="Puts what the computer sees on the pad. From then on each cell is one pixel.",
            )
        chosen.button(
            "Bring a picture",
            {"page": "photos"},
            help="You can also paste or drop one anywhere on this page.",
        )
        if can_be_kept():
            _keep_it(drawn)
        link(PAGES["distance"], "Why two norms?")
    trouble()
    if written.write(chosen["drawing"]) is None:
        st.caption("This drawing is too long for an address, so a link to this page leaves it out.")


def _random() -> Values:
    """A validation image is put on the pad, or lies there until it is touched, if it is of another size."""
    data, chosen = in_use(), choices()
    place = compute.random_place(data, chosen["digits"])
    if place is None:
        chosen.news.append("None of the possible answers has a validation image.")
        return {}
    if fits_the_pad():
        return {"drawing": Drawing.of(data.valid.images[place])}
    return {"drawing": Drawing(), "example": place}


def _keep_it(drawn: Tensor | None) -> None:
    """Adds the digit, as the computer sees it, to the reader's own."""
    chosen = choices()
    drawing, mine = chosen["drawing"], chosen["mine"]
    theirs = drawing.untouched and compute.label_of(drawing.grid, in_use()) is not None
    with st.popover(
        "Keep it as …",
        disabled=drawn is None or theirs,
        help=f"This digit is {plain(in_use().name)}'s: draw one of your own." if theirs else None,
        key=f"keep it, {len(mine)}",  # another one, so that it is closed once the digit is kept
    ):
        st.markdown("Which digit is it? It joins **My digits** on Data, in this browser only.")
        with st.container(horizontal=True, gap="xsmall", key="keep as"):
            for label in in_use().labels:
                chosen.button(
                    class_name(label),
                    {} if drawn is None else partial(keep, [(label, drawn)]),
                    key=f"keep as {label}",
                )
        if len(mine):
            chosen.button(f"See my digits: {len(mine):,}", MY_DIGITS, key="see mine", type="tertiary")
