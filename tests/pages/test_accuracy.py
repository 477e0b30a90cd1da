"""The numbers of the Accuracy page, against an independent computation."""

import random

import numpy as np
import pytest

from mnist_dash import chapter, compute
from mnist_dash.core.baseline import NORMS
from mnist_dash.core.stress import STRAINS, SWITCHES, Stress
from mnist_dash.pages.shared.settings import FIRSTS
from tests import oracle
from tests.app import button, control, run
from tests.pages.shown import exact, text

BOOK = ["0.9514", "0.9511", "0.9661", "0.9661"]


def shown(at):
    return [exact(metric) for metric in at.metric[:4]]


# -- at first sight ---------------------------------------------------------------------------------


def test_the_book_s_accuracy_stands_there_for_three_and_seven():
    at = run("accuracy")
    assert shown(at) == BOOK
    assert "**99 wrong of 2,038** validation images" in text(at)


def test_accuracies_follow_the_digits_in_play():
    at = run("accuracy")
    button(at, "All ten").click().run()
    assert shown(at) == ["0.6685", "0.6610", "0.8203", "0.8173"]


def test_the_difference_is_told_with_its_counts_and_its_chance(mnist):
    at = run("accuracy")
    play = mnist.valid.of((3, 7))
    said = {
        norm: oracle.answers(play.images.numpy(), oracle.ideals(mnist.train, (3, 7)), (3, 7), norm)[0]
        for norm in NORMS
    }
    right = {norm: answers == play.labels.numpy() for norm, answers in said.items()}
    only_l1, only_l2 = (right["L1"] & ~right["L2"]).sum(), (right["L2"] & ~right["L1"]).sum()
    assert f"Only :blue[L1] is right on **{only_l1:,}** images, only :orange[L2] on **{only_l2:,}**" in text(
        at
    )
    assert (
        f"**L2 is better** by {100 * (only_l2 - only_l1) / 2038:.1f} points, 95 % interval 0.8 to 2.2"
        in text(at)
    )
    assert "would happen less than once in 10,000 times (McNemar" in text(at)


# -- settings drawn at random ------------------------------------------------------------------


def drawn(seed):
    """Settings as a reader might choose them: what chapter is given, and the stress."""
    chance = random.Random(seed)
    digits = tuple(sorted(chance.sample(range(10), chance.choice([2, 2, 3, 5, 10]))))
    given = {
        "digits": digits,
        "how": chance.choice(["mean", "mean", "median"]),
        "first": chance.choice([*FIRSTS, None, None, None]),
    }
    strained = chance.sample(sorted(STRAINS), chance.choice([0, 1, 1, 2, 3]))
    stress = {name: chance.choice(STRAINS[name].stops) for name in strained}
    stress |= {name: chance.random() < 0.15 for name in SWITCHES}
    if any(stress.values()):
        given |= {"seen": chapter.stressed} | {name: strain.rest for name, strain in STRAINS.items()} | stress
    return given, Stress(**stress)


@pytest.mark.parametrize("seed", range(12))
def test_the_figures_agree_with_numpy_and_scipy(mnist, seed):
    given, stress = drawn(seed)
    scores = compute.outcome(chapter.scores, given).value
    split = compute.outcome(chapter.compared, given).value
    digits = given["digits"]
    images = stress.of(mnist.valid.of(digits).images).numpy()
    labels = mnist.valid.of(digits).labels.numpy()
    found = {}
    for norm, score in scores.items():
        of = oracle.ideals(mnist.train, digits, given["how"], given["first"])
        answers, close = oracle.answers(images, of, digits, norm)
        found[norm] = (answers == labels, close)
        right = [int(found[norm][0][labels == cls].sum()) for cls in digits]
        assert score.total == tuple(int((labels == cls).sum()) for cls in digits)
        assert np.abs(np.subtract(score.right, right)).max() <= close.sum()
        assert score.pooled == pytest.approx(sum(right) / len(labels), abs=close.mean() + 1e-12)
    (l1, close_l1), (l2, close_l2) = found.values()
    either = (close_l1 | close_l2).sum()
    assert either < (0.1 if stress.undivided else 0.005) * len(labels)
    assert abs(split.only_first - (l1 & ~l2).sum()) <= either
    assert abs(split.only_second - (l2 & ~l1).sum()) <= either
    assert abs(split.neither - (~l1 & ~l2).sum()) <= either


@pytest.mark.parametrize("page", ["accuracy", "stress"])
@pytest.mark.parametrize("seed", [2, 5])
def test_both_pages_show_these_figures_for_the_settings_in_their_address(seed, page):
    given, stress = drawn(seed)
    query = {"digits": [str(digit) for digit in given["digits"]], "how": given["how"]}
    query |= {name: f"{getattr(stress, name):g}" for name in STRAINS}
    query["also"] = [name for name in SWITCHES if getattr(stress, name)]
    if given["first"]:
        query["first"] = str(given["first"])
    scores = compute.outcome(chapter.scores, given).value
    expected = [f"{number:.4f}" for s in scores.values() for number in (s.pooled, s.mean_per_class)]
    assert shown(run(page, **query)) == expected


@pytest.mark.parametrize("first", [3, 700])
def test_training_accuracies_agree_with_numpy_and_scipy(mnist, first):
    given = {"digits": (2, 5, 8), "how": "mean", "first": first}
    own = mnist.train.of((2, 5, 8), first)
    assert len(own) == 3 * first
    for norm, score in compute.outcome(chapter.training_scores, given).value.items():
        of = oracle.ideals(mnist.train, (2, 5, 8), "mean", first)
        answers, close = oracle.answers(own.images.numpy(), of, (2, 5, 8), norm)
        assert abs(sum(score.right) - (answers == own.labels.numpy()).sum()) <= close.sum()


# -- the controls -------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", [{"how": "mode"}, {"first": "-"}, {"first": "6999"}])
def test_nonsense_in_the_address_is_ignored_and_more_than_there_are_is_all(query):
    assert shown(run("accuracy", **query)) == BOOK


def test_what_is_out_of_range_is_the_end_of_the_range():
    assert shown(run("accuracy", first="0")) == shown(run("accuracy", first="1"))


def test_how_an_ideal_is_made_is_chosen_and_stands_in_the_address():
    at = run("accuracy")
    control(at, "how").set_value("median").run()
    scores = compute.outcome(chapter.scores, {"digits": (3, 7), "how": "median", "first": None}).value
    assert shown(at)[::2] == [f"{score.pooled:.4f}" for score in scores.values()]
    assert at.query_params["how"] == "median"


def test_what_may_be_chance_is_not_called_better():
    at = run("accuracy", digits=["0", "1"], first="1", salt="0.6")
    assert "but **that may well be chance**" in text(at)
    assert "is better" not in text(at).partition("McNemar")[0]


def test_what_is_remembered_of_an_image_is_the_image_and_not_the_whole_set():
    given = {"digits": (3, 7), "how": "mean", "first": None, "nth": 5}
    image = compute.outcome(chapter.one_seen, given).value
    assert image.untyped_storage().nbytes() == 784


# -- baselines -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("digits", "first"), [((3, 7), None), ((3, 7), 30), ((2, 5, 8), None), (tuple(range(10)), None)]
)
def test_the_simplest_answers_are_scored_as_numpy_does(mnist, digits, first):
    given = {"digits": digits, "how": "median", "first": first}
    found = compute.outcome(chapter.baselines, given).value
    train, labels = mnist.train.of(digits, first), mnist.train.of(digits, first).labels.numpy()
    valid = mnist.valid.of(digits)
    dark = np.array([(train.images.numpy()[labels == digit] / 255).mean() for digit in digits])
    inks = (valid.images.numpy() / 255).mean((1, 2))
    called = np.array(digits)[np.abs(inks[:, None] - dark).argmin(1)]
    assert abs(sum(found["darkness"].right) - (called == valid.labels.numpy()).sum()) <= 2
    commonest = max(digits, key=lambda digit: (labels == digit).sum())
    assert sum(found["same answer"].right) == (valid.labels.numpy() == commonest).sum()
    assert {norm: found[norm] for norm in NORMS} == compute.outcome(chapter.scores, given).value


def test_the_first_rungs_are_those_of_the_ladder():
    given = {"digits": (3, 7), "how": "mean", "first": None, "k": None}
    found = compute.outcome(chapter.baselines, given).value
    for name, rung in {"same answer": "commonest", "darkness": "darkness"}.items():
        assert found[name] == compute.outcome(chapter.climbed, given | {"rung": rung}).value.score


def html(at):
    return " ".join(element.proto.body for element in at.get("html")).replace("\N{NO-BREAK SPACE}", " ")


def test_the_baselines_stand_below_one_another_with_the_line_of_chance():
    shown = html(run("accuracy"))
    for words in ("Always “7”", "50.4 %", "1,010 wrong", "Darkness", "95.1 %", "96.6 %", "--chance: 50.44%"):
        assert words in shown


# -- overfitting ---------------------------------------------------------------------------------------


def test_training_accuracy_stands_beside_validation_accuracy():
    at = run("accuracy", judged="overfitting")
    shown = html(at).replace("</b><b", " </b><b")
    for right in ("0.9443: 11,705 of 12,396", "0.9514: 1,939 of 2,038", "1.0000: 2 of 2 are right"):
        assert right in shown
    assert ":blue[L1] is **0.7 points worse**, :orange[L2] is **0.3 points better**" in text(at)
    assert "**no overfitting**, so small a difference may be chance. In a mean of thousands" in text(at)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"digits": "0123456789"}, "is **1.2 points worse** on its own images than on new ones: **no overf"),
        (
            {"digits": "0123456789", "first": "30"},
            ":blue[L1] and :orange[L2] **overfit**, each image being one",
        ),
        ({"digits": "49"}, ":blue[L1] is **neither better nor worse**"),
        ({"digits": "37", "first": "2"}, "but it has only 4 of its own, so that may be chance"),
        ({"digits": "37", "first": "1"}, "With all images, :blue[L1] is **0.7 points worse**"),
        ({"digits": "37", "dx": "4"}, "The validation images are spoiled and the training images are not"),
    ],
)
def test_what_is_said_of_overfitting_is_what_the_numbers_show(query, words):
    assert words in text(run("accuracy", judged="overfitting", **query | {"digits": list(query["digits"])}))
