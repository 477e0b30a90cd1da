"""A set of the reader's own, brought as a person brings it."""

import re

import numpy as np
from playwright.sync_api import expect

from mnist_dash import load_dataset
from tests.core.datasets.files import png, zipped
from tests.own import NAMES, letters, two_long
from tests.serving import settled

MANY = 20_000  # files, which take some seconds to read


def bring(page, name, content):
    expect(page.locator(".tile").first).to_be_visible()  # the page is all there
    page.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": content}]
    )


def many():
    one = png(np.eye(28, dtype=np.uint8) * 255)
    return zipped({f"{cls}/{number}.png": one for cls in "ab" for number in range(MANY // 2)})


def test_a_set_is_brought_opened_exported_and_forgotten_with_the_visit(visit, tmp_path):
    page = visit("/data", anew=True)
    bring(page, "letters.zip", letters())
    expect(page.get_by_text("In use on every page: letters.")).to_be_visible()
    expect(page.get_by_role("button", name="Training image", exact=False)).to_have_count(100)
    page.get_by_role("button", name="The next").click()
    expect(page.get_by_role("status").get_by_text("101 to 200 of 260")).to_be_visible()
    page.locator(".tile").first.click()  # of the second hundred: a k
    expect(page).to_have_url(re.compile(r"/pixels\?.*digit=k"))
    expect(page.get_by_text(re.compile(r"Training image \d+ \(train/k/"))).to_be_visible()
    page.get_by_role("link", name="Yours").click()
    page.get_by_role("link", name="16 Data").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as ZIP").click()
    download.value.save_as(tmp_path / "again.zip")
    assert len(load_dataset(tmp_path / "again.zip").classes) == 26
    page.get_by_role("link", name="15 Photos").click()
    page.get_by_role("link", name="16 Data").click()
    expect(page.get_by_text("In use on every page: letters.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("MNIST: 70,000 images")).to_be_visible()
    expect(page.get_by_text("In use on every page")).to_have_count(0)


def test_reading_tells_how_far_it_is_and_cancel_leaves_what_is_in_use(visit):
    page = visit("/data", anew=True)
    bring(page, "two.zip", two_long())
    expect(page.get_by_text("In use on every page: two.")).to_be_visible()
    expect(page.locator(".balance b").first).to_have_text(NAMES[1])
    bring(page, "many.zip", many())
    expect(page.get_by_text(f"of {MANY:,}")).to_be_visible()
    expect(page.get_by_text("In use on every page: two.")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Reading many.zip")).to_have_count(0)
    settled(page)
    expect(page.get_by_text("In use on every page: two.")).to_be_visible()
    page.get_by_role("button", name="Back to MNIST").click()
    expect(page.get_by_text("MNIST: 70,000 images")).to_be_visible()
