"""Draw: the pad, what the computer sees, and what both norms say of it while the ink flows."""

import streamlit as st

from mnist_dash import compute
from mnist_dash.components.digit_pad import Drawing, DrawingError, digit_pad, pad_message
from mnist_dash.components.readout import headline, ideals_as_css, note, readout
from mnist_dash.pages.distance.costs import costs
from mnist_dash.pages.photos.pictures import pictures
from mnist_dash.pages.photos.preparation import preparation
from mnist_dash.pages.shared import settings
from mnist_dash.pages.shared.later import at_once
from mnist_dash.pages.shared.to_pad import load

AT_REST = ("live", "buttons", "steps", "costs")  # what follows the drawing once the pen rests

session = st.session_state
session.setdefault("drawing", Drawing())
session.setdefault("seen", None)  # its 28 x 28, uint8
session.setdefault("received", None)  # number of the newest state of the pad that was answered
session.setdefault("chosen", None)  # the digit of a picture that the steps are shown of
session.setdefault("files", [])  # pictures that are in the uploader and the camera
session.setdefault("earlier", [])  # and those that were in them before
session.setdefault("read", {})  # what was found on each picture
session.setdefault("load", None)  # serial number and picture of what was last put on the pad

mnist = compute.mnist()
st.title("Draw a digit", anchor=False)
pad_side, readout_side = st.columns([5, 6], gap="medium")
readout_place, buttons_place = readout_side.container(), readout_side.container(horizontal=True)
with readout_side:  # below the readout, so that a phone shows pad and readout on one screen
    digits = settings.digits_in_play(mnist.classes)
off = settings.off()
settings.ran_with("digits", "off")
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
    if not session["whole"]:  # ink cut the run short, so parts that would follow it are not there yet
        st.rerun()
    if not message.moving:  # otherwise the pad's own fragment runs, as after any control
        chosen, session["chosen"] = session["chosen"], None
        at_once(*AT_REST, *(["pictures"] if chosen else []))


def put_on_pad(drawing: Drawing) -> None:
    load(drawing)
    at_once(*AT_REST)


def switch(names: list[str]) -> None:
    settings.switch_off(names)
    st.rerun()


@st.fragment(key="live")
def while_drawing() -> None:
    if settings.outdated():
        st.rerun()
    with pad_side:
        digit_pad("pad", on_ink=take_ink, received=session["received"], load=session["load"])
    drawing = session["drawing"]
    seen = session["seen"] = drawing.seen(off)
    verdicts = None if seen is None else compute.verdicts(compute.as_fed(seen, off), mnist, digits)
    label = compute.label_of(drawing.grid, mnist) if drawing.untouched else None
    with readout_place:
        readout(
            "readout",
            classes=digits,
            seen=seen,
            verdicts=verdicts,
            headline=headline(verdicts),
            note=note(verdicts, label, exact=drawing.exact, without=settings.titles(off)),
            answers=session["received"],
        )


@st.fragment(key="buttons")
def put_something_on_the_pad() -> None:
    drawing, seen = session["drawing"], session["seen"]
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


@st.fragment(key="pictures")
def bring_a_picture() -> None:
    pictures(
        mnist,
        digits,
        off,
        again=lambda: at_once("pictures", "steps"),
        put_on_pad=lambda pixels: put_on_pad(Drawing.of(pixels)),
    )


@st.fragment(key="steps")
def every_step() -> None:
    preparation(session["drawing"], mnist, digits, off, on_switch=switch)


@st.fragment(key="costs")
def what_each_pixel_costs() -> None:
    costs(session["seen"], mnist, digits, off)


while_drawing()
put_something_on_the_pad()
bring_a_picture()
every_step()
what_each_pixel_costs()
