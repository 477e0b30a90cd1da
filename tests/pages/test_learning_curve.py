"""The learning curve: its points against plain PyTorch, and what the page shows of it."""

import json

import pytest
import torch

from mnist_dash import chapter, compute
from mnist_dash.chapter import listing
from mnist_dash.compute.background import Job
from mnist_dash.compute.pieces import IN_PIECES
from mnist_dash.pages.accuracy.learning_curve import SEEDS, SIZES
from tests.app import choose, run, unfolded
from tests.listings import run_afresh, same
from tests.pages.shown import text


def outcome(function, **given):
    given = {"digits": (3, 7), "how": "mean", "sizes": (1, 20, None), "seeds": (0, 1)} | given
    return compute.outcome(function, given).value


def by_hand(mnist, digits, how, count, seed):
    """The book's own lines, on images that are drawn by a list of places."""
    chance = torch.Generator().manual_seed(seed)
    stacks = []
    for digit in digits:
        images = [mnist.train.images[i] for i, label in enumerate(mnist.train.labels) if label == digit]
        stacks.append(torch.stack([images[i] for i in torch.randperm(len(images), generator=chance)[:count]]))
    stacks = [stack.float() / 255 for stack in stacks]
    if how == "mean":
        ideals = [stack.mean(0) for stack in stacks]
    else:
        ideals = [torch.quantile(stack, 0.5, dim=0) for stack in stacks]
    found = {"L1": [], "L2": []}
    valid = [(mnist.valid.images[mnist.valid.labels == digit].float() / 255) for digit in digits]
    for groups in (valid, stacks):
        right = {"L1": 0, "L2": 0}
        for number, images in enumerate(groups):
            l1 = torch.stack([(images - ideal).abs().mean((-1, -2)) for ideal in ideals])
            l2 = torch.stack([((images - ideal) ** 2).mean((-1, -2)).sqrt() for ideal in ideals])
            right["L1"] += int((l1.argmin(0) == number).sum())
            right["L2"] += int((l2.argmin(0) == number).sum())
        for norm in right:
            found[norm].append(right[norm] / sum(map(len, groups)))
    return found


@pytest.mark.parametrize(
    ("digits", "how", "count", "seed"),
    [((3, 7), "mean", 1, 0), ((3, 7), "mean", 20, 1), ((4, 9), "median", 51, 3), ((0, 2, 8), "mean", 500, 4)],
)
def test_a_point_is_what_the_book_s_lines_give(mnist, digits, how, count, seed):
    (ours,) = outcome(chapter.learning_curve, digits=digits, how=how, sizes=(count,), seeds=(seed,))[count]
    for norm, accuracies in by_hand(mnist, digits, how, count, seed).items():
        assert ours[norm] == pytest.approx(accuracies, abs=0.0011)  # but for images just in the middle


def test_all_images_give_the_numbers_of_the_page():
    given = {"digits": (3, 7), "how": "mean", "first": None}
    above = compute.outcome(chapter.scores, given).value
    on_own = compute.outcome(chapter.training_scores, given).value
    for norm, (on_valid, own) in outcome(chapter.spread).items():
        assert on_valid[-1] == (above[norm].pooled,) * 3
        assert own[-1] == (on_own[norm].pooled,) * 3


def test_a_shuffle_holds_every_image_once_and_another_seed_has_another_order(mnist):
    images, others = (chapter.shuffled(mnist, (3, 7), seed) for seed in (2, 3))
    assert images.labels.tolist() == [3] * 6_131 + [7] * 6_265
    assert not images.images.equal(others.images)
    for digit in (3, 7):
        as_bytes = [
            sorted(image.numpy().tobytes() for image in digits.stacks[digit])
            for digits in (images, others, mnist.train)
        ]
        assert as_bytes[0] == as_bytes[1] == as_bytes[2]


def test_in_pieces_it_is_what_its_lines_give(mnist):
    asked = mnist.valid.of((3, 7))
    plain = chapter.learning_curve(mnist, asked, asked.images, (3, 7), "mean", (1, 20, None), (0, 1))
    assert outcome(chapter.learning_curve) == plain
    assert [len(draws) for draws in plain.values()] == [2, 2, 1]


def test_spread_is_the_lowest_the_mean_and_the_highest():
    curve = {1: [{"L1": (0.2, 1.0), "L2": (0.3, 1.0)}, {"L1": (0.6, 0.8), "L2": (0.5, 1.0)}]}
    assert chapter.spread(curve)["L1"] == [[(0.2, 0.4, 0.6)], [(0.8, 0.9, 1.0)]]


def test_enough_is_the_first_size_that_has_the_share_of_what_all_gain_over_chance():
    curve = dict.fromkeys((1, 10, 100, None))
    spread = {
        norm: [[(0, mean, 1) for mean in means], []]
        for norm, means in {"L1": (0.5, 0.7, 0.8, 0.8), "L2": (0.5, 0.6, 0.7, 0.8)}.items()
    }
    assert chapter.enough(curve, spread, 0.0, 0.7) == {"L1": 10, "L2": 10}
    assert chapter.enough(curve, spread, 0.4, 0.7) == {"L1": 10, "L2": 100}
    assert chapter.enough(curve, spread, 0.4, 0.8) == {"L1": 100, "L2": None}
    assert chapter.enough(curve, spread, 0.9, 0.8) == {"L1": None, "L2": None}


# -- the page ----------------------------------------------------------------------------------------


def chart(at):
    """The learning curve's traces."""
    specs = [json.loads(each.proto.spec) for each in at.get("plotly_chart")]
    return next(s for s in specs if s["layout"]["xaxis"].get("type") == "log")


def values(trace):
    return trace["y"] if isinstance(trace["y"], list) else trace["y"]["bdata"]


@pytest.fixture
def by_hand_only(monkeypatch):
    """A job that goes on only where the test says so."""

    def begun(function, given):
        return jobs.setdefault(
            (function, frozenset(given.items())), Job(IN_PIECES[function](given, compute.made))
        )

    jobs = {}
    monkeypatch.setattr(compute, "begun", begun)
    return begun


def bar(at):
    return at.get("progress")[0].proto


def test_before_it_is_made_it_says_so_and_shows_no_numbers(by_hand_only):
    at = run("accuracy", judged="images", digits=["5", "6"])
    assert bar(at).text == "Draw 1 of 5: ideals of one image each …"
    assert bar(at).value == 0
    assert not any(values(trace) for trace in chart(at)["data"])
    assert not any("of that gain" in each.value for each in at.markdown)


def test_a_part_of_it_shows_whole_draws_only_and_other_digits_show_none_of_it(by_hand_only):
    given = {"digits": (5, 8), "how": "mean", "sizes": SIZES, "seeds": SEEDS}
    job = by_hand_only(chapter.learning_curve, given)
    while not job.said or job.said[:2] != (1, 5):
        job.go_on()
    at = run("accuracy", judged="images", digits=["5", "8"])
    assert bar(at).text == "Draw 2 of 5: ideals of 5 images each …"
    drawn = {trace["name"]: values(trace) for trace in chart(at)["data"]}
    assert drawn["L1, validation images"] == [100 * draws[0]["L1"][0] for draws in job.said[2].values()]
    choose(at, digits=(5, 6))
    assert not any(values(trace) for trace in chart(at)["data"])
    assert bar(at).value == 0


def test_once_it_is_made_it_stands_there_at_once_with_its_finding():
    given = {"digits": (3, 7), "sizes": SIZES, "seeds": SEEDS, "how": "mean"}
    spread = compute.outcome(chapter.spread, given).value
    at = run("accuracy", judged="images")
    drawn = {trace["name"]: values(trace) for trace in chart(at)["data"]}
    assert drawn["L2, validation images"] == pytest.approx([100 * mean for _, mean, _ in spread["L2"][0]])
    assert (
        "Always answering the commonest digit would score 50.4 %. :blue[L1] reaches 95.1 % with all images, "
        "and 95 % of that gain with **7 images per ideal**. :orange[L2] reaches 96.6 % with all images, and "
        "95 % of that gain with **5 images per ideal**, on average." in text(at)
    )
    assert spread["L1"][0][SIZES.index(5)][1] > 0.95 * 0.9514  # so 5 were enough if chance counted as gain
    assert any("def accuracies_of_draw(" in each.value for each in unfolded(at).code)


def test_copied_its_lines_give_every_point_afresh(tmp_path):
    given = {"digits": (3, 7), "how": "median", "sizes": (1, 20, None), "seeds": (0, 1), "share": 0.95}
    lines = (chapter.spread, chapter.enough)
    values = run_afresh([listing.text(function, given) for function in lines], tmp_path)
    for function, value in zip(lines, values, strict=True):
        assert same(value, compute.outcome(function, given).value)
