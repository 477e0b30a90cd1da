"""Data: what is in the box, and bring your own."""

from mnist_dash.pages.data.baseline import baseline
from mnist_dash.pages.data.box import box
from mnist_dash.pages.data.bring import bring
from mnist_dash.pages.data.farthest import farthest
from mnist_dash.pages.data.origin import origin
from mnist_dash.pages.data.samples import samples
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.controls import exhibits_control
from mnist_dash.pages.shared.settings import BOX

EXHIBITS = {"samples": samples, "farthest": farthest, "baseline": baseline, "origin": origin}

bring()
box()
exhibits_control("box", BOX, choices()["box"])
EXHIBITS[choices()["box"]]()
