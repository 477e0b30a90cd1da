"""Data: where MNIST comes from, some of each digit, and the reader's own digits."""

from mnist_dash.pages.data.my_digits import my_digits
from mnist_dash.pages.data.origin import origin
from mnist_dash.pages.data.samples import samples
from mnist_dash.pages.shared.choices import choices
from mnist_dash.pages.shared.controls import exhibits_control
from mnist_dash.pages.shared.settings import BOX

exhibits_control("box", BOX, choices()["box"])
if choices()["box"] == "mine":
    my_digits()
else:
    samples()
    origin()
