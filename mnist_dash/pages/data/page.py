"""Data: what is in the box, bring your own, and the reader's own digits."""

from mnist_dash.pages.data.baseline import baseline
from mnist_dash.pages.data.box import box
from mnist_dash.pages.data.bring import bring
from mnist_dash.pages.data.farthest import farthest
from mnist_dash.pages.data.my_digits import my_digits
from mnist_dash.pages.data.origin import origin
from mnist_dash.pages.data.samples import samples
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.controls import exhibits_control
from mnist_dash.pages.shared.settings import BOX, WHOSE

EXHIBITS = {"samples": samples, "farthest": farthest, "baseline": baseline, "origin": origin}

chosen = choices()
exhibits_control("whose", WHOSE, chosen["whose"])
if chosen["whose"] == "mine":
    my_digits()
else:
    bring()
    box()
    exhibits_control("box", BOX, chosen["box"])
    EXHIBITS[chosen["box"]]()
