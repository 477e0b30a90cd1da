"""Broadcasting: the whole set against one ideal without a loop, any two shapes, and both libraries."""

from mnist_dash.pages.broadcasting.broadcasting import broadcasting
from mnist_dash.pages.broadcasting.shape_lab import shape_lab
from mnist_dash.pages.broadcasting.two_libraries import two_libraries
from mnist_dash.pages.shared.controls import ideal_control
from mnist_dash.pages.shared.guess import guess

digit = ideal_control()
guess("difference")
broadcasting(digit)
shape_lab()
two_libraries(digit)
