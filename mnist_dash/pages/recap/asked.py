"""A question of the lesson as a link to the page that asks it."""

from mnist_dash.pages.shared.contents import PAGES
from mnist_dash.pages.shared.navigation import link
from mnist_dash.pages.shared.questions import QUESTIONS


def link_to(name: str, asked: str) -> None:
    """asked: the question in words; its name says where."""
    there = PAGES[QUESTIONS[name].page]
    link(there, f"{there.number} {there.title}: **{asked}**")
