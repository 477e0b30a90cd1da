"""The learning curve and the ladder, as a person meets them: work that goes on and keeps nobody waiting."""

import re

from playwright.sync_api import expect

from tests.serving import focus

SLOW = 120_000  # ms; what takes seconds, on a busy machine


def bar(page, words):
    return page.get_by_test_id("stProgress").filter(has_text=words)


def test_the_curve_is_made_while_one_looks_and_made_anew_for_other_digits(visit):
    page = visit("/accuracy?judged=images&digits=4&digits=9&digits=2")
    found = page.get_by_text("of that gain with")
    expect(found).to_be_visible(timeout=SLOW)
    expect(bar(page, "ideals of")).to_have_count(0)
    page.get_by_role("button", name="All ten", exact=True).click()
    expect(bar(page, "ideals of")).to_be_visible(timeout=SLOW)
    expect(found).to_have_count(0)
    page.get_by_role("button", name="3 and 7", exact=True).click()  # in the midst of it
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("95.1 %")
    finding = page.get_by_text("L2 reaches 96.6 % with all images, and 95 % of that gain with 5 images")
    expect(finding).to_be_visible(timeout=SLOW)


def test_climbing_fills_the_rows_one_by_one(visit):
    page = visit("/ladder?first=300&several=4")
    rows = page.locator(".ladder li:not(.head):not(.published)")
    numbers = rows.locator(".number")
    expect(rows).to_have_count(10)
    expect(rows.filter(has_text="not run yet")).to_have_count(4)
    expect(numbers.filter(has_text="wrong")).to_have_count(6, timeout=SLOW)
    page.get_by_role("button", name="Run the rest").click()
    expect(numbers.filter(has_text="wrong")).to_have_count(10, timeout=SLOW)
    expect(page.get_by_text("Trained on 600 images, scored on 2,038.")).to_be_visible()
    expect(page.get_by_role("button", name="Run the rest")).to_be_disabled()
    focus(page.get_by_role("slider", name="Neighbours that vote (k)"))
    page.keyboard.press("ArrowRight")
    climbed = rows.filter(has_text="k = 4").filter(has_text="Nearest neighbours")
    expect(climbed).to_contain_text("wrong", timeout=SLOW)
    expect(page).to_have_url(re.compile("neighbours=4"))


def test_a_climb_is_left_by_stop_and_by_any_control(visit):
    ten = "&".join(f"digits={digit}" for digit in range(10))
    page = visit(f"/ladder?{ten}")
    climb = page.get_by_role("button", name="Run the rest")
    at_work = bar(page, re.compile("Several ideals|Nearest neighbours"))  # which take seconds
    expect(page.get_by_text("scored on 10,000.")).to_be_visible(timeout=SLOW)
    climb.click()
    expect(at_work).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Stop").last.click()
    expect(climb).to_be_enabled(timeout=SLOW)
    expect(at_work).to_have_count(0)
    climb.click()
    expect(at_work).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="3 and 7", exact=True).click()
    expect(page.get_by_text("scored on 2,038.")).to_be_visible(timeout=SLOW)
    expect(page.locator(".ladder li", has_text="not run yet")).to_have_count(4)
