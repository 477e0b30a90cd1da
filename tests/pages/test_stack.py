"""The Stack page: folders, the comprehension and the steps, without a browser."""

import re

import pytest
import torch

from mnist_dash import chapter, compute
from mnist_dash.pages.stack.comprehension import numbers_in
from tests.app import control, run, words


def html(at):
    return "".join(element.proto.body for element in at.get("html"))


def text(at):
    return "\n".join(words(element) for element in [*at.markdown, *at.caption])


# -- folders ---------------------------------------------------------------------------------------


def test_every_folder_has_as_many_files_as_mnist_has_images(mnist):
    at = run("stack")
    counts = dict(re.findall("<th>([^<]*)</th><td>([^<]*)</td>", html(at)))
    assert (counts["train/3"], counts["train/7"]) == ("6,131", "6,265")
    assert (counts["valid/3"], counts["valid/7"]) == ("1,010", "1,028")
    for part, digits in (("train", mnist.train), ("valid", mnist.valid)):
        for cls in range(10):
            assert counts[f"{part}/{cls}"] == f"{int((digits.labels == cls).sum()):,}"


def test_the_first_files_are_those_of_the_book():
    listed = "(#6131) [Path('train/3/10.png'),Path('train/3/10000.png'),Path('train/3/10011.png')...]"
    assert listed in [code.value for code in run("stack").code]


def test_ideals_are_not_said_to_look_better_on_the_images_they_are_made_of_which_they_seldom_do():
    better = []
    for digits in ((3, 7), tuple(range(10))):
        given = {"digits": digits, "how": "mean", "first": None}
        valid = compute.outcome(chapter.scores, given).value
        own = compute.outcome(chapter.training_scores, given).value
        better += [(norm, len(digits)) for norm in valid if own[norm].pooled > valid[norm].pooled]
    assert better == [("L2", 2)]
    said = text(run("stack"))
    assert "an ideal would look better" not in said
    assert "a model that remembers its own images looks better on these than it is" in said


# -- the comprehension -----------------------------------------------------------------------------


def result(at):
    """The comment under the lines that ran on the reader's list."""
    return next(code.value.splitlines()[-1] for code in at.code if code.value.startswith("a_list = "))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("doubled_positives", [6, 8, 2, 18]),
        ("squared_evens", [16]),
        ("every_one_plus_one", [4, 0, 5, 2, -4, 10]),
        ("nonsense", [6, 8, 2, 18]),
    ],
)
def test_the_rule_runs_on_the_list(rule, expected):
    assert result(run("stack", rule=rule)) == f"# {expected}"


def test_element_by_element_is_what_the_loop_does():
    at = run("stack", list="[0, -2; 7]")
    chips = re.findall(r'<li( class="dropped")?><b>(-?\d+)</b>', html(at))
    assert [(number, bool(dropped)) for dropped, number in chips] == [("0", True), ("-2", True), ("7", False)]
    assert "<small>becomes</small><b>14</b>" in html(at)
    assert result(at) == "# [14]"


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("3, -1, 4", (3, -1, 4)),
        ("[3,-1,4]", (3, -1, 4)),
        ("  3   4 ", (3, 4)),
        ("−5;+6", (-5, 6)),
        ("999999999", (999_999_999,)),
        (", ".join(["-123456789"] * 20), (-123_456_789,) * 20),
    ],
)
def test_whole_numbers_are_read_however_they_are_set_apart(typed, numbers):
    assert numbers_in(typed) == (numbers, "")


@pytest.mark.parametrize(
    ("typed", "numbers", "complaint"),
    [
        ("", [], "at least one"),
        ("[ ]", [], "at least one"),
        ("3, x", [3], "“x” is not a whole number"),
        ("3, -", [3], "“-” is not a whole number"),
        ("1.5, 7", [7], "“1.5” is not a whole number"),
        ("1e3", [], "“1e3”"),
        ("1234567890", [], "at most nine digits"),
        ("٣", [], "not a whole number"),
        ("__import__('os')", [], "“__import__”"),
        ("<script>", [], "“<script>”"),
        ("a" * 100, [], "“aaaaaaaaaaaa…”"),
        (" ".join(["1"] * 21), [1] * 20, "20 numbers at most"),
    ],
)
def test_of_wrong_input_the_numbers_stay_and_one_sentence_says_what_does_not(typed, numbers, complaint):
    at = run("stack", list="8, 2", rule="doubled_positives")
    control(at, "list").set_value(typed).run()
    assert complaint in at.warning[0].value.replace("\\", "")  # nothing typed is read as Markdown
    assert result(at) == f"# {[2 * number for number in numbers]}"
    again = run("stack", list=typed)
    assert result(again) == result(at)  # a link shows what its sender saw


def test_every_file_becomes_a_tensor():
    assert "5,842 files become **5,842 tensors**, each of shape (28, 28)" in text(run("stack", ideal="4"))


# -- stacking --------------------------------------------------------------------------------------


def test_every_step_has_its_shape_rank_dtype_and_bytes():
    cards = [re.sub("<[^>]*>", " ", card) for card in re.findall("<li .*?</li>", html(run("stack")))][-4:]
    for card, facts in zip(
        cards,
        [
            ("(28, 28)", "list of 6,131", "rank 2", "uint8", "784 bytes each"),
            ("torch.stack(tensors)", "(6131, 28, 28)", "rank 3", "uint8", "4.8 MB (4,806,704 bytes)"),
            ("stacked.float() / 255", "(6131, 28, 28)", "rank 3", "float32", "19.2 MB (19,226,816 bytes)"),
            ("floats.mean(0)", "(28, 28)", "rank 2", "float32", "3,136 bytes"),
        ],
        strict=True,
    ):
        for fact in facts:
            assert fact in card


def test_the_ideal_of_the_files_is_the_ideal(mnist):
    value = compute.outcome(chapter.ideal_of_files, {"folder": "train/3"}).value
    assert torch.allclose(value, (mnist.train.stacks[3].float() / 255).mean(0), atol=1e-6)


@pytest.mark.parametrize(
    ("without", "line"),
    [
        ("stack", lambda images: list(images).mean(0)),
        ("sizes", lambda images: torch.stack([images[0], images[1][4:24, 4:24]])),
        ("float", lambda images: images.mean(0)),
    ],
)
def test_what_fails_says_what_pytorch_says(mnist, without, line):
    with pytest.raises((AttributeError, RuntimeError)) as raised:
        line(mnist.train.stacks[3])
    at = run("stack", without=without)
    assert at.error[0].value == f"`{raised.type.__name__}: {raised.value}`"


def test_without_255_nothing_fails_but_the_ink_is_far_too_dark(mnist):
    at = run("stack", without="255")
    assert not at.error
    assert f"up to **{mnist.train.stacks[3].float().mean(0).max():.1f}**" in text(at)


def test_without_the_mean_it_is_still_a_stack():
    at = run("stack", without="mean", ideal="7")
    assert not at.error
    assert "with shape `torch.Size([6265, 28, 28])`, it is still the whole stack" in text(at)


def test_dividing_alone_makes_the_same_floats(mnist):
    images = mnist.train.stacks[3]
    assert torch.equal(images / 255, images.float() / 255)
    assert "alone gives `torch.float32` too, and the same numbers" in text(run("stack", without="float"))


@pytest.mark.parametrize("without", ["", "everything", "nothing"])
def test_unless_a_step_is_left_out_all_are_there(without):
    at = run("stack", without=without)
    assert not at.error
    assert 'class="out"' not in html(at)


# -- the whole page -------------------------------------------------------------------------------


@pytest.mark.parametrize("digit", [0, 7])
def test_one_digit_is_followed_through_all_exhibits(mnist, digit):
    at = run("stack")
    control(at, "ideal").set_value(digit).run()
    count = f"{len(mnist.train.places[digit]):,}"
    assert f"<th>train/{digit}</th><td>{count}</td>" in html(at).partition('class="chosen"')[2]
    assert f"{count} files become **{count} tensors**" in text(at)
    assert f"list of {count}, each a Tensor" in html(at)
