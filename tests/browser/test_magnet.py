"""Magnet, as a person meets it."""

import re

from playwright.sync_api import expect

from tests.serving import focus


def test_an_ideal_lets_go_of_the_magnet_as_it_gets_its_ink(visit):
    page = visit("/magnet?strength=10")
    headline = page.locator(".readout .headline")
    expect(headline).to_have_text("Both norms say 1")
    focus(page.get_by_role("slider", name="Ink of ideal 8"))
    page.keyboard.press("End")
    expect(headline).to_have_text("Both norms say 8")
    page.get_by_role("radio", name="median").click()
    expect(page.get_by_text(re.compile("L1 answers 1 for 18"))).to_be_visible()
    expect(page).to_have_url(re.compile("magnets=median"))
