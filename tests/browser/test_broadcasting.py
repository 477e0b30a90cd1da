"""Broadcasting, as a person meets it."""

import re

from playwright.sync_api import expect


def test_shapes_are_typed_and_a_wrong_one_gets_a_sentence_and_loses_nothing(visit):
    page = visit("/broadcasting")
    lab = page.get_by_role("group", name="Both shapes, aligned")
    expect(lab).to_contain_text("b is stretched")
    page.get_by_role("textbox", name="Shape b").fill("27, 28")
    page.get_by_role("textbox", name="Shape b").press("Enter")
    expect(lab).to_contain_text("clash")
    expect(page.get_by_text("The size of tensor a (28) must match the size of tensor b (27)")).to_be_visible()
    page.get_by_role("textbox", name="Shape b").fill("no shape")
    page.get_by_role("textbox", name="Shape b").press("Enter")
    expect(page.get_by_text("Shape b: write whole numbers")).to_be_visible()
    expect(page.get_by_role("textbox", name="Shape b")).to_have_value("no shape")
    page.get_by_role("button", name="A column and a row").click()
    expect(page.get_by_text("The result is (28, 28)")).to_be_visible()
    page.reload()
    expect(page.get_by_role("textbox", name="Shape a")).to_have_value("28, 1")


def test_both_libraries_are_timed_again_and_the_rest_stays(visit):
    page = visit("/broadcasting?a=5,1&b=2&fitting=libraries")
    ratio = page.get_by_text(re.compile("medians of nine rounds"))
    before = ratio.inner_text()
    page.get_by_role("button", name="Time them again").click()
    expect(ratio).not_to_have_text(before)
    page.get_by_role("radio", name="Shape lab").click()
    expect(page.get_by_role("textbox", name="Shape a")).to_have_value("5,1")
