"""The Ideal page, as a person meets it: by mouse, by keyboard, on a phone."""

import itertools
import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.serving import box_at_rest, fits, focus


def title(page):
    return page.locator(".maps[data-size=large] h3")


def thumb(slider):
    """Where the slider's thumb is, in the window."""
    box = slider.bounding_box()
    share = float(slider.input_value()) / float(slider.get_attribute("max"))
    return box["x"] + 9 + share * (box["width"] - 18), box["y"] + box["height"] / 2


def test_the_ideal_comes_into_focus_while_the_slider_is_dragged(visit):
    page = visit("/ideal?first=10")
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
    expect(page.get_by_test_id("stMetricValue")).to_have_text(["95.1 %", "96.6 %"])
    expect(page).not_to_have_url(re.compile("first="))  # all of them: the default


def test_played_the_mean_forms_by_itself_from_one_image_to_all(visit):
    page = visit("/ideal")
    title(page).evaluate(
        """shown => {
          window.seen = new Set();
          const root = shown.getRootNode();
          new MutationObserver(() => seen.add(root.querySelector("h3").textContent)).observe(
            root, { characterData: true, childList: true, subtree: true });
        }"""
    )
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    expect(page.get_by_role("button", name="Play")).to_be_visible()  # it has come to its end
    expect(title(page)).to_have_text("Ideal 3: the mean of all 6,131 images")
    assert page.evaluate("seen.size") > 2  # on a slow machine not every place is shown
    expect(page).to_have_url(re.compile("/ideal$"))


def test_nothing_plays_for_those_who_want_no_motion(visit):
    page = visit("/ideal?first=3")
    page.emulate_media(reduced_motion="reduce")
    expect(title(page)).to_have_text("Ideal 3: the mean of 3 images")
    page.get_by_role("button", name="Play").click()
    expect(title(page)).to_have_text("Ideal 3: the mean of all 6,131 images")
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    page.emulate_media(reduced_motion="null")


def test_the_slider_is_moved_by_keys_and_its_last_place_is_in_the_url(visit):
    page = visit("/ideal")
    slider = page.get_by_role("slider", name="images in train/3")
    focus(slider)
    page.keyboard.press("Home")
    expect(title(page)).to_have_text("Ideal 3: a single image")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect(title(page)).to_have_text("Ideal 3: the mean of 10 images")
    expect(page).to_have_url(re.compile("first=10$"))
    expect(slider).to_have_attribute("aria-valuetext", "10")


def test_a_picture_along_the_slider_leads_to_its_place_and_the_nearest_is_marked(visit):
    page = visit("/ideal")
    slider = page.get_by_role("slider", name="images in train/3")
    pictures = page.locator(".along figure")
    marked = page.locator(".along .chosen")
    expect(marked).to_have_text("all")
    page.get_by_role("img", name="Ideal 3: the mean of 10 images").click()
    expect(title(page)).to_have_text("Ideal 3: the mean of 10 images")
    expect(page).to_have_url(re.compile("first=10$"))
    expect(marked).to_have_text("10")
    x, y = thumb(slider)
    box = marked.bounding_box()
    assert abs(box["x"] + box["width"] / 2 - x) < 2
    assert box["y"] >= y
    expect(pictures.filter(visible=True)).to_have_count(10)
    expect(slider).to_be_focused()  # the slider stays one control
    page.keyboard.press("ArrowLeft")
    expect(title(page)).to_have_text("Ideal 3: the mean of 7 images")
    expect(marked).to_have_text("10")
    page.keyboard.press("Home")
    expect(marked).to_have_text("1")
    page.keyboard.press("Tab")
    assert not pictures.evaluate_all(
        "all => all.some((each) => each.contains(each.getRootNode().activeElement))"
    )


def test_on_a_phone_fewer_pictures_lie_along_the_slider_and_none_on_another(visit):
    page = visit("/ideal?first=30", **PHONE)
    pictures = page.locator(".along figure").filter(visible=True)
    expect(pictures).to_have_text(["1", "10", "70", "500", "all"])
    boxes = [each.bounding_box() for each in pictures.all()]
    assert all(left["x"] + left["width"] < right["x"] for left, right in itertools.pairwise(boxes))
    fits(page)
    pictures.nth(2).tap()
    expect(title(page)).to_have_text("Ideal 3: the mean of 70 images")


def test_a_pixel_is_picked_by_click_and_by_enter(visit):
    page = visit("/ideal")
    frame = page.locator(".maps[data-size=large] .frame")
    box = box_at_rest(frame)
    side = box["width"] / 28
    frame.click(position={"x": 9.5 * side, "y": 20.5 * side})
    expect(page.get_by_text("Pixel [20, 9]", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("pixel=20(,|%2C)9"))
    focus(frame)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    either = page.get_by_text("Pixel [15, 14]", exact=True).or_(page.get_by_text("Pixel [21, 9]", exact=True))
    expect(either).to_be_visible()


def test_the_view_of_all_ten_follows_a_click(visit):
    page = visit("/ideal")
    page.get_by_role("radio", name="Median", exact=True).click()
    expect(page.get_by_text("Which is the better ideal depends on the norm.")).to_be_visible()
    expect(page).to_have_url(re.compile("view=median"))
