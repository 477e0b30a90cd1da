"""The Ideals page, as a person meets it: by mouse, by keyboard, on a phone."""

import re

import pytest
from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}


def settled(page):
    """The page with its last exhibit drawn."""
    expect(page.get_by_text("The label is 3")).to_be_visible()
    return page


def title(page):
    return page.locator(".maps[data-size=large] h3")


def thumb(slider):
    """Where the slider's thumb is, in the window."""
    box = slider.bounding_box()
    share = float(slider.input_value()) / float(slider.get_attribute("max"))
    return box["x"] + 9 + share * (box["width"] - 18), box["y"] + box["height"] / 2


def test_the_ideal_comes_into_focus_while_the_slider_is_dragged(visit):
    page = settled(visit("/ideals?first=10"))
    slider = page.get_by_role("slider", name="images in train/3")
    expect(title(page)).to_have_text("Ideal 3: the mean of 10 images")
    x, y = thumb(slider)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 300, y, steps=10)
    expect(title(page)).not_to_have_text("Ideal 3: the mean of 10 images")  # the button is still down
    page.mouse.move(x + 2000, y, steps=5)
    expect(title(page)).to_have_text("Ideal 3: the mean of all 6,131 images")
    page.mouse.up()
    expect(page.get_by_test_id("stMetricValue")).to_have_text(["0.9511", "0.9661"])
    expect(page).not_to_have_url(re.compile("first="))  # all of them: the default


def test_the_slider_is_moved_by_keys_and_its_last_place_is_in_the_url(visit):
    page = settled(visit("/ideals"))
    slider = page.get_by_role("slider", name="images in train/3")
    slider.focus()
    page.keyboard.press("Home")
    expect(title(page)).to_have_text("Ideal 3: a single image")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect(title(page)).to_have_text("Ideal 3: the mean of 10 images")
    expect(page).to_have_url(re.compile("first=10$"))
    expect(slider).to_have_attribute("aria-valuetext", "10")


def test_a_pixel_is_picked_by_click_and_by_enter(visit):
    page = settled(visit("/ideals"))
    frame = page.locator(".maps[data-size=large] .frame")
    box = frame.bounding_box()
    side = box["width"] / 28
    frame.click(position={"x": 9.5 * side, "y": 20.5 * side})
    expect(page.get_by_text("Pixel [20, 9]")).to_be_visible()
    expect(page).to_have_url(re.compile("pixel=20(,|%2C)9"))
    frame.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Pixel [15, 14]").or_(page.get_by_text("Pixel [21, 9]"))).to_be_visible()


def test_the_list_is_followed_while_it_is_typed(visit):
    page = settled(visit("/ideals"))
    field = page.get_by_label("Your list")
    field.fill("5, -6, 7")
    expect(page.locator("li.dropped b")).to_have_text(["-6"])
    expect(page.get_by_text("# [10, 14]")).to_be_visible()
    field.fill("5, six")
    expect(page.get_by_text("“six” is not a whole number")).to_be_visible()
    expect(page.get_by_text("# [10, 14]")).to_be_visible()


def test_what_is_left_out_and_which_view_is_shown_follow_a_click(visit):
    page = settled(visit("/ideals"))
    page.get_by_role("radio", name=".float()").click()
    expect(page.get_by_text("RuntimeError: mean(): could not infer output dtype.")).to_be_visible()
    page.get_by_role("radio", name="Median", exact=True).click()
    expect(page.get_by_text("Which is the better ideal depends on the norm.")).to_be_visible()
    assert "without=float" in page.url
    assert "view=median" in page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_is_wider_than_the_screen(visit, scheme):
    page = settled(visit("/ideals?view=difference&without=stack", viewport=PHONE, color_scheme=scheme))
    main = page.get_by_test_id("stMain")
    assert main.evaluate("element => element.scrollWidth <= element.clientWidth")
