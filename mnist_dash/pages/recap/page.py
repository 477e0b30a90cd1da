"""Recap: the half chapter in one list, its words, and everything that ran in one notebook."""

from mnist_dash.pages.recap.questions import questions
from mnist_dash.pages.recap.whole_notebook import whole_notebook
from mnist_dash.pages.recap.words import words

questions()
words()
whole_notebook()
