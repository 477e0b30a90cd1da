"""What the page shows of the ladder."""

import re
from math import inf

from mnist_dash import chapter, compute
from mnist_dash.core.ladder import PUBLISHED, RUNGS, climb
from mnist_dash.pages.shared.settings import SETTINGS
from tests.app import component, run

ALL = tuple(str(digit) for digit in range(10))


def climb_all(**given):
    """Has every rung climbed, so that the page knows them."""
    given = {"digits": (3, 7), "first": 20, "how": "mean"} | given
    return {
        name: compute.outcome(
            chapter.climbed, given | {"rung": name, "k": SETTINGS[rung.k].default if rung.k else None}
        ).value
        for name, rung in RUNGS.items()
    }


def rows(at):
    """Title -> accuracy, as the ladder shows it."""
    table = next(each.proto.body for each in at.get("html") if "<ol" in each.proto.body)
    found = re.findall(r"<b>([^<]*)</b><small>.*?<b class=number>([^<]*)<", table)
    return dict(found)


def test_the_rungs_that_are_climbed_stand_there_and_the_others_wait():
    at = run("accuracy", first="21")
    assert set(rows(at).values()) == {"", *(f"{each.accuracy:.4f}" for each in PUBLISHED)}
    reached = climb_all(first=21)
    at.run()
    shown = list(rows(at).values())[: len(RUNGS)]
    assert shown == [f"{each.score.pooled:.4f}" for each in reached.values()]
    assert not at.exception


def test_a_k_is_chosen_by_the_url_and_nonsense_falls_back():
    for query, titles in [
        ({"several": "3", "neighbours": "7"}, ("k = 3", "k = 7")),
        ({"several": "0", "neighbours": "999"}, ("k = 1", "k = 50")),
        ({"several": "x", "neighbours": "-", "rung": "../x"}, ("k = 10", "k = 3")),
    ]:
        shown = [title for title in rows(run("accuracy", **query)) if "k = " in title]
        assert [title.rpartition(", ")[2] for title in shown] == list(titles)


def test_published_figures_are_called_no_comparison_where_they_are_none():
    def said(**query):
        return " ".join(caption.value for caption in run("accuracy", **query).caption)

    assert "no comparison now" in said()
    assert "no comparison now" in said(digits=ALL, turn="9")
    assert "no comparison now" in said(digits=ALL, first="100")
    assert "no comparison now" not in said(digits=ALL)
    assert "Proceedings of the IEEE" in said(digits=ALL)


def test_nothing_is_taught_before_somebody_looks(monkeypatch):
    at = run("accuracy", first="23")
    asked = {"digits": (3, 7), "first": 23, "rung": "several", "k": 10}
    assert compute.work_known(chapter.climbed, asked) is None
    assert component(at, "work_bar")["turn"]


def test_the_code_shown_is_that_of_the_rung_chosen():
    at = run("accuracy", rung="squares")
    texts = [block.value for block in at.code]
    assert any('climb("squares", learned, (3, 7)' in text for text in texts)
    assert any(text.startswith("def least_squares(") for text in texts)


def test_going_on_in_pieces_gives_what_one_go_gives():
    asked = {"digits": (3, 7), "first": 25, "rung": "several", "k": 4}
    work = compute.work_on(chapter.climbed, asked)
    while not work.done:
        work.go_on(0)
    work.go_on(inf)
    mnist = compute.mnist()
    train, valid = mnist.train.of((3, 7), 25), mnist.valid.of((3, 7))
    assert work.value.score == climb("several", train, (3, 7), valid.images, valid.labels, 4).score
    assert compute.outcome(chapter.climbed, asked).value is work.value


def test_every_rung_that_takes_a_k_has_a_setting_for_it():
    assert {rung.k for rung in RUNGS.values()} <= {"", *SETTINGS}
