"""The words of the field, each in a sentence or two: opened by a dotted word, and listed on Recap."""

import re
from dataclasses import dataclass
from html import escape

from mnist_dash.pages.shared.set_in_use import mnist_in_use
from mnist_dash.pages.shared.visit import of_visit

MARKED = re.compile(r"\[\[([^|\]]+)(?:\|([^\]]+))?\]\]")


@dataclass(frozen=True)
class Term:
    """meaning: what it is, for somebody who has never heard of it. page: where it can be seen.

    of_any: its meaning where another set than MNIST is in use, if that is another.
    """

    meaning: str
    page: str
    of_any: str = ""

    @property
    def of_set(self) -> str:
        """Its meaning for the set in use."""
        return self.meaning if mnist_in_use() else self.of_any or self.meaning


GLOSSARY = {
    "accuracy": Term("The share of images that get the right label.", "accuracy"),
    "argmin": Term(
        "The position of the smallest of several numbers: here, which ideal is nearest.", "broadcasting"
    ),
    "array": Term(
        "NumPy's grid of numbers of one kind: a list, a table, a block of tables and so on.", "pixels"
    ),
    "axis": Term("One direction in which numbers are arranged. An image has two: down and across.", "pixels"),
    "baseline": Term(
        "A simple method that works, and its score: what every more complicated model must beat.", "accuracy"
    ),
    "broadcasting": Term(
        "How PyTorch and NumPy combine two tensors of different shapes: the smaller one is used again and "
        "again, as if it had the larger one's shape.",
        "broadcasting",
    ),
    "class": Term(
        "One of the possible answers; here, a digit.", "accuracy", "One of the possible answers, by its name."
    ),
    "confidence interval": Term(
        "A range that contains the true value in 95 of 100 such experiments. It shows how much of a score "
        "may be luck.",
        "accuracy",
    ),
    "confusion matrix": Term(
        "A table of what each digit was and what it was called. Right answers lie on its diagonal.",
        "mistakes",
        "A table of what each image was and what it was called. Right answers lie on its diagonal.",
    ),
    "distance": Term("One number for how different two images are; 0 means that they are equal.", "distance"),
    "dtype": Term("The kind of numbers a tensor holds, such as uint8 or float32.", "pixels"),
    "F": Term(
        "The short name everybody gives to torch.nn.functional, where PyTorch keeps its losses.", "distance"
    ),
    "float": Term("A number with a decimal point. A mean needs floats.", "stack"),
    "GPU": Term(
        "A graphics card. It does thousands of small sums at once, so PyTorch can use it; NumPy can't.",
        "broadcasting",
    ),
    "gradient": Term(
        "For every number of a model, how much the loss would change if that number were a little larger.",
        "better",
    ),
    "ideal": Term(
        "The mean of all training images of a digit: the blurred average.",
        "ideal",
        "The mean of all training images of a class: the blurred average.",
    ),
    "k-means": Term(
        "A way to find several typical images of a digit instead of one: each is the mean of the images "
        "nearest to it.",
        "ladder",
        "A way to find several typical images of a class instead of one: each is the mean of the images "
        "nearest to it.",
    ),
    "L": Term(
        "fastai's list: a Python list that says how many things it holds and shows only the first ten.",
        "stack",
    ),
    "L1": Term("The mean absolute difference: how far the pixels are off on average.", "distance"),
    "L2": Term(
        "The root mean squared error: differences are squared, averaged, and the root is taken, so large "
        "ones weigh more.",
        "distance",
    ),
    "label": Term("What an image really shows, according to a person: the right answer.", "data"),
    "linear classifier": Term(
        "A method that gives every pixel a weight and answers by the sum alone.", "line"
    ),
    "list comprehension": Term("Python's one-line loop that makes a new list out of an old one.", "stack"),
    "loss": Term(
        "A number that says how wrong a model is; training lowers it. A metric, such as accuracy, is meant "
        "for people.",
        "distance",
    ),
    "mean": Term("The average: the sum of some numbers divided by how many there are.", "ideal"),
    "median": Term("The middle value when numbers are sorted by size.", "ideal"),
    "metric": Term("A number by which people judge a model, such as accuracy.", "accuracy"),
    "MNIST": Term(
        "70,000 handwritten digits of 28 × 28 pixels, collected by the US standards institute NIST and "
        "prepared in 1998: the classic first data set.",
        "data",
    ),
    "nearest neighbours": Term(
        "A method that keeps all training images and lets the few nearest to a new one vote.", "ladder"
    ),
    "norm": Term(
        "A rule that turns many numbers into one length. Here it turns the differences of all pixels into "
        "one distance.",
        "distance",
    ),
    "overfitting": Term(
        "When a model has learned its training images by heart and does worse on new ones.", "accuracy"
    ),
    "pixel": Term("One of the small squares an image is made of; here a number from 0 to 255.", "pixels"),
    "rank": Term(
        "How many axes a tensor has: a number 0, a list 1, an image 2, a stack of images 3.", "pixels"
    ),
    "RMSE": Term("Root mean squared error; the other name of L2.", "distance"),
    "SGD": Term(
        "Stochastic gradient descent: take a small step against the gradient, again and again, to lower the "
        "loss.",
        "better",
    ),
    "shape": Term(
        "The length of each axis of a tensor: (28, 28) for one image.",
        "pixels",
        "The length of each axis of a tensor: height and width for one image.",
    ),
    "slice": Term(
        "Part of a tensor, such as rows 4 to 9 of an image, written [4:10]: the end is left out.", "pixels"
    ),
    "softmax": Term("A formula that turns several numbers into shares that add up to 1.", "distance"),
    "standard deviation": Term("How far some values typically are from their mean.", "ideal"),
    "stack": Term("Many images of one size in one tensor, one on top of the other.", "stack"),
    "stride": Term(
        "How many places further on in memory the next element along an axis is; 0 means the same element "
        "again.",
        "broadcasting",
    ),
    "tensor": Term(
        "PyTorch's array: like NumPy's, but it can also be computed on a graphics card and yield gradients.",
        "pixels",
    ),
    "threshold": Term(
        "The value above which the answer is one thing, and below which it is the other.", "line"
    ),
    "training set": Term(
        "The images a model may learn from: 60,000 of MNIST's.", "data", "The images a model may learn from."
    ),
    "uint8": Term("Whole numbers from 0 to 255, a byte each: how images are stored.", "pixels"),
    "validation set": Term(
        "Images that are kept apart to judge a model: it has never seen them.", "accuracy"
    ),
    "weight": Term("What a value is multiplied by: how much it counts.", "line"),
}


def begin() -> None:
    """Call before a page runs: nothing is explained on it yet."""
    of_visit("explained", set).clear()


def explained(text: str, *, again: bool = True) -> str:
    """Markdown in which every marked word opens its meaning: ``[[norm]]``, or ``[[norms|norm]]``.

    For ``st.markdown`` with ``unsafe_allow_html``. again: whether a term that the page has already
    explained is marked once more. Raises KeyError for a word that GLOSSARY does not have.
    """
    known = of_visit("explained", set)

    def opened(found: re.Match[str]) -> str:
        word, term = found[1], found[2] or found[1]
        if term in known and not again:
            return word
        known.add(term)
        meaning = escape(f"{term}: {GLOSSARY[term].of_set}")
        return (
            f'<span class="term" tabindex="0" aria-label="{meaning}" data-meaning="{meaning}">{word}</span>'
        )

    return MARKED.sub(opened, text)
