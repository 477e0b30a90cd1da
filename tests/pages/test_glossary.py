"""Every word that is marked is explained, and the glossary lists them all."""

from html import escape

import pytest

from mnist_dash.pages.shared.contents import PAGES
from mnist_dash.pages.shared.glossary import GLOSSARY, MARKED, explained
from tests.app import run


def test_a_marked_word_opens_its_meaning():
    text = explained("a [[norm]] and two [[ideals|ideal]]")
    assert MARKED.search(text) is None
    assert f'data-meaning="norm: {escape(GLOSSARY["norm"].meaning)}">norm</span>' in text
    assert f'data-meaning="ideal: {GLOSSARY["ideal"].meaning}">ideals</span>' in text


def test_a_word_without_a_meaning_is_a_fault():
    with pytest.raises(KeyError):
        explained("[[nothing]]")


@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_the_marks(page):
    at = run(page)
    assert not any(MARKED.search(each.value) for each in at.markdown)


def test_every_term_says_on_which_page_it_can_be_seen():
    assert len(GLOSSARY) >= 40
    assert {entry.page for entry in GLOSSARY.values()} <= PAGES.keys()


def test_recap_lists_every_term():
    at = run("recap")
    at.session_state["glossary"] = True
    (listed,) = [each.proto.body for each in at.run().get("html") if "<dl" in each.proto.body]
    assert all(f"<dt>{term}</dt><dd>{entry.meaning}" in listed for term, entry in GLOSSARY.items())
