"""Ladder: what is simpler than the nearest ideal, what is dearer, and what that gains."""

from mnist_dash.pages.ladder.ladder import ladder
from mnist_dash.pages.shared.controls import digits_control
from mnist_dash.pages.shared.validation import told_of_what_differs

digits_control()
told_of_what_differs()
ladder()
