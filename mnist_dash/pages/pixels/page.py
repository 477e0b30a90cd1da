"""Pixels: a picture is numbers, and the numbers have a shape."""

from mnist_dash.pages.pixels.colour import colour
from mnist_dash.pages.pixels.numbers import numbers
from mnist_dash.pages.pixels.rank import rank
from mnist_dash.pages.shared.guess import guess
from mnist_dash.pages.shared.picker import pick_image

if picked := pick_image():
    guess("count", "paper")
    numbers(picked)
    rank(picked)
colour()
