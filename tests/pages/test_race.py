"""Be the classifier: what is drawn, what is checked, and what the page says once all are answered."""

import pytest

from mnist_dash import chapter, compute
from mnist_dash.core.baseline import NORMS
from mnist_dash.pages.shared.settings import RACE
from tests import oracle
from tests.app import button, choose, chosen, component, components, control, run
from tests.pages.shown import metrics, text

BOOK = {"digits": (3, 7), "how": "mean", "first": None}


def drawn(seed, **others):
    given = BOOK | {"seed": seed, "count": RACE} | others
    return compute.outcome(chapter.drawn_by_lot, given).value


def labels(mnist, seed):
    return mnist.valid.of((3, 7)).labels[drawn(seed)].tolist()


def address(seed, said):
    return f"{seed}:{''.join('-' if digit < 0 else str(digit) for digit in said)}"


# -- what is drawn -----------------------------------------------------------------------------------


def test_a_seed_draws_the_same_images_and_another_seed_others():
    assert drawn(3).equal(drawn(3))
    assert len(set(drawn(3).tolist())) == RACE
    assert not drawn(3).equal(drawn(4))


def test_before_it_is_played_the_images_wait_and_nothing_is_said_of_them(mnist):
    at = run("accuracy", judged="race", race="4", pace="10")
    sent = component(at, "race")
    assert sent["classes"] == [[3, "3"], [7, "7"]]
    assert sent["seconds"] == 10
    assert mnist.valid.labels[sent["images"]].tolist() == labels(mnist, 4)
    assert "labels" not in sent
    assert "You" not in metrics(at)


def test_the_time_for_an_image_is_chosen():
    at = run("accuracy", judged="race")
    control(at, "pace").set_value("1").run()
    assert component(at, "race")["seconds"] == 1
    assert at.query_params["pace"] == "1"


# -- what is said of twenty ----------------------------------------------------------------------------


def test_the_reader_is_scored_beside_both_norms_on_the_same_images(mnist):
    true = labels(mnist, 0)
    said = [-1, 10 - true[1], *true[2:]]
    at = run("accuracy", race=address(0, said))
    shown = metrics(at)
    assert shown["You"].value == "18 of 20"
    images = mnist.valid.of((3, 7)).images[drawn(0)].numpy()
    for norm in NORMS:
        called, close = oracle.answers(images, oracle.ideals(mnist.train, (3, 7)), (3, 7), norm)
        assert not close.any()
        assert shown[norm].value == f"{sum(called == true)} of 20"
    assert "18 of 20 right means anything from 70 % to 97 %." in text(at)
    assert "1 of your answers came too late." in text(at)
    assert component(at, "race") is None


def test_the_confusion_matrices_are_those_of_the_twenty_and_are_only_read(mnist):
    true = labels(mnist, 0)
    said = [-1, 10 - true[1], *true[2:]]
    sent = component(run("accuracy", race=address(0, said)), "confusion")
    assert [one["name"] for one in sent["norms"]] == ["you", *NORMS]
    assert sent["picked"] is None
    you, *others = (one["counts"] for one in sent["norms"])
    assert sum(map(sum, you)) == RACE - 1  # one was too late
    assert you[0][1] + you[1][0] == 1
    for counts in others:
        assert [sum(row) for row in counts] == [true.count(3), true.count(7)]


def test_the_images_that_somebody_got_wrong_stand_there_with_what_each_said(mnist):
    true = labels(mnist, 4)
    said = [-1, *true[1:]]
    (wall,) = components(run("accuracy", race=address(4, said)), "wall")
    assert wall["norms"] == ["you", *NORMS]
    first, *rest = wall["tiles"]
    assert first[1:3] == [str(true[0]), None]
    for image, label, you, *norms in rest:
        assert label == you == str(int(mnist.valid.labels[image]))
        assert {*norms} != {label}


def test_where_nobody_is_wrong_it_says_so(mnist):
    seed = next(
        seed
        for seed in range(50)
        if all(
            sum(score.right) == RACE
            for name, score in compute.outcome(
                chapter.scores_of_all, BOOK | {"seed": seed, "count": RACE, "yours": (3,) * RACE}
            ).value.items()
            if name != "you"
        )
    )
    at = run("accuracy", race=address(seed, labels(mnist, seed)))
    assert "Everybody got all 20 right." in text(at)
    assert component(at, "wall") is None


def test_a_difference_is_called_luck_unless_it_hardly_can_be(mnist):
    true = labels(mnist, 0)
    assert "hardly luck" not in text(run("accuracy", race=address(0, true)))
    wrong = text(run("accuracy", race=address(0, [10 - digit for digit in true])))
    assert wrong.count("it is better, and that is hardly luck") == 2


# -- a race is about its images --------------------------------------------------------------------------


def test_again_draws_others_and_waits():
    at = run("accuracy", race="7:" + 10 * "37")
    button(at, "Again").click().run()
    assert chosen(at, "race") == (8, ())
    assert component(at, "race") is not None


@pytest.mark.parametrize("change", [{"digits": (3, 7, 8)}, {"dx": 3}, {"also": ("inverted",)}])
def test_what_was_said_is_forgotten_once_the_images_are_others(change):
    at = run("accuracy", race="7:" + 10 * "37")
    choose(at, **change)
    assert chosen(at, "race") == (7, ())
    assert component(at, "race") is not None


def test_what_was_said_holds_when_the_ideals_are_others():
    at = choose(run("accuracy", race="7:" + 10 * "37"), how="median", first=30)
    assert "You" in metrics(at)


def test_an_address_with_other_digits_is_read_whole():
    at = run("accuracy", digits=["1", "8"], dx="2", race="7:" + 10 * "18")
    assert "You" in metrics(at)


@pytest.mark.parametrize("said", ["7:37", "7:" + 21 * "3", "7:" + 20 * "x", "x", "7:" + 10 * "38"])
def test_nonsense_in_the_address_is_no_race(said):
    assert "You" not in metrics(run("accuracy", race=said))
