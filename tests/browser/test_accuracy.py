"""The Accuracy page, as a person meets it."""

from playwright.sync_api import expect


def test_the_book_s_numbers_stand_there_and_follow_the_digits_live(visit):
    page = visit()
    page.get_by_role("link", name="Accuracy").click()
    values = page.get_by_test_id("stMetricValue")
    expect(values).to_have_text(["0.9511", "0.9514", "0.9661", "0.9661"])
    expect(page.get_by_role("cell", name="0.9168")).to_be_visible()
    expect(page.get_by_role("cell", name="0.9854")).to_be_visible()
    expect(page.locator(".js-plotly-plot")).to_be_visible()
    page.get_by_role("button", name="All ten").click()
    expect(values).to_have_text(["0.6610", "0.6685", "0.8173", "0.8203"])
    expect(page.get_by_role("row")).to_have_count(11)


def test_digits_chosen_on_one_page_are_in_play_on_the_other(visit):
    page = visit("/?digits=0&digits=1")
    expect(page.locator(".side[data-norm=L1] .bar")).to_have_count(2)
    page.get_by_role("link", name="Accuracy").click()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("0.9505")
    assert page.url.endswith("/accuracy?digits=0&digits=1")
    page.get_by_role("link", name="Draw").click()
    expect(page.locator(".side[data-norm=L1] .bar")).to_have_count(2)
    assert "digits=0&digits=1" in page.url
