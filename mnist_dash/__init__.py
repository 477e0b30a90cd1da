"""The simplest digit classifier there is, to see, touch and understand: the map of the house.

Which way imports run: streamlit_app and pages -> exhibits -> settings, figures, tables, worth, digit_pad,
readout, reading, maps, pixel_table, slider -> components -> compute -> sheets, receipts, notebook -> listing
-> chapter -> handwriting, baseline, folders -> datasets -> torch, numpy, scipy, pillow. The linter and
tests/test_house.py hold it.

    datasets      files -> Dataset, checked
    baseline      the chapter's mathematics: stack, ideal, L1, L2, predict, accuracy
    handwriting   a drawing, scan or photo -> 28 x 28, the way MNIST was made, in named steps
    folders       MNIST as the book's folders of PNG files
    chapter       the half chapter's own lines: each makes what an exhibit shows
    listing       those lines as they ran, evaluated and printed with the values filled in
    notebook      the listings of a page as one Jupyter notebook
    receipts      what the book prints, to be recomputed
    samples       a colour picture
    sheets        an MNIST digit on a sheet of paper, photographed: what handwriting is measured on
    compute       what is expensive, once per process, shared by all sessions
    worth         what the steps of handwriting are worth, measured in the background
    figures       numbers in, plotly figure out
    tables        numbers in, pandas Styler out
    settings      names, defaults and URL form of what the user chooses
    components    how a component of ours is mounted, and how pictures travel to it
    digit_pad     the canvas: a Streamlit component, and the check of what it sends
    readout       what follows the pen: the 28 x 28 and the distance bars
    reading       what was read from pictures: the steps with their switches, the boxed digits
    maps          pictures made of numbers, side by side, read pixel by pixel
    pixel_table   an image, its heat map and a slice of it as a table, linked
    slider        a slider that reports while it is moving
    frontend      the JavaScript and CSS of these components
    exhibits      what is too much for a page, one file each
    pages         one thin file a page

Importing this package, or any of datasets, baseline, chapter, handwriting and compute, starts no Streamlit.
"""

from mnist_dash.datasets import Dataset, DatasetError, Digits, load_mnist

__all__ = ["Dataset", "DatasetError", "Digits", "load_mnist"]
