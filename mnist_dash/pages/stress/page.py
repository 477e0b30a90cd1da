"""Stress: spoiled validation images, how both norms cope with them, and how little changes an answer."""

from mnist_dash.pages.shared.controls import digits_control
from mnist_dash.pages.shared.guess import guess
from mnist_dash.pages.shared.validation import told_of_what_differs
from mnist_dash.pages.stress.flip import flip
from mnist_dash.pages.stress.stress_test import stress_test

digits_control()
told_of_what_differs(images=False)
guess("shifted")
stress_test()
flip()
