"""The half chapter's own lines, exhibit by exhibit: each makes a number or a picture that a page shows.

A parameter with the name of a function stands for what that function returns; the others are what the
reader chose. ``listing`` prints these functions as they ran, so they are written as a notebook is: plain
ASCII, no defaults, one ``return`` at the end, and no local name that is also a function's.

Shapes: N images of H x W pixels. Knows nothing about caches or screens.

Source: J. Howard, S. Gugger, *Deep Learning for Coders with fastai and PyTorch*, 2020, chapter 4.
"""

from mnist_dash.chapter.accuracy import *
from mnist_dash.chapter.better import *
from mnist_dash.chapter.box import *
from mnist_dash.chapter.distance import *
from mnist_dash.chapter.hands import *
from mnist_dash.chapter.ideals import *
from mnist_dash.chapter.pixels import *
from mnist_dash.chapter.receipts import *
