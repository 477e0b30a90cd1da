"""The simplest digit classifier there is, to see, touch and understand: the map of the house.

Which way imports run: frame and pages -> exhibits -> settings, figures, tables, worth, digit_pad,
readout, reading, maps, pixel_table, slider, wall, confusion, scatter, live_curves, work_bar -> components
-> compute -> sheets, receipts, notebook, work -> listing -> chapter -> ladder, flips -> handwriting,
baseline, folders, stress, paired -> datasets, ink -> torch, numpy, scipy, pillow. The linter and
tests/test_house.py hold it.

    datasets      files -> Dataset, checked
    ink           images as a list of their pixels that are not paper, which is soon measured
    baseline      the chapter's mathematics: stack, ideal, L1, L2, predict, accuracy
    stress        what is done to images before they are classified: turned, blurred, salted ...
    paired        two classifiers on the same images: which is better, and could that be chance?
    handwriting   a drawing, scan or photo -> 28 x 28, the way MNIST was made, in named steps
    folders       MNIST as the book's folders of PNG files
    chapter       the half chapter's own lines: each makes what an exhibit shows
    flips         the fewest pixels that change which ideal is nearest
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
    scatter       every image as a dot: its distance to one ideal against that to another
    live_curves   curves over one axis, light enough to follow a slider
    wall          a wall of small pictures, each with its label and what the norms call it
    ladder        what is simpler and what is dearer than the nearest ideal, taught and scored alike
    work          work that takes seconds, done piece by piece, shared by all sessions
    work_bar      how far such work has come, and the request for its next piece
    confusion     how often each class was called each class, one table for each norm
    frontend      the JavaScript and CSS of these components
    exhibits      what is too much for a page, one file each
    pages         one thin file a page

Importing this package, or any of datasets, baseline, chapter, handwriting and compute, starts no Streamlit.
"""

from mnist_dash.datasets import Dataset, DatasetError, Digits, load_mnist

__all__ = ["Dataset", "DatasetError", "Digits", "load_mnist"]
