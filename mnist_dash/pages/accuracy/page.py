"""Accuracy: how often the nearest ideal is right, by which norm, and how many images that takes."""

from mnist_dash.pages.accuracy.learning_curve import learning_curve
from mnist_dash.pages.accuracy.live_numbers import live_numbers
from mnist_dash.pages.shared.controls import digits_control
from mnist_dash.pages.shared.validation import told_of_what_differs

digits_control()
told_of_what_differs(ideals=False)
live_numbers()
learning_curve()
