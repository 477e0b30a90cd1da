"""The Distance page, as a person meets it."""

import re

import pytest
from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}


def metric(page, label):
    return page.get_by_test_id("stMetric").filter(has_text=re.compile(f"^{label}")).first


def value(page, label):
    return metric(page, label).get_by_test_id("stMetricValue")


def slider(page, label):
    return page.get_by_role("slider", name=label)


def test_both_distances_follow_while_a_pixel_is_dragged_and_the_url_once_it_rests(visit):
    page = visit("/distance")
    expect(value(page, "L1")).to_have_text("0.1114")
    handle = slider(page, "Ink of pixel")
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.98, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.3, middle, steps=8)
    expect(value(page, "L1")).not_to_have_text("0.1114")  # still held
    assert "value" not in page.url
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"value=0\.\d+"))
    expect(metric(page, "L2").get_by_test_id("stMetricDelta")).to_contain_text("−")
    page.get_by_role("button", name="Put it back").click()
    expect(value(page, "L1")).to_have_text("0.1114")
    expect(page).not_to_have_url(re.compile("value="))


def test_a_pixel_is_picked_by_click_and_by_key(visit):
    page = visit("/distance")
    frame = page.get_by_role("group", name=re.compile("^The image, pixel"))
    expect(slider(page, "Ink of pixel [24, 7]")).to_be_visible()
    box = frame.bounding_box()
    frame.click(position={"x": box["width"] * 10.5 / 28, "y": box["height"] * 5.5 / 28})
    expect(slider(page, "Ink of pixel [5, 10]")).to_be_visible()
    frame.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(slider(page, "Ink of pixel [6, 10]")).to_be_visible()
    expect(page).to_have_url(re.compile("spot=6%2C10"))
    slider(page, "Ink of pixel [6, 10]").focus()
    page.keyboard.press("Home")
    expect(page).to_have_url(re.compile("value=0(&|$)"))


def test_an_image_where_the_signed_mean_is_wrong_is_one_click_away_and_back(visit):
    page = visit("/distance")
    row = page.get_by_role("row", name=re.compile("^the signed mean"))
    expect(row).to_contain_text("3 ✓")
    page.get_by_role("button", name="Show an image where").click()
    expect(row).to_contain_text("7 ✗")
    expect(page.get_by_role("row", name=re.compile(r"^L1 [\d.]+"))).to_contain_text("3 ✓")
    page.go_back()
    expect(row).to_contain_text("3 ✓")


def test_shapes_are_typed_and_a_wrong_one_gets_a_sentence_and_loses_nothing(visit):
    page = visit("/distance")
    lab = page.get_by_role("group", name="Both shapes, aligned")
    expect(lab).to_contain_text("b is stretched")
    page.get_by_label("Shape b").fill("27, 28")
    page.get_by_label("Shape b").press("Enter")
    expect(lab).to_contain_text("clash")
    expect(page.get_by_text("The size of tensor a (28) must match the size of tensor b (27)")).to_be_visible()
    page.get_by_label("Shape b").fill("no shape")
    page.get_by_label("Shape b").press("Enter")
    expect(page.get_by_text("Shape b: write whole numbers")).to_be_visible()
    expect(page.get_by_label("Shape b")).to_have_value("no shape")
    page.get_by_role("button", name="A column and a row").click()
    expect(page.get_by_text("The result is (28, 28)")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Shape a")).to_have_value("28, 1")


def test_a_step_along_the_gradient_is_taken_by_key(visit):
    page = visit("/distance?step=157")
    expect(page.locator(".sum strong").nth(1)).to_have_text("0.0018")
    slider(page, "Step").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".sum strong").nth(1)).to_have_text("0.0006")
    expect(page).to_have_url(re.compile("step=158"))


@pytest.mark.parametrize("query", ["", "?a=1000000000,1000000000,1,28,28,28&b=28,1,28&value=0.5"])
def test_on_a_phone_nothing_is_wider_than_the_screen(visit, query):
    page = visit(f"/distance{query}", viewport=PHONE)
    expect(page.get_by_role("button", name="Download as notebook")).to_be_visible()
    page.wait_for_timeout(500)
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollWidth - main.clientWidth") <= 0
