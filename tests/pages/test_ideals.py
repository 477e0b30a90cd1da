"""The Ideals page: its numbers against the book's own lines in plain PyTorch; nonsense in every setting."""

import base64
import itertools
import re
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from mnist_dash import chapter, compute
from mnist_dash.components import live_slider as slider
from mnist_dash.pages.stack.comprehension import numbers_in
from tests.app import component, components, run


def shown(at, group, place=0, name="maps"):
    """The pixels of a picture. group: the key's place among the maps on the page."""
    sent = components(at, name)[group]["groups"][0]["maps"][place]["pixels"]
    return torch.frombuffer(bytearray(base64.b64decode(sent)), dtype=torch.float32).view(28, 28)


STRIP, FOCUS, TEN, WEIGHT, WEIGHED = range(5)  # in this order on the page


def metrics(at):
    return [metric.value for metric in at.metric]


def html(at):
    return "".join(element.proto.body for element in at.get("html"))


def text(at):
    return "\n".join(element.value for element in [*at.markdown, *at.caption])


def ran(at, name):
    return at.session_state["cells"]["ideals"][name]


# -- coming into focus ----------------------------------------------------------------------------


def test_all_images_give_the_book_s_ideal_and_its_accuracies(mnist):
    at = run("ideals")
    three = mnist.train.images[mnist.train.labels == 3].float() / 255
    assert torch.equal(shown(at, FOCUS), three.mean(0))
    assert metrics(at) == ["0.9511", "0.9661"]
    assert component(at, "live_slider")["stops"][-1] == "all"


@pytest.mark.parametrize("first", [1, 47, 300])
def test_the_ideal_and_its_accuracy_are_those_of_the_first_images(mnist, first):
    at = run("ideals", ideal="4", rival="9", first=str(first))
    two = [(mnist.train.images[mnist.train.labels == cls][:first].float() / 255).mean(0) for cls in (4, 9)]
    assert torch.allclose(shown(at, FOCUS), two[0])
    expected = []
    for power in (1, 2):  # the mean over the pixels decides, with or without its root
        shares = []
        for cls, other in ((0, 1), (1, 0)):
            images = mnist.valid.images[mnist.valid.labels == (4, 9)[cls]].float() / 255
            own, rival = (((images - two[i]).abs() ** power).mean((1, 2)) for i in (cls, other))
            shares.append((own < rival).double().mean().item())
        expected.append(sum(shares) / 2)
    assert [float(value) for value in metrics(at)] == pytest.approx(expected, abs=6e-4)  # a tie is an image
    slider = component(at, "live_slider")
    assert slider["stops"][slider["at"]] == f"{first:,}"


def test_the_strip_leads_from_one_image_to_all(mnist):
    maps = component(run("ideals", ideal="5"), "maps")["groups"][0]["maps"]
    names = ["1", "2", "3", "5", "10", "30", "100", "300", "1,000", "all 5,421"]
    assert [map["name"] for map in maps] == names


@pytest.mark.parametrize("first", ["6131", "6132", "999999999", "60000"])
def test_as_many_as_there_are_or_more_are_all(first):
    assert metrics(run("ideals", first=first)) == ["0.9511", "0.9661"]


@pytest.mark.parametrize("first", ["", "x", "1.5", "٣", "9" * 5000, "all"])
def test_an_unreadable_number_of_images_is_all(first):
    assert metrics(run("ideals", first=first)) == ["0.9511", "0.9661"]


@pytest.mark.parametrize("first", ["0", "-3"])
def test_an_ideal_is_of_one_image_at_least(mnist, first):
    image = mnist.train.images[mnist.train.labels == 3][0].float() / 255
    assert torch.equal(shown(run("ideals", first=first), FOCUS), image)


def test_the_histogram_counts_one_pixel_in_every_image(mnist):
    at = run("ideals", pixel="20,9", first="100")
    values = [int(image[20, 9]) for image in mnist.train.images[mnist.train.labels == 3][:100]]
    counts = [sum(8 * i <= value < 8 * i + 8 for value in values) for i in range(32)]
    histogram = compute.outcome(chapter.pixel_histogram, ran(at, "pixel").given).value
    assert histogram[0].tolist() == counts
    assert f"is 0, paper, in {values.count(0)} of 100 images" in text(at)
    assert f"{sum(values) / 100:.1f} of 255" in text(at)
    assert f"divided by 255 **{sum(values) / 100 / 255:.3f}**" in text(at)
    assert component(at, "maps")["picked"] is None
    assert components(at, "maps")[FOCUS]["picked"] == [20, 9]


@pytest.mark.parametrize("pixel", ["", "28,0", "0,28", "-1,3", "a,b", "3", "3,4,5", "9" * 5000, "٣,٣"])
def test_a_pixel_that_is_none_is_the_usual_one(pixel):
    assert components(run("ideals", pixel=pixel), "maps")[FOCUS]["picked"] == [9, 14]


@pytest.mark.parametrize(
    ("message", "heard"),
    [
        ({"slide": {"at": 1, "moving": True, "number": 7}}, (1, True)),
        ({"slide": {"at": 0, "moving": False, "number": 7}}, (0, False)),
        ({"slide": {"at": 3, "moving": True}}, None),
        ({"slide": {"at": -1, "moving": True}}, None),
        ({"slide": {"at": "1", "moving": True}}, None),
        ({"slide": {"at": 1.5, "moving": True}}, None),
        ({"slide": {"at": 1, "moving": 5}}, None),
        ({"slide": None}, None),
        ({}, None),
        (None, None),
        ("x", None),
    ],
)
def test_what_the_slider_sends_is_one_of_its_stops(monkeypatch, message, heard):
    moves, mounted = [], {}
    monkeypatch.setattr(slider, "st", SimpleNamespace(session_state={"s": message}))
    monkeypatch.setattr(slider, "component", lambda name, css: mounted.update)
    slider.live_slider("s", "", ["1", "2", "all"], at=0, on_slide=lambda *move: moves.append(move))
    mounted["on_slide_change"]()
    assert moves == ([heard] if heard else [])
    assert mounted["data"]["answered"] in (7, None)


# -- folders --------------------------------------------------------------------------------------


def test_every_folder_has_as_many_files_as_mnist_has_images(mnist):
    at = run("ideals")
    counts = dict(re.findall("<th>([^<]*)</th><td>([^<]*)</td>", html(at)))
    assert (counts["train/3"], counts["train/7"]) == ("6,131", "6,265")
    assert (counts["valid/3"], counts["valid/7"]) == ("1,010", "1,028")
    for part, digits in (("train", mnist.train), ("valid", mnist.valid)):
        for cls in range(10):
            assert counts[f"{part}/{cls}"] == f"{int((digits.labels == cls).sum()):,}"


def test_the_first_files_are_those_of_the_book():
    listed = "(#6131) [Path('train/3/10.png'),Path('train/3/10000.png'),Path('train/3/10011.png')...]"
    assert listed in [code.value for code in run("ideals").code]


# -- the comprehension ----------------------------------------------------------------------------


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
    assert result(run("ideals", rule=rule)) == f"# {expected}"


def test_element_by_element_is_what_the_loop_does():
    at = run("ideals", list="[0, -2; 7]")
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
    assert numbers_in(typed) == numbers


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("", "at least one"),
        ("[ ]", "at least one"),
        ("3, x", "“x” is not a whole number"),
        ("1.5", "“1.5” is not a whole number"),
        ("1e3", "“1e3”"),
        ("1234567890", "at most nine digits"),
        ("٣", "not a whole number"),
        ("__import__('os')", "“__import__”"),
        ("a" * 100, "“aaaaaaaaaaaa…”"),
        (" ".join(["1"] * 21), "20 numbers at most"),
    ],
)
def test_wrong_input_gets_one_sentence_and_the_last_good_list_stays(typed, complaint):
    with pytest.raises(ValueError, match=re.escape(complaint)):
        numbers_in(typed)
    at = run("ideals", list="8, 2")
    at.text_input(key="list").set_value(typed).run()
    assert not at.exception
    assert complaint in at.warning[0].value.replace("\\", "")  # nothing typed is read as Markdown
    assert result(at) == "# [16, 4]"


def test_a_list_in_the_url_that_cannot_be_read_leaves_the_usual_one():
    at = run("ideals", list="<script>")
    assert "“\\<script\\>” is not a whole number" in at.warning[0].value
    assert result(at) == "# [6, 8, 2, 18]"


def test_every_file_becomes_a_tensor():
    assert "5,842 files become **5,842 tensors**, each of shape (28, 28)" in text(run("ideals", ideal="4"))


# -- stacking -------------------------------------------------------------------------------------


def test_every_step_has_its_shape_rank_dtype_and_bytes():
    cards = [re.sub("<[^>]*>", " ", card) for card in re.findall("<li .*?</li>", html(run("ideals")))][-4:]
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
    at = run("ideals", without=without)
    assert at.error[0].value == f"`{raised.type.__name__}: {raised.value}`"


def test_without_255_nothing_fails_but_the_ink_is_far_too_dark(mnist):
    at = run("ideals", without="255")
    assert not at.error
    assert f"up to **{mnist.train.stacks[3].float().mean(0).max():.1f}**" in text(at)


def test_without_the_mean_it_is_still_a_stack():
    at = run("ideals", without="mean", ideal="7")
    assert not at.error
    assert "of shape `torch.Size([6265, 28, 28])`, it is still the whole stack" in text(at)


def test_dividing_alone_makes_the_same_floats(mnist):
    images = mnist.train.stacks[3]
    assert torch.equal(images / 255, images.float() / 255)
    assert "alone gives `torch.float32` too, and the same numbers" in text(run("ideals", without="float"))


@pytest.mark.parametrize("without", ["", "everything", "nothing"])
def test_unless_a_step_is_left_out_all_are_there(without):
    at = run("ideals", without=without)
    assert not at.error
    assert 'class="out"' not in html(at)


# -- all ten --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("view", "expected", "colours"),
    [
        ("mean", lambda images: images.mean(0), "greys"),
        ("spread", lambda images: images.std(0, ddof=1), "heat"),
        ("median", lambda images: np.median(images, 0), "greys"),
        ("difference", lambda images: images.mean(0) - np.median(images, 0), "signed"),
        ("nonsense", lambda images: images.mean(0), "greys"),
    ],
)
def test_every_view_is_of_all_images_of_each_digit(mnist, view, expected, colours):
    at = run("ideals", view=view)
    assert len(components(at, "maps")[TEN]["groups"][0]["maps"]) == 10
    for cls in (0, 8):
        images = mnist.train.stacks[cls].numpy() / 255
        assert np.allclose(shown(at, TEN, cls), expected(images), atol=1e-5)
    assert components(at, "maps")[TEN]["groups"][0]["maps"][0]["colours"] == colours


def test_medians_are_only_made_when_they_are_asked_for():
    cells = run("ideals").session_state["cells"]["ideals"].values()
    assert chapter.ten_medians not in {cell.function for cell in cells}


def test_l1_is_least_at_the_median_and_l2_at_the_mean():
    for digit in range(10):
        costs = compute.outcome(chapter.what_each_makes_small, {"digit": digit}).value
        assert costs["median"][0] < costs["mean"][0]
        assert costs["mean"][1] < costs["median"][1]
    assert "| mean | 0.1313 | **0.0573** |\n| median | **0.1095** | 0.0716 |" in text(
        run("ideals", view="median")
    )


# -- the whole page -------------------------------------------------------------------------------


@pytest.mark.parametrize(("digit", "rival"), [(0, 1), (1, 0), (9, 4), (2, 2)])
def test_every_exhibit_works_for_any_two_digits(digit, rival):
    at = run("ideals", ideal=str(digit), rival=str(rival), view="difference", without="float")
    assert f"train/{digit}" in html(at)
    assert not at.warning


def test_every_picture_has_a_text_alternative():
    at = run("ideals", view="difference")
    labels = [
        map["label"] for sent in components(at, "maps") for group in sent["groups"] for map in group["maps"]
    ]
    assert len(labels) == 27
    assert all(len(label) > 10 for label in labels)
    assert all(alternative for alternative in re.findall('alt="([^"]*)"', html(at)))
    assert all(chart.proto.alt for chart in at.get("plotly_chart"))


def test_the_choices_are_in_the_url():
    at = run("ideals")
    at.segmented_control(key="without").set_value("float").run()
    at.segmented_control(key="view").set_value("spread").run()
    at.segmented_control(key="rule").set_value("squared_evens").run()
    at.number_input(key="at").set_value(12).run()
    at.text_input(key="list").set_value("1 2").run()
    for name, value in {
        "without": "float",
        "view": "spread",
        "rule": "squared_evens",
        "at": "12",
        "list": "1 2",
    }.items():
        assert at.query_params[name] == value
    at.segmented_control(key="without").set_value("nothing").run()
    assert "without" not in at.query_params


def test_a_pair_of_ideals_is_never_the_same_digit():
    for digit, rival in itertools.product("38", "38"):
        at = run("ideals", ideal=digit, rival=rival)
        assert at.session_state["ideal"] != at.session_state["rival"]
