"""The simplest digit classifier there is, to see, touch and understand: the map of the house.

Which way imports run: streamlit_app and pages -> settings, compute, figures, tables, digit_pad, readout
-> handwriting, baseline, datasets -> torch, numpy, pillow. The linter and tests/test_house.py hold it.

    datasets      files -> Dataset, checked
    baseline      the chapter's mathematics: stack, ideal, L1, L2, predict, accuracy
    handwriting   a drawing -> 28 x 28, the way MNIST was made
    compute       what is expensive, once per process, shared by all sessions
    figures       numbers in, plotly figure out
    tables        numbers in, pandas Styler out
    settings      names, defaults and URL form of what the user chooses
    digit_pad     the canvas: a Streamlit component, and the check of what it sends
    readout       what follows the pen: the 28 x 28, the distance bars, the cost maps
    pages         one thin file a page

Importing this package, or any of datasets, baseline, handwriting and compute, starts no Streamlit.
"""

from mnist_dash.datasets import Dataset, DatasetError, Digits, load_mnist

__all__ = ["Dataset", "DatasetError", "Digits", "load_mnist"]
