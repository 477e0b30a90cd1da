"""A page that breaks is whole again: by itself, where it has gone blank, or with the next choice."""

import re
import urllib.request

from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.conftest import WIDE

# It is soon over that a page is blank, so it is noted.
WATCH = """() => {
  window.old = true;
  new MutationObserver(() => {
    if (!document.querySelector("[data-testid=stApp]")) sessionStorage.blank = true;
  }).observe(document, { childList: true, subtree: true });
}"""


def test_a_page_that_has_gone_blank_comes_back_as_it_was(visit):
    """The message does not fit what is shown: Streamlit's front end takes everything down."""
    errors = []
    page = visit("/ideal?ideal=5&view=median", anew=True, expected=("Bad delta path index", "component tree"))
    page.on("pageerror", lambda error: errors.append(str(error)))
    expect(page.get_by_role("radio", name="Median", exact=True)).to_be_checked()
    message = ForwardMsg()
    message.metadata.delta_path.extend([0, 999, 0])
    message.delta.new_element.text.body = "nowhere"
    page.evaluate(WATCH)
    page.evaluate("bytes => line.say(bytes)", list(message.SerializeToString()))
    page.wait_for_function("() => !window.old")
    assert page.evaluate("() => sessionStorage.blank")
    assert any("Bad delta path index" in error for error in errors)
    expect(page.get_by_role("radio", name="Median", exact=True)).to_be_checked()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.url.endswith("/ideal?ideal=5&view=median")


def test_after_an_error_of_a_page_or_of_the_frame_the_next_choice_finds_the_page_whole(truthful, tabs):
    page = tabs.open(viewport=WIDE)
    page.goto(f"{truthful}/ideal")
    median, mean = (page.get_by_role("radio", name=name, exact=True) for name in ("Median", "Mean"))
    median.wait_for()
    urllib.request.urlopen(f"{truthful}/break?what=control").close()
    median.click()
    expect(page.get_by_text(re.compile("reference [0-9a-f]{6}"))).to_be_visible()
    page.get_by_role("link", name=re.compile("Ideal")).first.click()
    expect(page.get_by_role("heading", name="All ten")).to_be_visible()
    expect(page.get_by_role("radio", name="Median", exact=True)).to_be_checked()
    expect(page.get_by_text("reference")).to_have_count(0)
    urllib.request.urlopen(f"{truthful}/break?what=page_link").close()
    mean.click()
    expect(page.get_by_test_id("stException")).to_be_visible()
    page.go_back()
    page.go_forward()
    expect(page.get_by_role("heading", name="All ten")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
