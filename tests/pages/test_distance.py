"""Distance: the book's image and the book's distances, and every line against plain PyTorch."""

import re

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from mnist_dash import chapter, compute
from mnist_dash.components.shared.numbers import percent
from mnist_dash.compute import data, lines
from mnist_dash.core.datasets import Dataset, Digits
from mnist_dash.pages.shared.words import with_sign
from tests import oracle
from tests.app import button, choose, chosen, component, components, control, drawn, run
from tests.pages.shown import ideal_of, metrics, of, pixels, sent, text

THREE_WAYS, ONE_PIXEL = range(2)  # those with pictures
BOOK = {"folder": "train/3", "place": 1, "digit": 3, "rival": 7}


# -- three ways -------------------------------------------------------------------------------------


def test_the_page_begins_with_the_book_s_image_and_the_book_s_distances():
    at = run("distance")
    notes = [each["note"] for each in sent(at, THREE_WAYS)]
    assert notes[:5] == ["", "", "mean +0.0009", "L1 0.1114", "L2 0.2021"]
    assert notes[5:] == ["", "", "mean +0.0279", "L1 0.1586", "L2 0.3021"]
    assert "| :blue[L1] | **0.1114** | 0.1586 | **3** ✓ |" in text(at)
    assert "| :orange[L2] | **0.2021** | 0.3021 | **3** ✓ |" in text(at)


@pytest.mark.parametrize(("row", "digit"), [(0, 3), (1, 7)])
def test_the_maps_are_the_difference_without_its_sign_and_squared_on_one_scale(mnist, row, digit):
    image, ideal, signed, absolute, squared = sent(run("distance"), THREE_WAYS)[5 * row :][:5]
    x, mean = mnist.train.images[10_000].numpy() / 255, ideal_of(mnist, digit).numpy()
    for each, expected in [
        (image, x), (ideal, mean), (signed, x - mean), (absolute, abs(x - mean)), (squared, (x - mean) ** 2)
    ]:  # fmt: skip
        assert np.allclose(pixels(each), expected, atol=1e-6)
        assert each["top"] == 1
    assert [each["colours"] for each in (signed, absolute, squared)] == ["signed", "L1", "L2"]


def test_pytorch_s_losses_are_l1_and_l2_and_mse_loss_alone_is_neither(mnist):
    at = run("distance", closer="torch")
    x, mean = mnist.train.images[10_000].float() / 255, ideal_of(mnist, 3)
    assert f"| `F.l1_loss(x, ideal)` | {F.l1_loss(x, mean):.4f} | ✓ is :blue[L1] |" in text(at)
    root, square = F.mse_loss(x, mean).sqrt(), F.mse_loss(x, mean)
    assert f"| `F.mse_loss(x, ideal).sqrt()` | {root:.4f} | ✓ is :orange[L2] |" in text(at)
    assert f"| `F.mse_loss(x, ideal)` | {square:.4f} | ✗ is not :orange[L2] |" in text(at)


def test_the_signed_mean_is_right_far_less_often_than_the_norms():
    assert "Of the 1,010 validation 3s it gets 626 right, :blue[L1] 926," in text(run("distance"))


@pytest.mark.parametrize(("digit", "rival"), [(3, 7), (8, 2), (1, 0)])
def test_the_counts_of_the_norms_are_those_of_scipy(mnist, digit, rival):
    given = {"digit": digit, "rival": rival, "valid_folder": f"valid/{digit}"}
    (_, l1, l2), total, _ = of(chapter.cancelled, given)
    for norm, count in {"L1": l1, "L2": l2}.items():
        right, totals, _ = oracle.right(mnist, (digit, rival), norm)
        assert (count, total) == (right[0], totals[0])


def test_the_image_shown_on_demand_is_one_that_only_the_signed_mean_gets_wrong(mnist):
    at = run("distance")
    three, seven, seen = ideal_of(mnist, 3), ideal_of(mnist, 7), set()
    for _ in range(3):
        button(at, "Show one that the signed mean gets wrong").click().run()
        assert chosen(at, "from") == "valid"
        x = torch.from_numpy(pixels(sent(at, THREE_WAYS)[0]).copy())
        assert (x - three).mean().abs() > (x - seven).mean().abs()
        assert F.l1_loss(x, three) < F.l1_loss(x, seven)
        assert "**7** ✗ |" in text(at)
        assert (mnist.valid.images[mnist.valid.labels == 3] == (x * 255).round().byte()).all((1, 2)).any()
        seen.add(chosen(at, "place"))
    assert len(seen) == 3


def test_after_the_last_such_image_comes_the_first():
    given = {"digit": 3, "rival": 7, "valid_folder": "valid/3"}
    wrong = of(chapter.cancelled, given)[2].tolist()
    at = run("distance", **{"from": "valid", "digit": "3", "place": str(wrong[-1])})
    button(at, "Show one that the signed mean gets wrong").click().run()
    assert chosen(at, "place") == wrong[0]


def test_an_image_of_another_digit_is_neither_right_nor_wrong():
    assert "✓ |" not in text(run("distance", digit="5"))


# -- one pixel --------------------------------------------------------------------------------------


def test_at_first_the_pixel_that_differs_most_is_picked_and_untouched(mnist):
    at = run("distance")
    difference = (mnist.train.images[10_000].float() / 255 - ideal_of(mnist, 3)).abs()
    picked = components(at, "maps")[1]["picked"]
    assert difference[tuple(picked)] == difference.max()
    assert metrics(at)["L1"].value == "0.1114"
    assert metrics(at)["L1"].delta == ""


def test_moving_one_pixel_moves_both_distances_and_its_shares(mnist):
    at = choose(run("distance", spot="14,14"), value=0.25)
    x, mean = mnist.train.images[10_000].float() / 255, ideal_of(mnist, 3)
    before = F.l1_loss(x, mean), F.mse_loss(x, mean).sqrt()
    x[14, 14] = 0.25
    after = F.l1_loss(x, mean), F.mse_loss(x, mean).sqrt()
    shown = metrics(at)
    assert [shown["L1"].value, shown["L2"].value] == [f"{distance:.4f}" for distance in after]
    assert [shown["L1"].delta, shown["L2"].delta] == [
        with_sign(b - a, 5) for a, b in zip(before, after, strict=True)
    ]
    off = (x - mean).abs()
    assert [curve["now"] for curve in component(at, "live_curves")["curves"]] == [
        percent(float(share), 2) for share in (off[14, 14] / off.sum(), off[14, 14] ** 2 / (off**2).sum())
    ]
    assert at.query_params["value"] == "0.25"


def test_a_moved_pixel_can_be_put_back():
    at = run("distance", value="0")
    assert metrics(at)["L1"].delta != ""
    button(at, "Put it back").click().run()
    assert metrics(at)["L1"].delta == ""
    assert "value" not in at.query_params


def test_both_curves_meet_where_a_pixel_weighs_the_same_in_both():
    given = BOOK | {"row": 14, "column": 14}
    _, _, _, equal = of(chapter.shares_by_difference, given)
    others = of(chapter.absolute, given).clone()
    others[14, 14] = 0
    share_l1 = equal / (equal + others.sum())
    assert torch.isclose(share_l1, equal**2 / (equal**2 + (others**2).sum()))


def test_a_pixel_off_by_more_than_that_weighs_more_in_l2_and_one_off_by_less_less():
    given = BOOK | {"row": 14, "column": 14}
    off_by, share_l1, share_l2, equal = of(chapter.shares_by_difference, given)
    more, less = off_by > equal, (off_by < equal) & (off_by > 0)
    assert (share_l2 > share_l1)[more].all()
    assert (share_l2 < share_l1)[less].all()


# -- confidence -------------------------------------------------------------------------------------


def test_sharpness_makes_any_confidence_of_the_same_distances():
    dull, sharp = (
        metrics(run("distance", closer="confidence", sharpness=str(sharpness))) for sharpness in (1, 200)
    )
    for label in ("L1 to ideal 3", "L1 to ideal 7"):
        assert dull[label].value == sharp[label].value
    dull, sharp = (float(shown["“confidence” in 3"].value.rstrip("%")) for shown in (dull, sharp))
    assert 50 < dull < 52
    assert sharp > 99


def test_confidence_is_the_softmax_of_minus_the_distances_times_sharpness():
    d3, d7 = of(chapter.two_distances, BOOK).tolist()
    by_hand = np.exp(-20 * d3) / (np.exp(-20 * d3) + np.exp(-20 * d7))
    assert metrics(run("distance", closer="confidence"))["“confidence” in 3"].value == percent(by_hand)


# -- any class, a drawing, any URL ------------------------------------------------------------------


@pytest.mark.parametrize("digit", [0, 1, 9])
def test_the_page_works_for_any_class(digit):
    rival = (digit + 1) % 10
    at = run("distance", digit=str(rival), place="7", ideal=str(digit), rival=str(rival))
    assert f"ideal {digit}" in text(at)


def test_a_drawing_is_measured_as_any_image(mnist):
    at = drawn(run("distance"), mnist.valid.images[61])
    control(at, "from").set_value("drawn").run()
    assert np.allclose(pixels(sent(at, THREE_WAYS)[0]), mnist.valid.images[61].numpy() / 255)
    assert "your drawing" in sent(at, THREE_WAYS)[0]["label"]


def test_without_a_drawing_there_is_a_way_to_the_pad():
    at = run("distance", **{"from": "drawn"})
    assert not components(at, "maps")
    assert button(at, "There is no drawing yet: draw a digit first.")


@pytest.mark.parametrize("norm", ["L1", "L2"])
def test_the_two_nearest_of_all_ten_are_one_click_away(mnist, norm):
    x, ten = mnist.train.images[10_000].float() / 255, torch.stack([ideal_of(mnist, d) for d in range(10)])
    power = {"L1": 1, "L2": 2}[norm]
    first, second, *_ = (x - ten).abs().pow(power).mean((1, 2)).argsort().tolist()
    at = run("distance", place="1", ideal="8", rival="9")
    colour = {"L1": "blue", "L2": "orange"}[norm]
    button(at, f"Nearest by :{colour}[{norm}]: {first}, {second}").click().run()
    assert (chosen(at, "ideal"), chosen(at, "rival")) == (first, second)
    assert [each["name"] for each in sent(at, THREE_WAYS)][1::5] == [f"ideal {first}", f"ideal {second}"]


@pytest.mark.parametrize(
    "nonsense", ["", "x", "-1", "99", "1e9", "9,99", "NaN", "0.5.5", "٣", "9" * 5000, "🙂"]
)
def test_nonsense_in_the_url_is_ignored_or_held_within_the_ends(nonsense):
    names = ("from", "digit", "place", "ideal", "rival", "spot", "value", "sharpness")
    at = run("distance", **dict.fromkeys(names, nonsense))
    assert not at.warning
    assert 1 <= chosen(at, "sharpness") <= 200


def test_every_picture_has_a_text_alternative_of_its_own():
    labels = [each["label"] for place in (THREE_WAYS, ONE_PIXEL) for each in sent(run("distance"), place)]
    assert all(re.search("[0-9]", label) for label in labels)
    assert len(set(labels)) == len(labels)


def test_an_image_that_is_the_ideal_itself_has_no_pixel_that_is_off(monkeypatch):
    images = torch.zeros(10, 28, 28, dtype=torch.uint8)
    images[torch.arange(10), torch.arange(10)] = 255  # one image a digit: each is its own ideal
    tiny = Dataset("tiny", *[Digits(images, torch.arange(10))] * 2)
    for module in (compute, data):
        monkeypatch.setattr(module, "mnist", lambda: tiny)
    lines.forget()
    try:
        at = run("distance")
        assert [info.value for info in at.info] == ["The image is ideal 3 itself: no pixel is off."]
        assert "nan" not in text(at)
        assert "nan" not in " ".join(metric.value for metric in at.metric)
        infos = [info.value for info in run("better", improved="gradient").info]
        assert infos == ["The image is ideal 3 itself: no pixel should change."]
    finally:
        lines.forget()
