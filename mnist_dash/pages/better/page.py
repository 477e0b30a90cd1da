"""Better: whether another ideal beats the mean, and which way an image's pixels should change."""

from mnist_dash.pages.better.gradient import which_way
from mnist_dash.pages.better.mean_or_median import mean_or_median

mean_or_median()
which_way()
