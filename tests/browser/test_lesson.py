"""The lesson from its first page to its last, by keyboard alone, with every guess answered."""

import re

from playwright.sync_api import expect

from mnist_dash.pages.shared.contents import CONTENTS
from mnist_dash.pages.shared.questions import QUESTIONS
from tests.serving import focus


def test_the_lesson_is_walked_by_keyboard_and_every_guess_comes_back_in_the_recap(visit):
    page = visit(anew=True)
    for this, following in zip(CONTENTS["Learn"], CONTENTS["Learn"][1:], strict=False):
        expect(page.get_by_role("heading", level=1)).to_have_text(this.heading)
        for name in [name for name, question in QUESTIONS.items() if question.page == this.name]:
            answer(page, name)
        expect(page.get_by_text("In one sentence:")).to_be_visible()
        onward = page.get_by_role("link", name=f"Next: {following.question}")
        focus(onward)
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(CONTENTS["Learn"][-1].heading)
    expect(page.get_by_text(f"{len(QUESTIONS)} of {len(QUESTIONS)} questions:")).to_be_visible()


def answer(page, name):
    """The first of the answers, or a number."""
    box = page.locator(f".st-key-guess-{name.replace(' ', '-')}")
    expect(box.get_by_role("button", name="Skip")).to_be_visible()
    if box.get_by_role("button", name="That is my guess").count():
        focus(box.get_by_role("spinbutton"))
        page.keyboard.type("50")
    else:
        focus(box.get_by_role("button").first)
    page.keyboard.press("Enter")
    expect(box.get_by_text(re.compile("You said"))).to_be_visible()
