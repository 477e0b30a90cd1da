"""Better: ideals painted by hand and by the gradient, the median, and which way pixels should change."""

from mnist_dash.pages.better.gradient import which_way
from mnist_dash.pages.better.make_a_better_ideal import make_a_better_ideal
from mnist_dash.pages.better.mean_or_median import mean_or_median
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.controls import exhibits_control
from mnist_dash.pages.shared.guess import guess
from mnist_dash.pages.shared.settings import IMPROVED

EXHIBITS = {"median": mean_or_median, "gradient": which_way}

make_a_better_ideal()
improved = choices()["improved"] or "median"
exhibits_control("improved", IMPROVED, improved)
if improved == "median":
    guess("gains")
EXHIBITS[improved]()
