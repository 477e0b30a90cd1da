"""The Stack page, as a person meets it: typing, clicking, on a phone."""

import re

from playwright.sync_api import expect


def test_the_list_is_followed_while_it_is_typed(visit):
    page = visit("/stack")
    field = page.get_by_label("Your list")
    field.fill("5, -6, 7")
    expect(page.locator("li.dropped b")).to_have_text(["-6"])
    expect(page.get_by_text("# [10, 14]")).to_be_visible()
    field.fill("5, six")
    expect(page.get_by_text("“six” is not a whole number")).to_be_visible()
    expect(page.get_by_text("# [10]")).to_be_visible()
    expect(field).to_have_value("5, six")
    expect(page).to_have_url(re.compile("list=5%2C(%20|[+])six"))


def test_what_is_left_out_follows_a_click(visit):
    page = visit("/stack")
    page.get_by_role("radio", name=".float()").click()
    expect(page.get_by_text("RuntimeError: mean(): could not infer output dtype.")).to_be_visible()
    expect(page).to_have_url(re.compile("without=float"))
    page.get_by_role("radio", name="nothing").click()
    expect(page.get_by_text("Every step is needed: leave one out")).to_be_visible()
