"""Recap: the half chapter in one list, what the reader guessed, and everything that ran in one notebook."""

from mnist_dash.pages.recap.guessed import guessed
from mnist_dash.pages.recap.questions import questions
from mnist_dash.pages.recap.whole_notebook import whole_notebook

questions()
guessed()
whole_notebook()
