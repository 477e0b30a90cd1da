"""Every word that is marked is explained, and the glossary lists them all."""

import re
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


VIEWS = [(name, {}) for name in PAGES] + [
    ("pixels", {"axes": "colour"}),
    ("ideal", {"view": "spread"}),
    ("ideal", {"view": "median"}),
    ("distance", {"closer": "torch"}),
    ("distance", {"closer": "confidence"}),
    ("broadcasting", {"fitting": "libraries"}),
    ("accuracy", {"judged": "overfitting"}),
    ("mistakes", {"mistakes": "norms"}),
    ("better", {"improved": "gradient"}),
]


@pytest.mark.parametrize(("page", "query"), VIEWS, ids=str)
def test_no_page_explains_a_word_twice(page, query):
    at = run(page, **query)
    texts = " ".join(each.value for kind in ("markdown", "caption") for each in at.get(kind))
    marked = re.findall('data-meaning="([^:]+):', texts)
    assert sorted({*marked}) == sorted(marked)


def test_each_technical_word_is_explained_where_a_page_first_says_it():
    marked = {
        (page, term)
        for page, query in VIEWS
        for each in run(page, **query).markdown
        for term in re.findall('data-meaning="([^:]+):', each.value)
    }
    assert marked >= {
        ("draw", "norm"),
        ("pixels", "rank"),
        ("pixels", "axis"),
        ("stack", "dtype"),
        ("stack", "list comprehension"),
        ("ideal", "standard deviation"),
        ("ideal", "median"),
        ("distance", "F"),
        ("distance", "RMSE"),
        ("distance", "softmax"),
        ("distance", "validation set"),
        ("broadcasting", "stride"),
        ("broadcasting", "GPU"),
        ("accuracy", "confidence interval"),
        ("accuracy", "overfitting"),
        ("line", "linear classifier"),
        ("better", "gradient"),
        ("ladder", "k-means"),
    }


def test_every_term_says_on_which_page_it_can_be_seen():
    assert len(GLOSSARY) >= 40
    assert {entry.page for entry in GLOSSARY.values()} <= PAGES.keys()


def test_recap_lists_every_term():
    at = run("recap")
    at.session_state["glossary"] = True
    (listed,) = [each.proto.body for each in at.run().get("html") if "<dl" in each.proto.body]
    assert all(f"<dt>{term}</dt><dd>{entry.meaning}" in listed for term, entry in GLOSSARY.items())
