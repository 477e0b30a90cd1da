"""Line, as a person meets it."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.serving import box_at_rest, drag, focus


def dots(page):
    return page.get_by_role("group", name=re.compile("images of 3 and"))


def words(page):
    return page.locator(".scatter .words")


def value(page, label):
    return page.get_by_test_id("stMetric").filter(has_text=label).get_by_test_id("stMetricValue")


def test_a_dot_shows_its_image_by_pointer_and_by_key_and_opens_it_by_click(visit):
    page = visit("/line", anew=True)
    expect(words(page)).to_contain_text("A 3 called 7")
    shown = page.locator(".scatter .side canvas")
    before = shown.evaluate("canvas => canvas.toDataURL()")
    dots(page).scroll_into_view_if_needed()
    box = box_at_rest(dots(page))
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.45)
    expect(words(page)).not_to_contain_text("validation image 1,681")
    expect(words(page)).to_contain_text("A 3 called 3")
    assert shown.evaluate("canvas => canvas.toDataURL()") != before
    focus(dots(page))
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
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Is it a straight line?")


def test_the_line_moves_and_the_numbers_follow_while_it_is_dragged(visit):
    page = visit("/line")
    expect(value(page, "of the 3s right")).to_have_text("926")
    drag(page, "Call it 7 when", 0.7)
    expect(value(page, "of the 3s right")).not_to_have_text("926")  # still held
    expect(value(page, "of the 7s right")).not_to_have_text("1,013")
    assert "t=" not in page.url.replace("digits=", "")
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"[?&]t=0\.0\d+"))
    page.get_by_role("button", name="The diagonal").click()
    expect(value(page, "of the 3s right")).to_have_text("926")


def test_the_next_mistake_is_weighed(visit):
    page = visit("/line")
    page.get_by_role("button", name="Next mistake").click()
    expect(page.get_by_text("is not above the threshold")).to_be_visible()
    expect(page.get_by_text("The label is 3")).to_be_visible()


def test_on_a_phone_a_tap_shows_an_image(visit):
    page = visit("/line?ideal=4&rival=9&norm=L2&t=0.0123", anew=True, **PHONE)
    plot = page.locator(".scatter .plot")
    plot.scroll_into_view_if_needed()
    before = words(page).inner_text()
    box = box_at_rest(plot)
    for down in (0.3, 0.4, 0.5):  # somewhere a dot is hit
        page.touchscreen.tap(box["x"] + box["width"] * 0.35, box["y"] + box["height"] * down)
    expect(words(page)).not_to_have_text(before, use_inner_text=True)
    assert "image=" not in page.url
    page.get_by_role("button", name="Look closer").click()
    expect(page).to_have_url(re.compile("image="))
