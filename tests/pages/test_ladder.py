"""Ladder: what the page shows of the rungs, and when they are climbed."""

import re

import pytest

from mnist_dash import chapter, compute
from mnist_dash.chapter import listing
from mnist_dash.components.shared.numbers import percent
from mnist_dash.core.ladder import PUBLISHED, RUNGS, climb
from mnist_dash.pages.shared.settings import SETTINGS
from tests.app import button, choose, chosen, control, run, unfolded
from tests.listings import run_afresh

ALL = tuple(str(digit) for digit in range(10))
SLOW = [name for name, rung in RUNGS.items() if rung.slow]


def climb_all(names=RUNGS, **given):
    """Has these rungs climbed, so that the page knows them."""
    given = {"digits": (3, 7), "first": 20, "how": "mean"} | given
    return {
        name: compute.outcome(
            chapter.climbed,
            given | {"rung": name, "k": SETTINGS[RUNGS[name].k].default if RUNGS[name].k else None},
        ).value
        for name in names
    }


def rows(at):
    """Title -> accuracy, as the ladder shows it."""
    table = next(each.proto.body for each in at.get("html") if "<ol" in each.proto.body)
    found = re.findall(r"<b>([^<]*)</b><small>.*?<b class=number>([^<]*)<", table)
    return dict(found)


def captions(at):
    return " ".join(caption.value for caption in at.caption)


def test_the_rungs_that_are_climbed_stand_there_and_the_others_wait():
    at = run("ladder", first="21")
    assert len(rows(at)) == len(RUNGS)
    reached = climb_all(first=21)
    at.run()
    shown = list(rows(at).values())[: len(RUNGS)]
    assert shown == [percent(each.score.pooled) for each in reached.values()]


def test_the_rungs_of_the_ideals_are_the_numbers_above(mnist):
    reached = climb_all(first=None)
    assert [round(reached[name].score.pooled, 4) for name in ("L1", "L2")] == [0.9514, 0.9661]


def test_the_rungs_of_the_median_ideals_are_as_right_as_on_accuracy():
    digits = tuple(range(10))
    reached = climb_all(["median-L1", "median-L2"], digits=digits, first=None, how="median")
    scores = compute.outcome(chapter.scores, {"digits": digits, "first": None, "how": "median"}).value
    on_ladder = {rung.removeprefix("median-"): each.score for rung, each in reached.items()}
    assert on_ladder == scores
    assert [score.pooled for score in scores.values()] == [0.7535, 0.7658]


def test_a_k_is_chosen_by_the_url_and_nonsense_falls_back():
    for query, titles in [
        ({"several": "3", "neighbours": "7"}, ("k = 3", "k = 7")),
        ({"several": "0", "neighbours": "999"}, ("k = 1", "k = 50")),
        ({"several": "x", "neighbours": "-", "rung": "../x"}, ("k = 10", "k = 3")),
    ]:
        shown = [title for title in rows(run("ladder", **query)) if "k = " in title]
        assert [title.rpartition(", ")[2] for title in shown] == list(titles)


@pytest.mark.parametrize("query", [{}, {"digits": ALL, "turn": "9"}, {"digits": ALL, "first": "100"}])
def test_published_figures_are_left_out_where_they_are_no_comparison(query):
    at = run("ladder", **query)
    assert not {each.title for each in PUBLISHED} & {*rows(at)}
    assert "can't be compared with what you chose" in captions(at)


def test_published_figures_stand_beside_ours_on_the_same_images_and_the_two_of_one_method_are_explained():
    at = run("ladder", digits=ALL)
    shown = list(rows(at).items())[len(RUNGS) :]
    assert shown == [(each.title, percent(each.accuracy)) for each in PUBLISHED]
    assert [number for title, number in shown if "nearest" in title] == [percent(0.9500), percent(0.9691)]
    assert "Nearest neighbours appear twice because the paper's figure is low" in captions(at)
    assert "Proceedings of the IEEE" in captions(at)


def waits(at):
    """The rungs that say so, by title."""
    table = next(each.proto.body for each in at.get("html") if "<ol" in each.proto.body)
    return re.findall(
        r"<b>([^<]*)</b><small>[^<]*</small></span><span class=bar></span><b class=number></b>"
        r"<span class=times><span>not run yet",
        table,
    )


def test_the_slow_rungs_are_taught_when_somebody_asks_for_it_and_only_with_these_choices(monkeypatch):
    begun, real = [], compute.begun

    def noted(function, given):
        begun.append(given["rung"])
        return real(function, given)

    monkeypatch.setattr(compute, "begun", noted)
    at = run("ladder", first="23")
    assert not {*begun} & {*SLOW}
    assert len(waits(at)) == len(SLOW)
    climb_all([name for name in RUNGS if name not in SLOW], first=23)
    at.run()
    assert not {*begun} & {*SLOW}
    button(at, "Run the rest").click().run()
    assert begun[-1] == SLOW[0]
    assert button(at, "Stop")
    choose(at, digits=(3, 8))
    assert button(at, "Run the rest")
    choose(at, digits=(3, 7))  # the same choices again: it was not stopped
    button(at, "Stop").click().run()
    assert chosen(at, "climbing") is None
    assert button(at, "Run the rest")


def test_the_code_shown_is_that_of_the_rung_chosen():
    at = unfolded(run("ladder", rung="squares"))
    texts = [block.value for block in at.code]
    assert any('climb("squares", learned, (3, 7)' in text for text in texts)
    assert any(text.startswith("def least_squares(") for text in texts)
    control(at, "rung").set_value("neighbours").run()
    assert any(block.value.startswith("def neighbours(") for block in at.code)


def test_what_a_folded_cell_holds_is_not_sent():
    assert not run("ladder").code


def test_in_pieces_it_is_what_one_go_gives():
    asked = {"digits": (3, 7), "first": 25, "rung": "several", "k": 4}
    reached = compute.outcome(chapter.climbed, asked).value
    mnist = compute.mnist()
    train, valid = mnist.train.of((3, 7), 25), mnist.valid.of((3, 7))
    assert reached.score == climb("several", train, (3, 7), valid.images, valid.labels, 4).score


def test_copied_the_lines_of_a_rung_give_its_score_afresh(tmp_path):
    given = {"digits": (3, 7), "first": 20, "how": "mean"}
    asked = [given | {"rung": name, "k": 3 if rung.k else None} for name, rung in RUNGS.items()]
    values = run_afresh([listing.text(chapter.climbed, each) for each in asked], tmp_path)
    for each, value in zip(asked, values, strict=True):
        assert value.score == compute.outcome(chapter.climbed, each).value.score
