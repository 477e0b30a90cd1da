"""Guess first, as a person meets it: by keyboard, remembered by the browser, and switched off."""

import re

from playwright.sync_api import expect

from tests.serving import settled, until


def kept(page):
    return page.evaluate("JSON.stringify(localStorage)")


ANOTHER = """() => {  // another window has kept a guess
  const [[key, notes]] = Object.entries(localStorage).filter(([, text]) => text.includes("700"));
  localStorage[key] = JSON.stringify({ ...JSON.parse(notes), shape: { said: null, view: {} } });
}"""


def test_a_guess_is_remembered_by_the_browser_and_comes_back_in_the_recap(visit):
    page = visit("/pixels", anew=True)
    page.get_by_role("spinbutton", name="Your guess").fill("700")
    page.keyboard.press("Enter")
    said = page.get_by_text("You said 700. Close: it is 784.")
    expect(said).to_be_visible()
    until(page, lambda: "700" in kept(page), True)
    page.evaluate(ANOTHER)
    page.get_by_role("button", name="255", exact=True).press("Enter")
    expect(page.get_by_text("You said 255. It is 0.")).to_be_visible()
    until(page, lambda: "255" in kept(page), True)
    assert "shape" in kept(page)
    page.reload()
    expect(said).to_be_visible()
    page.get_by_role("link", name="8 Recap").click()
    expect(said).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("2 Pixels: Most of a digit's picture"))).to_be_visible()
    page.get_by_role("button", name="Forget my guesses").click()
    expect(said).to_have_count(0)
    until(page, lambda: "255" in kept(page), False)
    page.reload()
    expect(page.get_by_text("Nothing yet.")).to_be_visible()


def test_a_number_that_is_typed_and_clicked_is_one_guess(visit):
    page = visit("/accuracy?judged=images", anew=True)  # while the learning curve is made
    page.get_by_role("spinbutton", name="Your guess").fill("90")
    page.get_by_role("button", name="That is my guess").click()
    expect(page.get_by_text("You said 90. Close: it is 95.")).to_be_visible()


def test_no_questions_please_holds_on_all_pages_and_in_the_address(visit):
    page = visit("/distance")
    page.get_by_role("button", name="No questions, please").first.click()
    expect(page).to_have_url(re.compile("[?]guess=off"))
    expect(page.get_by_role("button", name="Skip")).to_have_count(0)
    page.get_by_role("link", name="6 Broadcasting").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "How do you measure thousands without a loop?"
    )
    settled(page)
    expect(page.get_by_role("button", name="Skip")).to_have_count(0)
    page.get_by_role("link", name="8 Recap").click()
    page.get_by_role("button", name="Ask me questions again").click()
    expect(page).not_to_have_url(re.compile("guess"))
