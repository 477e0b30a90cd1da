"""Make a better ideal: painted pads are scored as an oracle does, and SGD on them is PyTorch's own."""

import time

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from mnist_dash import chapter, compute
from mnist_dash.pages.better.make_a_better_ideal import STEPS
from mnist_dash.pages.better.pads import all_painted, given, greys, painted_over, shown
from tests import oracle
from tests.app import button, choose, chosen, component, components, drawn, run
from tests.pages.shown import of, text

BOOK = (3, 7)
TEN = tuple(range(10))


def painted(digit, **pixels):
    """One pad with a soft blot on it. pixels: row and column of its middle."""
    pad = greys((digit,))[0].clone()
    row, column = pixels["row"], pixels["column"]
    pad[row - 2 : row + 3, column - 2 : column + 3] = 200
    return painted_over((), {digit: pad.numpy().tobytes()})


def oracle_s(mnist, part, made, digits, norm):
    """How many images are called rightly with these ideals, (K, H * W), and how many are as good as ties."""
    digit_set = getattr(mnist, part).of(digits)
    called, close = oracle.answers(digit_set.images.numpy(), made, digits, norm)
    return int((called == digit_set.labels.numpy()).sum()), int(close.sum())


# -- by hand -----------------------------------------------------------------------------------------------


def test_the_means_are_there_at_first_and_score_what_is_to_be_beaten():
    sent = component(run("better"), "ideal_pads")
    assert sent["classes"] == [3, 7]
    assert [(each["norm"], each["count"], each["beat"]) for each in sent["scores"]] == [
        ("L1", 1939, 1939),
        ("L2", 1969, 1969),
    ]


def test_painted_pads_are_scored_as_an_oracle_does_on_validation_and_on_training_images(mnist):
    pads = painted(3, row=22, column=8)
    at = choose(run("better"), painted=pads)
    of_three = shown(pads, BOOK)[0].double().flatten().numpy() / 255
    made = np.stack([of_three, oracle.ideals(mnist.train, BOOK)[1]])
    for each in component(at, "ideal_pads")["scores"]:
        right, ties = oracle_s(mnist, "valid", made, BOOK, each["norm"])
        assert each["count"] == right
        assert not ties
        right, ties = oracle_s(mnist, "train", made, BOOK, each["norm"])
        assert 12_396 * each["training"] == pytest.approx(right, abs=ties + 1e-6)


def test_a_pad_that_shows_the_mean_again_is_the_mean_itself():
    pads = painted(3, row=22, column=8)
    back = painted_over(pads, {3: greys((3,))[0].numpy().tobytes()})
    assert back == ()
    assert all_painted(pads, BOOK, greys(BOOK)) == ()


def test_the_pads_begin_from_the_median_a_blank_or_the_mean(mnist):
    at = run("better")
    button(at, "The median").click().run()
    counts = {each["norm"]: each["count"] for each in component(at, "ideal_pads")["scores"]}
    assert counts["L1"] > 1939
    assert shown(chosen(at, "painted"), BOOK).equal(greys(BOOK, "median"))
    button(at, "Blank pads").click().run()
    assert shown(chosen(at, "painted"), BOOK).count_nonzero() == 0
    # Both distances are equal everywhere: the smaller digit is the answer.
    assert [each["count"] for each in component(at, "ideal_pads")["scores"]] == [1010, 1010]
    button(at, "The mean").click().run()
    assert chosen(at, "painted") == ()


def test_a_drawing_becomes_the_ideal_of_the_digit_it_is_nearest_to(mnist):
    image = mnist.valid.stacks[7][3]
    at = drawn(run("better"), image)
    button(at, "My drawing as the 7").click().run()
    assert shown(chosen(at, "painted"), BOOK)[1].equal(image)
    assert shown(chosen(at, "painted"), BOOK)[0].equal(greys(BOOK)[0])


def test_other_possible_answers_keep_what_was_painted():
    pads = painted(3, row=22, column=8)
    at = choose(run("better"), painted=pads, digits=(3, 8))
    assert component(at, "ideal_pads")["classes"] == [3, 8]
    assert chosen(at, "painted") == pads


# -- by the gradient -------------------------------------------------------------------------------------


def by_the_book(mnist, pads, digits, steps):
    """Plain PyTorch, step by step: the losses and the ideals."""
    train = mnist.train.of(digits)
    w = pads.clone().requires_grad_()
    chance = torch.Generator().manual_seed(STEPS["seed"])
    losses = []
    for _ in range(steps):
        batch = torch.randint(len(train), (256,), generator=chance)
        x = train.images[batch].float() / 255
        distances = torch.stack([((x - ideal) ** 2).mean((-1, -2)) for ideal in w], 1)
        y = torch.tensor([digits.index(label) for label in train.labels[batch].tolist()])
        loss = F.cross_entropy(-100 * distances, y)
        loss.backward()
        with torch.no_grad():
            w -= STEPS["rate"] * w.grad
            w.clamp_(0, 1)
        w.grad.zero_()
        losses.append(loss.item())
    return losses, w.detach()


@pytest.mark.parametrize("digits", [BOOK, TEN], ids=["two", "ten"])
def test_the_steps_are_those_of_the_book_s_way(mnist, digits):
    pads = painted(3, row=22, column=8)
    rounds = {"rounds": 3}
    losses, shares, greys_then = of(chapter.descended, given(pads, digits) | STEPS | rounds)
    start = of(chapter.pads, given(pads, digits))
    expected_losses, w = by_the_book(mnist, start, digits, 30)
    assert losses == pytest.approx(expected_losses, abs=1e-4)
    assert (greys_then.float() - 255 * w).abs().max() <= 0.5 + 0.01
    assert len(shares) == 4
    total = len(mnist.valid.of(digits))
    for norm in ("L1", "L2"):
        right, ties = oracle_s(mnist, "valid", greys_then.double().flatten(1).numpy() / 255, digits, norm)
        assert total * shares[-1][norm][0] == pytest.approx(right, abs=ties + 1e-6)


def test_two_hundred_steps_make_the_mean_better_on_images_that_took_no_part():
    _, shares, _ = of(chapter.descended, given((), BOOK) | STEPS)
    first, last = shares[0], shares[-1]
    assert [round(first[norm][0], 4) for norm in ("L1", "L2")] == [0.9514, 0.9661]
    assert last["L1"][0] > 0.965
    assert last["L2"][0] > 0.972


def let_it_paint(at):
    button(at, "Let the gradient paint").click().run()
    end = time.monotonic() + 60
    while chosen(at, "descending"):
        assert time.monotonic() < end
        time.sleep(0.1)
        at.run()
    return at


def test_the_gradient_paints_the_pads_and_tells_what_it_did():
    at = let_it_paint(run("better"))
    _, shares, pads = of(chapter.descended, given((), BOOK) | STEPS)
    assert shown(chosen(at, "painted"), BOOK).equal(pads)
    for each in component(at, "ideal_pads")["scores"]:
        assert each["count"] == round(shares[-1][each["norm"]][0] * 2038)
    after = 100 * shares[-1]["L2"][0]
    assert f":orange[L2] from 96.6 % to **{after:.1f} %**" in text(at)
    assert len(components(at, "live_curves")) == 2  # loss and accuracies


def test_what_is_painted_over_is_not_told_of_any_more():
    at = let_it_paint(run("better"))
    at = choose(at, painted=painted(3, row=22, column=8))
    assert "stochastic gradient descent" not in text(at)


def test_stop_keeps_what_was_painted_so_far():
    pads = painted(7, row=20, column=20)
    lines = given(pads, BOOK) | STEPS
    at = choose(run("better"), painted=pads)
    button(at, "Let the gradient paint").click().run()
    end = time.monotonic() + 60
    while chosen(at, "descending") and not (compute.known(chapter.descended, lines).said or [[]])[0]:
        assert time.monotonic() < end
        time.sleep(0.02)
    if chosen(at, "descending"):
        button(at, "Stop").click().run()
    done = chosen(at, "descended")
    assert done.begun == pads
    assert 10 <= len(done.losses) <= 200
    again = of(chapter.descended, given(pads, BOOK) | STEPS | {"rounds": len(done.shares) - 1})
    assert again[0] == list(done.losses)
    assert shown(chosen(at, "painted"), BOOK).equal(again[2])
