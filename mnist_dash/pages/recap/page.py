"""Recap: the half chapter in one list, and everything that ran in one notebook."""

from mnist_dash.pages.recap.questions import questions
from mnist_dash.pages.recap.whole_notebook import whole_notebook

questions()
whole_notebook()
