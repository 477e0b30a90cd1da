"""Magnet: why one digit draws so many images, and what the median makes of it."""

from mnist_dash.pages.magnet.fading import fading
from mnist_dash.pages.magnet.magnet import magnet
from mnist_dash.pages.magnet.mean_or_median import mean_or_median

magnet()
fading()
mean_or_median()
