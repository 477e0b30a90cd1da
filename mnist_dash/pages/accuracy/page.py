"""Accuracy: L1 against L2 on the whole validation set, live, and why they differ."""

import streamlit as st

from mnist_dash import compute
from mnist_dash.pages.accuracy.learning_curve import learning_curve
from mnist_dash.pages.accuracy.live_numbers import FOLLOWED, asked, live_numbers
from mnist_dash.pages.ladder.ladder import ladder
from mnist_dash.pages.line.two_distances import two_distances
from mnist_dash.pages.magnet.magnet import magnet
from mnist_dash.pages.mistakes.digit_by_digit import digit_by_digit
from mnist_dash.pages.mistakes.disagreement import disagreement
from mnist_dash.pages.mistakes.opened_image import opened_image
from mnist_dash.pages.shared import settings
from mnist_dash.pages.shared.code import begin, download
from mnist_dash.pages.shared.later import at_once
from mnist_dash.pages.stress.flip import flip

session = st.session_state
PLACES = {  # anchors of the exhibits' headings
    "digit-by-digit": "Digit by digit",
    "disagreement": "Where the norms disagree",
    "closer-look": "One image",
    "flip-it": "Flip it",
    "two-distances": "Two distances",
    "magnet": "The magnet",
    "learning-curve": "How many images",
    "ladder": "The ladder",
}


def open_image(image: int) -> None:
    """Look closer at one validation image, by its place in the whole set."""
    session["image"] = image
    at_once("opened", "strip", "confusions", "disagreement")


mnist = compute.mnist()
begin()
st.title("How good is the nearest ideal?", anchor=False)
st.markdown(
    "Every validation image is called by the ideal it is nearest to. How often is that right, by which norm, "
    "and why?"
)
st.caption(" · ".join(f"[{words}](#{anchor})" for anchor, words in PLACES.items()))
digits = settings.digits_in_play(mnist.classes)
settings.ran_with(*FOLLOWED)
live_numbers(digits, open_image)
given = asked(digits)
digit_by_digit(given, open_image)
disagreement(given, open_image)


@st.fragment(key="opened")
def opened() -> None:
    """The image that is looked at closer."""
    flip(given, opened_image(given, session["norm"], open_image))


opened()
st.fragment(lambda: two_distances(given, session["norm"], open_image), key="two distances")()
magnet()
learning_curve(given)
ladder(given)
download("Accuracy")
