"""A drawing, scan or photo -> 28 x 28, the way MNIST itself was made, and every step on the way.

Or ``like`` the images of another set: their size, the box of their ink and its centre are measured.

    errors       what can be wrong with a picture, in one plain sentence
    files        the bytes of a file -> a picture, checked at the border
    light        whether dark or light is ink, and how bright the paper is at each place
    table        where a sheet lies on something darker
    contrast     how dark each pixel is against its paper -> how much of it is ink
    lines        ruled lines, boxes and frames, taken out of the ink
    parts        ink -> its connected parts -> those drawn by a pen
    joining      strokes -> digits, in reading order
    preparation  what the images of a set are like, measured
    digit        one digit, cut from its page -> 28 x 28
    steps        the steps by name, one after the other
    ranks        the median, and other quantiles
    around       what lies around each pixel: the highest and lowest value, the nearest paper

Knows nothing about classifying or about screens.
"""

from mnist_dash.core.handwriting.digit import Digit, Stage
from mnist_dash.core.handwriting.errors import HandwritingError
from mnist_dash.core.handwriting.files import SUFFIXES, open_picture
from mnist_dash.core.handwriting.preparation import MNIST, Preparation
from mnist_dash.core.handwriting.steps import STEPS, Reading, Step, read, read_all, steps_like, to_mnist

__all__ = [
    "MNIST",
    "STEPS",
    "SUFFIXES",
    "Digit",
    "HandwritingError",
    "Preparation",
    "Reading",
    "Stage",
    "Step",
    "open_picture",
    "read",
    "read_all",
    "steps_like",
    "to_mnist",
]
