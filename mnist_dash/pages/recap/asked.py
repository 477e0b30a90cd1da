"""A question of the lesson as a link to the page that asks it, set as the text around it is."""

from mnist_dash.pages.shared.contents import PAGES
from mnist_dash.pages.shared.navigation import link
from mnist_dash.pages.shared.questions import QUESTIONS

STYLE = """<style>
[class*="st-key-recap-"] [data-testid="stPageLink-NavLink"] { padding-inline: 0; }
[class*="st-key-recap-"] [data-testid="stPageLink-NavLink"] :is(span, p) {
  white-space: normal; font-size: 1rem; line-height: 1.5;
}
</style>"""


def link_to(name: str, asked: str) -> None:
    """asked: the question in words; its name says where."""
    there = PAGES[QUESTIONS[name].page]
    link(there, f"{there.number} {there.title}: **{asked}**")
