"""Where a distance comes from: what each pixel costs against the two nearest ideals, under one norm."""

import inspect

import streamlit as st
from torch import Tensor

from mnist_dash import compute, settings
from mnist_dash.baseline import NORMS
from mnist_dash.datasets import Dataset
from mnist_dash.readout import cost_maps


def costs(seen: Tensor | None, dataset: Dataset, classes: tuple[int, ...], off: frozenset[str]) -> None:
    """The control of the norm, the maps, and the code behind them. seen: uint8 (28, 28), None = no ink."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header("Which pixels cost how much", anchor=False, width="content")
        norm = NORMS[settings.norm()]
    if seen is None:
        st.caption("Two maps appear here when there is a digit: one against each of the nearest ideals.")
        return
    image = compute.as_fed(seen, off)
    verdict = compute.verdicts(image, dataset, classes)[norm.name]
    ideals, of_pixels = compute.costs_of_nearest(image, dataset, verdict)
    cost_maps("maps", verdict=verdict, seen=seen, ideals=ideals, costs=of_pixels)
    with st.expander(f"The code that computed {norm.name}"):
        st.code(inspect.getsource(norm.distance))
