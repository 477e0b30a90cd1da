"""Draw: the pad, what the computer sees, and what both norms say of it while the ink flows."""

import inspect
import secrets

import streamlit as st

from mnist_dash import compute, settings
from mnist_dash.baseline import NORMS
from mnist_dash.digit_pad import Drawing, DrawingError, digit_pad, pad_message
from mnist_dash.readout import cost_maps, headline, ideals_as_css, note, readout

session = st.session_state
session.setdefault("drawing", Drawing())
session.setdefault("received", None)  # number of the newest state of the pad that was answered
session.setdefault("load", None)  # serial number and picture of what was last put on the pad

mnist = compute.mnist()
st.title("Draw a digit", anchor=False)
pad_side, readout_side = st.columns([5, 6], gap="medium")
readout_place, buttons_place = readout_side.container(), readout_side.container(horizontal=True)
with readout_side:  # below the readout, so that a phone shows pad and readout on one screen
    digits = settings.digits_in_play(mnist.classes)
st.html(ideals_as_css(digits, compute.ideals(mnist, digits)))


def take_ink() -> None:
    try:
        message = pad_message("pad")
    except DrawingError as error:
        st.toast(f"The drawing could not be taken over: {error}.")
        return
    session["drawing"], session["received"] = message.drawing, message.number
    if session["load"] and session["load"][0] == message.loaded:
        session["load"] = None
    if not message.moving:  # otherwise the pad's own fragment runs, as after any control
        st.rerun(["live", "rest"])


def put_on_pad(drawing: Drawing) -> None:
    session["drawing"], session["load"] = drawing, (secrets.randbits(48), drawing.grid)
    st.rerun(["live", "rest"])


@st.fragment(key="live")
def while_drawing() -> None:
    if settings.outdated(digits):
        st.rerun()
    with pad_side:
        digit_pad("pad", on_ink=take_ink, received=session["received"], load=session["load"])
    drawing, seen = session["drawing"], session["drawing"].seen()
    verdicts = None if seen is None else compute.verdicts(seen, mnist, digits)
    label = compute.label_of(drawing.grid, mnist) if drawing.untouched else None
    with readout_place:
        readout(
            "readout",
            classes=digits,
            seen=seen,
            verdicts=verdicts,
            headline=headline(verdicts),
            note=note(verdicts, label, exact=drawing.exact),
            answers=session["received"],
        )


@st.fragment(key="rest")
def when_the_pen_rests() -> None:
    drawing, seen = session["drawing"], session["drawing"].seen()
    with buttons_place:
        st.button(
            "A random digit from MNIST",
            on_click=lambda: put_on_pad(Drawing.of(compute.random_image(mnist, digits))),
        )
        st.button(
            "Edit these 28 × 28 pixels",
            on_click=lambda: put_on_pad(Drawing.of(seen)),
            disabled=seen is None or drawing.exact,
            help="Puts what the computer sees on the pad. From then on each cell is one pixel.",
        )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header("Which pixels cost how much", anchor=False, width="content")
        norm = NORMS[settings.norm()]
    if seen is None:
        st.caption("Two maps appear here when there is a digit: one against each of the nearest ideals.")
        return
    verdict = compute.verdicts(seen, mnist, digits)[norm.name]
    ideals, costs = compute.costs_of_nearest(seen, mnist, verdict)
    cost_maps("maps", verdict=verdict, seen=seen, ideals=ideals, costs=costs)
    with st.expander(f"The code that computed {norm.name}"):
        st.code(inspect.getsource(norm.distance))


while_drawing()
when_the_pen_rests()
