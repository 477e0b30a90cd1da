"""A page that breaks is whole again: by itself, where it has gone blank, or with the next choice."""

import re
import urllib.request

import pytest
from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.serving import ROOT, serving

# What the page hears can be said to it, and it notes when it has gone blank: that is soon over.
HEARD = """
const listen = WebSocket.prototype.addEventListener;
WebSocket.prototype.addEventListener = function (type, heard, ...options) {
  if (type === "message") window.say = (bytes) => heard.call(this, { data: new Uint8Array(bytes).buffer });
  return listen.call(this, type, heard, ...options);
};
new MutationObserver(() => {
  if (!document.querySelector("[data-testid=stApp]")) sessionStorage.blank = true;
}).observe(document, { childList: true, subtree: true });
"""


@pytest.fixture(scope="module")
def breakable(tmp_path_factory):
    """The address of an app that can be told to break."""
    log = tmp_path_factory.mktemp("breakable") / "log"
    with serving(log, ROOT / "tests/truthful.py") as server:
        yield server.url
    errors = re.findall(r"\w*Error\b.*", log.read_text())
    assert [error for error in errors if "a test breaks" not in error] == []


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


def test_a_page_that_has_gone_blank_comes_back_as_it_was(server, page):
    """The message does not fit what is shown: Streamlit's front end takes everything down."""
    page.add_init_script(HEARD)
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{server}/ideal?ideal=5&view=median")
    expect(page.get_by_role("radio", name="Median", exact=True)).to_be_checked()
    message = ForwardMsg()
    message.metadata.delta_path.extend([0, 999, 0])
    message.delta.new_element.text.body = "nowhere"
    page.evaluate(
        "bytes => { window.old = true; delete sessionStorage.blank; say(bytes) }",
        list(message.SerializeToString()),
    )
    page.wait_for_function("() => !window.old")
    assert page.evaluate("() => sessionStorage.blank")
    assert any("Bad delta path index" in error for error in errors)
    expect(page.get_by_role("radio", name="Median", exact=True)).to_be_checked()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.url.endswith("/ideal?ideal=5&view=median")


def test_after_an_error_of_a_page_the_next_choice_finds_it_whole(breakable, page):
    page.goto(f"{breakable}/ideal")
    median = page.get_by_text("Median", exact=True)
    median.wait_for()
    urllib.request.urlopen(f"{breakable}/break?what=control").close()
    median.click()
    expect(page.get_by_text(re.compile("reference [0-9a-f]{6}"))).to_be_visible()
    page.get_by_role("link", name=re.compile("Ideal")).first.click()
    expect(page.get_by_role("heading", name="All ten")).to_be_visible()
    expect(page.get_by_role("radio", name="Median", exact=True)).to_be_checked()
    expect(page.get_by_text("reference")).to_have_count(0)


def test_after_an_error_of_the_frame_the_next_choice_finds_the_page_whole(breakable, page):
    page.goto(f"{breakable}/ideal")
    median = page.get_by_text("Median", exact=True)
    median.wait_for()
    urllib.request.urlopen(f"{breakable}/break?what=page_link").close()
    median.click()
    expect(page.get_by_test_id("stException")).to_be_visible()
    page.go_back()
    page.go_forward()
    expect(page.get_by_role("heading", name="All ten")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
