"""Recap: the half chapter in one list, what the reader guessed, a quiz, its words, and one notebook."""

from mnist_dash.pages.recap.guessed import guessed
from mnist_dash.pages.recap.questions import questions
from mnist_dash.pages.recap.quiz import quiz
from mnist_dash.pages.recap.whole_notebook import whole_notebook
from mnist_dash.pages.recap.words import words

questions()
quiz()
guessed()
words()
whole_notebook()
