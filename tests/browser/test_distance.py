"""The Distance page, as a person meets it."""

import re

import pytest
from playwright.sync_api import expect

from tests.serving import box_at_rest, focus


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
    box = box_at_rest(handle)
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
    box = box_at_rest(frame)
    frame.click(position={"x": box["width"] * 10.5 / 28, "y": box["height"] * 5.5 / 28})
    expect(slider(page, "Ink of pixel [5, 10]")).to_be_visible()
    focus(frame)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(slider(page, "Ink of pixel [6, 10]")).to_be_visible()
    expect(page).to_have_url(re.compile("spot=6%2C10"))
    focus(slider(page, "Ink of pixel [6, 10]"))
    page.keyboard.press("Home")
    expect(page).to_have_url(re.compile("value=0(&|$)"))


def test_an_image_where_the_signed_mean_is_wrong_is_one_click_away_and_back(visit):
    page = visit("/distance")
    row = page.get_by_role("row", name=re.compile("^the signed mean"))
    expect(row).to_contain_text("3 ✓")
    page.get_by_role("button", name="Show one that").click()
    expect(row).to_contain_text("7 ✗")
    expect(page.get_by_role("row", name=re.compile(r"^L1 [\d.]+"))).to_contain_text("3 ✓")
    page.go_back()
    expect(row).to_contain_text("3 ✓")


def test_the_two_nearest_ideals_are_chosen_by_one_click(visit):
    page = visit("/distance")
    page.get_by_role("button", name="Nearest by L2: 3, 5").click()
    expect(page.get_by_role("heading", name="From its rival, ideal 5")).to_be_visible()
    expect(page).to_have_url(re.compile("rival=5"))
    expect(page.get_by_role("button", name="Nearest by L2: 3, 5")).to_be_disabled()


def test_imports_are_folded_away_and_copied_with_the_code(visit):
    page = visit("/distance", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_text("The code that ran").first.click()
    fold = page.locator("[class*=st-key-imports-]").first
    imports, lines = fold.get_by_text("5 imports"), fold.locator("pre")
    expect(imports).to_be_visible()
    folded = box_at_rest(lines)["height"]
    focus(imports)
    page.keyboard.press("Enter")
    a_line = float(fold.locator("code").evaluate("code => parseFloat(getComputedStyle(code).lineHeight)"))
    assert box_at_rest(lines)["height"] - folded == pytest.approx(6 * a_line, abs=1)  # and one that was empty
    lines.hover()
    fold.get_by_role("button", name="Copy to clipboard").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("from numpy import array\n")
    assert "\nsigned = x - ideal\n" in copied
