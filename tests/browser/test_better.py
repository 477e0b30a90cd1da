"""Better, as a person meets it."""

import re

from playwright.sync_api import expect


def test_a_step_along_the_gradient_is_taken_by_key(visit):
    page = visit("/better?step=157")
    expect(page.locator(".sum strong").nth(1)).to_have_text("0.0018")
    page.get_by_role("slider", name="Step").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".sum strong").nth(1)).to_have_text("0.0006")
    expect(page).to_have_url(re.compile("step=158"))


def test_the_mean_and_the_median_are_compared_for_the_digits_in_play(visit):
    page = visit("/better")
    expect(page.get_by_text("+9 of 2,038 images")).to_be_visible()
    page.get_by_role("radiogroup", name="Possible answers").or_(
        page.locator('[class*="st-key-digits-"]')
    ).get_by_role("button", name="1", exact=True).click()
    expect(page.get_by_text("of 3,173 images").first).to_be_visible()
