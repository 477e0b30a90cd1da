"""Data: where the images come from, and some of each digit."""

from mnist_dash.pages.data.origin import origin
from mnist_dash.pages.data.samples import samples

samples()
origin()
