"""The simplest digit classifier there is, to see, touch and understand: the map of the house.

Five floors. Imports run downwards only, from a floor to those below it, and the linter holds that.

    frame         the frame around every page: page set-up, navigation
    pages         one folder a page: page.py and its exhibits; pages/shared/ holds what several pages use
    components    one folder a component: its Python face, its JavaScript and its CSS; figures and tables
    compute       what is expensive, once per process, shared by all sessions; work that takes seconds
    chapter       the half chapter's own lines, page by page; listing, notebook, what the book prints
    core          the mathematics, the data, handwriting: usable in a notebook, knows no screen

Only frame, pages and components know Streamlit: importing this package, or anything on the floors below
these, starts no server.
"""

from mnist_dash.core.baseline import NORMS, accuracy, confusion, ideals, predict
from mnist_dash.core.datasets import (
    Dataset,
    DatasetError,
    Digits,
    load_dataset,
    load_images,
    load_mnist,
    save_dataset,
)
from mnist_dash.core.handwriting import to_mnist

__all__ = [
    "NORMS",
    "Dataset",
    "DatasetError",
    "Digits",
    "accuracy",
    "confusion",
    "ideals",
    "load_dataset",
    "load_images",
    "load_mnist",
    "predict",
    "save_dataset",
    "to_mnist",
]
