"""What the pages that explore ask: each truth against another way to it."""

import numpy as np
import pytest
import torch

from mnist_dash.pages.recap.quiz import QUESTIONS
from mnist_dash.pages.shared.contents import CONTENTS
from mnist_dash.pages.shared.further_questions import FURTHER, SHIFT
from mnist_dash.pages.shared.guess import answered, book
from mnist_dash.pages.shared.settings import Guess
from tests import oracle
from tests.app import run
from tests.pages.shown import text

TEN = tuple(range(10))


def truth(name, **view):
    """The words of the truth, for these settings."""
    made = answered(Guess(name, None, tuple(view.items())))
    return made.words.replace("\N{NO-BREAK SPACE}", " ")


def test_every_page_that_explores_asks_one_thing_and_the_quiz_leaves_it_out():
    assert [question.page for question in FURTHER.values()] == [page.name for page in CONTENTS["Explore"]]
    assert not FURTHER.keys() & QUESTIONS.keys()


@pytest.mark.parametrize("name", FURTHER)
def test_the_page_asks_and_does_not_answer(name):
    at = run(FURTHER[name].page)
    assert FURTHER[name].ask(book()) in text(at)
    assert at.button(key=f"guessed {name} skip")
    assert "You said" not in text(at)


@pytest.mark.parametrize("digits", [(3, 7), (1, 4, 9)])
def test_the_hardest_digit(mnist, digits):
    counts, totals, _ = oracle.right(mnist, digits, "L1")
    shares = {digit: count / total for digit, count, total in zip(digits, counts, totals, strict=True)}
    said = truth("hardest", digits=digits)
    assert said.startswith(f"**→** It is **{min(shares, key=shares.get)}**.")
    assert f"and {100 * max(shares.values()):.1f} % of the {max(shares, key=shares.get)}s" in said


def test_how_many_are_called_a_1(mnist):
    ideals, images = oracle.ideals(mnist.train, TEN), mnist.valid.images.numpy()
    by_l1, by_l2 = (100 * (oracle.answers(images, ideals, TEN, norm)[0] == 1).mean() for norm in ("L1", "L2"))
    assert truth("called ones") == (
        f"**→** It is **{by_l1:.0f}**. L1 calls {by_l1:.1f} % of all images a 1, and L2 {by_l2:.1f} %."
    )
    ones = 100 * (mnist.valid.labels == 1).double().mean()
    assert f"about {ones:.0f} are 1s" in FURTHER["called ones"].ask(book())


def test_how_many_are_right_once_they_are_shifted(mnist):
    of_pair = mnist.valid.of((3, 7)).images.numpy()
    images = np.zeros_like(of_pair)
    images[:, :, SHIFT:] = of_pair[:, :, :-SHIFT]
    counts, totals, _ = oracle.right(mnist, (3, 7), "L2", images=images)
    by_l2 = 100 * sum(counts) / sum(totals)
    assert truth("shifted").startswith(f"**→** It is **{by_l2:.0f}**. By L2 {by_l2:.1f} % are still right")


def test_one_rule_written_twice():
    assert truth("two rules", ideal=4, rival=9).startswith("**→** It is **none**.")


def test_which_norm_gains_by_the_median(mnist):
    right = {
        how: [sum(oracle.right(mnist, (3, 7), norm, how=how)[0]) for norm in ("L1", "L2")]
        for how in ("mean", "median")
    }
    l1, l2 = (median - mean for mean, median in zip(right["mean"], right["median"], strict=True))
    assert l1 > 0 > l2
    assert truth("gains").startswith(
        f"**→** It is **L1**. With medians as ideals, by L1 {l1} more and by L2 {-l2} fewer"
    )


def test_how_many_are_right_by_their_ink(mnist):
    ink = torch.stack([mnist.train.stacks[digit].double().mean() for digit in (3, 7)])
    of_pair = mnist.valid.of((3, 7))
    off = (of_pair.images.double().mean((-1, -2))[:, None] - ink).abs()
    right = 100 * (torch.tensor([3, 7])[off.argmin(1)] == of_pair.labels).double().mean()
    assert truth("by ink").startswith(f"**→** It is **{right:.0f}**. Ink alone gets {right:.1f} % right")
