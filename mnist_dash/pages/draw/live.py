"""The pad, and what follows the pen: the 28 x 28, and how far both norms find it from every ideal."""

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
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.mine import MY_DIGITS, keep
from mnist_dash.pages.shared.navigation import link
from mnist_dash.pages.shared.set_in_use import in_use
from mnist_dash.pages.shared.words import titles

EXAMPLE = "This digit is from MNIST. Draw over it, and watch both norms while the ink flows."


@exhibit
def pictures() -> None:
    """Of the ideals and of the example: sent once, so that what follows the pen carries none."""
    st.html(_pictures(in_use(), choices()["digits"]))


@shared_by_set(most=32)
def _pictures(mnist: Dataset, digits: tuple[int, ...]) -> str:
    example = picture_url(Image.fromarray(255 - compute.example(mnist, digits).numpy()))
    ideals = ideals_as_css(digits, compute.ideals(mnist, digits))
    return f"<style>:root {{ --example: url({example}); }}</style>{ideals}"


@part
@exhibit
def live() -> None:
    """It runs alone while the pen moves; once the pen is up, the whole page does."""
    chosen, mnist = choices(), in_use()
    pad_side, readout_side = st.columns([4, 5], gap="medium")
    with pad_side:
        _pad()
    drawing, off, digits = chosen["drawing"], chosen["off"], chosen["digits"]
    seen, brought = drawing.seen(off), bool(chosen["pictures"])
    example = drawing == Drawing() and not brought
    shown = compute.example(mnist, digits) if example else seen
    fed = None if shown is None else compute.as_fed(shown, () if example else off)
    verdicts = None if fed is None else compute.verdicts(fed, mnist, digits)
    label = compute.label_of(drawing.grid, mnist) if drawing.untouched else None
    with readout_side:
        readout(
            "readout",
            classes=digits,
            seen=shown,
            verdicts=verdicts,
            headline=headline(verdicts, example=example, brought=brought),
            note=EXAMPLE if example else note(verdicts, label, exact=drawing.exact, without=titles(off)),
            answers=chosen.answered("pad", "ink"),
        )
        if seen is not None and (better := compute.left_out(fed, mnist, digits)) is not None:
            _fits_better(better)
        if chosen.moving is None and len(several := drawing.digits()) > 1:
            _several(several)


def _fits_better(digit: int) -> None:
    """The drawing is none of the possible answers, as far as one can tell."""
    chosen = choices()
    *others, last = map(str, chosen["digits"])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"It looks more like a **{digit}**, but only {', '.join(others)} and {last} are possible answers."
        )
        chosen.button("Allow all ten", {"digits": tuple(in_use().labels)})


def _several(digits: tuple[Tensor, ...]) -> None:
    """More than one digit is on the pad, which reads only one."""
    chosen = choices()
    *answers, last = (
        str(compute.verdicts(digit, in_use(), chosen["digits"])[chosen["norm"]].nearest) for digit in digits
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"These look like {len(digits)} digits, but the pad reads one at a time. "
            f"One by one, {chosen['norm']} calls them {', '.join(answers)} and {last}."
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
    drawing, seen = chosen["drawing"], chosen["drawing"].seen(chosen["off"])

    def edited() -> Values:
        seen = chosen["drawing"].seen(chosen["off"])
        return {} if seen is None else {"drawing": Drawing.of(seen)}

    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        chosen.button(
            "A random MNIST digit",
            lambda: {"drawing": Drawing.of(compute.random_image(in_use(), chosen["digits"]))},
        )
        chosen.button(
            "Edit these pixels",
            edited,
            disabled=seen is None or drawing.exact,
            help="Puts what the computer sees on the pad. From then on each cell is one pixel.",
        )
        chosen.button(
            "Bring a picture",
            {"page": "photos"},
            help="You can also paste or drop one anywhere on this page.",
        )
        _keep_it(seen)
        link(PAGES["distance"], "Why two norms?")
    if written.write(drawing) is None:
        st.caption("This drawing is too long for an address, so a link to this page leaves it out.")


def _keep_it(seen: Tensor | None) -> None:
    """Adds the digit, as the computer sees it, to the reader's own."""
    chosen = choices()
    drawing, mine = chosen["drawing"], chosen["mine"]
    mnists = drawing.untouched and compute.label_of(drawing.grid, in_use()) is not None
    with st.popover(
        "Keep it as …",
        disabled=seen is None or mnists,
        help="This digit is MNIST's: draw one of your own." if mnists else None,
        key=f"keep it, {len(mine)}",  # another one, so that it is closed once the digit is kept
    ):
        st.markdown("Which digit is it? It joins **My digits** on Data, in this browser only.")
        with st.container(horizontal=True, gap="xsmall", key="keep as"):
            for label in in_use().labels:
                chosen.button(
                    str(label),
                    {} if seen is None else partial(keep, [(label, seen)]),
                    key=f"keep as {label}",
                )
        if len(mine):
            chosen.button(f"See my digits: {len(mine):,}", MY_DIGITS, key="see mine", type="tertiary")
