"""Flip it, on Stress, as a person meets it."""

import base64
import re

import numpy as np
from playwright.sync_api import expect

from tests.app import run
from tests.pages.test_flip import pictures
from tests.serving import drag, focus


def test_pixels_are_changed_one_by_one_and_put_on_the_pad(visit):
    expected = pictures(run("stress", image="17"))["L2"][0]
    page = visit("/stress?image=17")
    drag(page, "Pixels changed", 0.02)
    expect(page.get_by_text(re.compile("with [0-9]+ pixels to go")).first).to_be_visible()
    page.mouse.up()
    focus(page.get_by_role("slider", name="Pixels changed"))
    page.keyboard.press("End")
    expect(page.get_by_text(re.compile("pixels to go"))).to_have_count(0)
    page.get_by_role("button", name="Put L2's flip on the pad").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Can an average read your handwriting?")
    expect(page.get_by_text("Taken pixel for pixel from the pad.").first).to_be_visible()
    read = "canvas => { const p = canvas.getContext('2d').getImageData(0, 0, 28, 28).data;"
    seen = page.locator(".seen canvas").evaluate(
        read + " return btoa(String.fromCharCode(...p.filter((_, i) => i % 4 === 0))); }"
    )
    inks = 255 - np.frombuffer(base64.b64decode(seen), np.uint8).reshape(28, 28).astype(int)
    assert (inks == expected).all()
