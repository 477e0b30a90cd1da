"""A picture is put on the pad pixel for pixel, and the reader is taken there."""

import secrets

import streamlit as st
from torch import Tensor

from mnist_dash.components.digit_pad import Drawing

session = st.session_state


def to_pad(pixels: Tensor) -> None:
    """pixels: (28, 28) of whole numbers from 0 to 255. Ends this run."""
    load(Drawing.of(pixels.byte()))
    st.switch_page("mnist_dash/pages/draw.py")


def load(drawing: Drawing) -> None:
    """The pad shows this drawing from its next run on."""
    session.update(drawing=drawing, load=(secrets.randbits(48), drawing.grid), chosen=None)
