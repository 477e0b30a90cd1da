"""Magnet: why one digit draws so many images, and what the median makes of it."""

from mnist_dash.pages.magnet.fading import fading
from mnist_dash.pages.magnet.magnet import magnet
from mnist_dash.pages.magnet.mean_or_median import mean_or_median
from mnist_dash.pages.shared.guess import guess

guess("called ones")
magnet()
fading()
mean_or_median()
