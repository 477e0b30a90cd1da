"""The pad, and what follows the pen: the 28 x 28, and how far both norms find it from every ideal."""

import streamlit as st

from mnist_dash import compute
from mnist_dash.components.digit_pad import Drawing, digit_pad, written
from mnist_dash.components.readout import headline, ideals_as_css, note, readout
from mnist_dash.components.shared.mount import Values
from mnist_dash.pages.shared.choices import choices, part
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.words import titles


@exhibit
def pictures_of_ideals() -> None:
    """Sent once, so that what follows the pen carries none."""
    digits = choices()["digits"]
    st.html(ideals_as_css(digits, compute.ideals(compute.mnist(), digits)))


@part
@exhibit
def live() -> None:
    """It runs alone while the pen moves; once the pen is up, the whole page does."""
    chosen = choices()
    pad_side, readout_side = st.columns([5, 6], gap="medium")
    with pad_side:
        _pad()
    drawing, off, digits = chosen["drawing"], chosen["off"], chosen["digits"]
    mnist, seen = compute.mnist(), drawing.seen(off)
    verdicts = None if seen is None else compute.verdicts(compute.as_fed(seen, off), mnist, digits)
    label = compute.label_of(drawing.grid, mnist) if drawing.untouched else None
    with readout_side:
        readout(
            "readout",
            classes=digits,
            seen=seen,
            verdicts=verdicts,
            headline=headline(verdicts, brought=bool(chosen["pictures"])),
            note=note(verdicts, label, exact=drawing.exact, without=titles(off)),
            answers=chosen.answered("pad", "ink"),
        )


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
    drawing, seen = chosen["drawing"], chosen["drawing"].seen(chosen["off"])

    def edited() -> Values:
        seen = chosen["drawing"].seen(chosen["off"])
        return {} if seen is None else {"drawing": Drawing.of(seen)}

    with st.container(horizontal=True):
        chosen.button(
            "A random digit from MNIST",
            lambda: {"drawing": Drawing.of(compute.random_image(compute.mnist(), chosen["digits"]))},
        )
        chosen.button(
            "Edit these 28 × 28 pixels",
            edited,
            disabled=seen is None or drawing.exact,
            help="Puts what the computer sees on the pad. From then on each cell is one pixel.",
        )
        chosen.button(
            "Bring a picture", {"page": "photos"}, help="Or paste or drop one anywhere on this page."
        )
    if written.write(drawing) is None:
        st.caption("This drawing is too long for an address: a link to this page leaves it out.")
