"""Flip it and the magnet, as a person meets them."""

import base64
import re

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.app import run
from tests.pages.test_flip import pictures


@pytest.fixture
def settled(visit):
    """Opens a page and waits until the slow exhibits have come to rest."""

    def open_page(path, **options):
        page = visit(path, **options)
        expect(page.get_by_role("button", name="Download as notebook")).to_be_visible()
        expect(page.get_by_role("progressbar")).to_have_count(0, timeout=60_000)
        return page

    return open_page


def drag(page, name, share):
    """Move the slider, without letting go."""
    handle = page.get_by_role("slider", name=name)
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * share, middle, steps=8)


def test_pixels_are_changed_one_by_one_and_put_on_the_pad(settled):
    expected = pictures(run("accuracy", image="17"))["L2"][0]
    page = settled("/accuracy?image=17")
    drag(page, "Pixels changed", 0.02)
    expect(page.get_by_text(re.compile("with [0-9]+ pixels to go")).first).to_be_visible()
    page.mouse.up()
    page.get_by_role("slider", name="Pixels changed").focus()
    page.keyboard.press("End")
    expect(page.get_by_text(re.compile("pixels to go"))).to_have_count(0)
    page.get_by_role("button", name="Put the flipped one (L2) on the pad").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Draw a digit")
    expect(page.get_by_text("Taken pixel for pixel from the pad.").first).to_be_visible()
    read = "canvas => { const p = canvas.getContext('2d').getImageData(0, 0, 28, 28).data;"
    seen = page.locator(".seen canvas").evaluate(
        read + " return btoa(String.fromCharCode(...p.filter((_, i) => i % 4 === 0))); }"
    )
    inks = 255 - np.frombuffer(base64.b64decode(seen), np.uint8).reshape(28, 28).astype(int)
    assert (inks == expected).all()


def test_an_ideal_lets_go_of_the_magnet_as_it_gets_its_ink(settled):
    page = settled("/accuracy?strength=10")
    headline = page.locator(".st-key-magnet .headline")
    expect(headline).to_have_text("Both norms say 1")
    page.get_by_role("slider", name="Ink of ideal 8").focus()
    page.keyboard.press("End")
    expect(headline).to_have_text("Both norms say 8")
    page.locator(".st-key-magnet").get_by_role("radio", name="median").click()
    expect(page.get_by_text(re.compile("the images as they are, L1 answers 1 for 18"))).to_be_visible()
    expect(page).to_have_url(re.compile("magnets=median"))
