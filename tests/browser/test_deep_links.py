"""A link straight to a page: it opens without an error, and asks nothing that is not there."""

import urllib.error
import urllib.request

import pytest


@pytest.fixture
def opened(server, browser):
    """Opens a path; the page, and what was refused or logged meanwhile."""
    context = browser.new_context()
    page, seen = context.new_page(), []
    page.on("response", lambda answer: seen.append(answer.url) if answer.status >= 400 else None)
    page.on("console", lambda message: seen.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: seen.append(str(error)))

    def open_path(path):
        page.goto(server + path)
        page.get_by_role("heading", level=1).wait_for(timeout=20_000)
        return page, seen

    yield open_path
    context.close()


@pytest.mark.parametrize("path", ["/", "/pixels", "/distance?digit=7", "/accuracy?norm=L2"])
def test_a_link_to_a_page_opens_it_without_an_error(opened, path):
    page, seen = opened(path)
    assert page.url.endswith(path)
    assert seen == []


def test_an_earlier_address_leads_to_the_page_as_it_was_chosen(opened, server):
    page, seen = opened("/ideals?ideal=5&rival=8")
    assert page.url == f"{server}/ideal?ideal=5&rival=8"
    assert seen == []


def test_the_server_is_found_below_any_address_that_the_app_is_served_at(opened, server):
    page, _ = opened("/pixels?digit=7")
    assert page.evaluate("window.__streamlit.BACKEND_BASE_URL") == f"{server}/"


@pytest.mark.parametrize("path", ["/pixels/_stcore/health", "/_stcore/agent/nothing"])
def test_what_is_no_page_is_still_refused(server, path):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(server + path)
    assert refused.value.code == 404
    refused.value.close()


@pytest.mark.parametrize(("path", "kind"), [("/favicon.png", "image/png"), ("/_stcore/health", "text/")])
def test_what_is_no_page_is_still_served(server, path, kind):
    with urllib.request.urlopen(server + path) as answer:
        assert answer.headers["Content-Type"].startswith(kind)
