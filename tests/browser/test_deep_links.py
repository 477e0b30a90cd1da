"""A link straight to a page: it opens without an error, and asks nothing that is not there."""

import urllib.error
import urllib.request

import pytest


def test_a_link_to_a_page_opens_it_and_asks_for_nothing_that_is_not_there(visit, server):
    page = visit("/pixels?digit=7", anew=True)  # what is refused the console complains of
    assert page.url == f"{server}/pixels?digit=7"
    assert page.evaluate("window.__streamlit.BACKEND_BASE_URL") == f"{server}/"


@pytest.mark.parametrize(
    ("other", "address"),
    [("/ideals?ideal=5&rival=8", "/ideal?ideal=5&rival=8"), ("/draw?norm=L2", "/?norm=L2")],
)
def test_another_address_of_a_page_leads_to_it_as_it_was_chosen(server, other, address):
    with urllib.request.urlopen(server + other) as answer:
        assert answer.url == server + address


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
