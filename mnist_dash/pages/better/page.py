"""Better: ideals painted by hand and by the gradient, the median, and which way pixels should change."""

from mnist_dash.pages.better.gradient import which_way
from mnist_dash.pages.better.make_a_better_ideal import make_a_better_ideal
from mnist_dash.pages.better.mean_or_median import mean_or_median

make_a_better_ideal()
mean_or_median()
which_way()
