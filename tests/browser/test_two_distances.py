"""Two distances, flip it and the magnet, as a person meets them."""

import base64
import re

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.app import run
from tests.pages.test_flip import pictures

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def settled(visit):
    """Opens a page and waits until the slow exhibits have come to rest."""

    def open_page(path, **options):
        page = visit(path, **options)
        expect(page.get_by_role("button", name="Download as notebook")).to_be_visible()
        expect(page.get_by_role("progressbar")).to_have_count(0, timeout=60_000)
        return page

    return open_page


def dots(page):
    return page.get_by_role("group", name=re.compile("images of 3 and"))


def words(page):
    return page.locator(".scatter .words")


def value(page, label):
    return page.get_by_test_id("stMetric").filter(has_text=label).get_by_test_id("stMetricValue")


def drag(page, name, share):
    """Move the slider, without letting go."""
    handle = page.get_by_role("slider", name=name)
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * share, middle, steps=8)


def test_a_dot_shows_its_image_by_pointer_and_by_key_and_opens_it_by_click(settled):
    page = settled("/accuracy")
    expect(words(page)).to_contain_text("A 3 called 7")
    shown = page.locator(".scatter .side canvas")
    before = shown.evaluate("canvas => canvas.toDataURL()")
    dots(page).scroll_into_view_if_needed()
    box = dots(page).bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.45)
    expect(words(page)).not_to_contain_text("validation image 1,681")
    expect(words(page)).to_contain_text("A 3 called 3")
    assert shown.evaluate("canvas => canvas.toDataURL()") != before
    dots(page).focus()
    page.keyboard.press("End")
    expect(words(page)).to_contain_text("A 7 called 7")
    surely = words(page).inner_text()
    page.keyboard.press("ArrowLeft")
    expect(words(page)).not_to_have_text(surely, use_inner_text=True)
    page.keyboard.press("Home")
    expect(words(page)).to_contain_text("A 3 called 3")
    place = re.search("image ([0-9,]+)", words(page).inner_text())[1].replace(",", "")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"image={place}(&|$)"))


def test_the_line_moves_and_the_numbers_follow_while_it_is_dragged(settled):
    page = settled("/accuracy")
    expect(value(page, "of the 3s right")).to_have_text("926")
    drag(page, "Call it 7 when", 0.7)
    expect(value(page, "of the 3s right")).not_to_have_text("926")  # still held
    expect(value(page, "of the 7s right")).not_to_have_text("1,013")
    assert "t=" not in page.url.replace("digits=", "")
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"[?&]t=0\.0\d+"))
    page.get_by_role("button", name="The diagonal").click()
    expect(value(page, "of the 3s right")).to_have_text("926")


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


@pytest.mark.parametrize("query", ["", "?digits=0&digits=1&digits=2&digits=4&digits=8&digits=9"])
def test_on_a_phone_a_tap_shows_an_image_and_nothing_is_wider_than_the_screen(settled, query):
    page = settled(f"/accuracy{query}", viewport=PHONE, has_touch=True)
    plot = page.locator(".scatter .plot")
    plot.scroll_into_view_if_needed()
    before = words(page).inner_text()
    box = plot.bounding_box()
    for down in (0.3, 0.4, 0.5):  # somewhere a dot is hit
        page.touchscreen.tap(box["x"] + box["width"] * 0.35, box["y"] + box["height"] * down)
    expect(words(page)).not_to_have_text(before, use_inner_text=True)
    assert "image=" not in page.url
    page.get_by_role("button", name="Look closer").click()
    expect(page).to_have_url(re.compile("image="))
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollWidth - main.clientWidth") <= 0
