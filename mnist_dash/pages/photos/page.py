"""Photos: pictures of digits, what both norms call each, and every step from a picture to an image."""

from mnist_dash.pages.photos.brought import brought
from mnist_dash.pages.photos.found import found
from mnist_dash.pages.photos.preparation import preparation
from mnist_dash.pages.shared.controls import digits_control
from mnist_dash.pages.shared.mine import remember_mine

pictures = brought() or ()
digits_control()
found(pictures)
preparation()
remember_mine()
