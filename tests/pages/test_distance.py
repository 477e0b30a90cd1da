"""The Distance page, through the entry point without a browser, and its lines against plain PyTorch."""

import base64
import re
from itertools import product

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from mnist_dash import chapter, compute
from mnist_dash.core.datasets import Dataset, Digits
from mnist_dash.pages.broadcasting.shape_lab import parse
from mnist_dash.pages.shared.words import with_sign
from tests import oracle
from tests.app import button, components, drawn, run

EXHIBITS = ["three_ways", "one_pixel", "broadcasting", "gradient"]  # those with maps, in the page's order
BOOK = {"folder": "train/3", "place": 1, "digit": 3, "rival": 7}


def text(at):
    return " ".join(element.value for element in [*at.markdown, *at.caption])


def sent(at, exhibit):
    """The maps of an exhibit, in order."""
    of_page = dict(zip(EXHIBITS, components(at, "maps"), strict=True))
    return [each for group in of_page[exhibit]["groups"] for each in group["maps"]]


def pixels(each):
    return np.frombuffer(base64.b64decode(each["pixels"]), np.float32).reshape(28, 28)


def metrics(at):
    return {re.sub(r":\w+\[(\w+)\]", r"\1", metric.label): metric for metric in at.metric}


def ideal_of(mnist, digit):
    return (mnist.train.images[mnist.train.labels == digit].float() / 255).mean(0)


def of(function, given, **kwargs):
    outcome = compute.outcome(function, given, **kwargs)
    assert outcome.error is None
    return outcome.value


def slide(at, name, value):
    """As if the slider had been moved there and let go."""
    at.session_state[name] = value
    at.run()
    assert not at.exception
    return at


# -- three ways -------------------------------------------------------------------------------------


def test_the_page_begins_with_the_book_s_image_and_the_book_s_distances():
    at = run("distance")
    notes = [each["note"] for each in sent(at, "three_ways")]
    assert notes == ["", "", "mean +0.0009", "L1 0.1114", "L2 0.2021"]
    assert "| :blue[L1] | **0.1114** | 0.1586 | **3** ✓ |" in text(at)
    assert "| :orange[L2] | **0.2021** | 0.3021 | **3** ✓ |" in text(at)


def test_the_maps_are_the_difference_without_its_sign_and_squared_on_one_scale(mnist):
    image, ideal, signed, absolute, squared = sent(run("distance"), "three_ways")
    x, mean = mnist.train.images[10_000].numpy() / 255, ideal_of(mnist, 3).numpy()
    for each, expected in [
        (image, x), (ideal, mean), (signed, x - mean), (absolute, abs(x - mean)), (squared, (x - mean) ** 2)
    ]:  # fmt: skip
        assert np.allclose(pixels(each), expected, atol=1e-6)
        assert each["top"] == 1
    assert [each["colours"] for each in (signed, absolute, squared)] == ["signed", "L1", "L2"]


def test_pytorch_s_losses_are_l1_and_l2_and_mse_loss_alone_is_neither(mnist):
    at = run("distance")
    x, mean = mnist.train.images[10_000].float() / 255, ideal_of(mnist, 3)
    assert f"| `F.l1_loss(x, ideal)` | {F.l1_loss(x, mean):.4f} | ✓ is :blue[L1] |" in text(at)
    root, square = F.mse_loss(x, mean).sqrt(), F.mse_loss(x, mean)
    assert f"| `F.mse_loss(x, ideal).sqrt()` | {root:.4f} | ✓ is :orange[L2] |" in text(at)
    assert f"| `F.mse_loss(x, ideal)` | {square:.4f} | ✗ is not :orange[L2] |" in text(at)


def test_the_signed_mean_is_right_far_less_often_than_the_norms():
    assert "Of the 1,010 validation 3s it calls 626 rightly, :blue[L1] 926," in text(run("distance"))


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
        button(at, "Show an image where the signed mean picks wrong").click().run()
        assert at.session_state["from"] == "valid"
        x = torch.from_numpy(pixels(sent(at, "three_ways")[0]).copy())
        assert (x - three).mean().abs() > (x - seven).mean().abs()
        assert F.l1_loss(x, three) < F.l1_loss(x, seven)
        assert "**7** ✗ |" in text(at)
        assert (mnist.valid.images[mnist.valid.labels == 3] == (x * 255).round().byte()).all((1, 2)).any()
        seen.add(at.session_state["place"])
    assert len(seen) == 3


def test_after_the_last_such_image_comes_the_first():
    given = {"digit": 3, "rival": 7, "valid_folder": "valid/3"}
    wrong = of(chapter.cancelled, given)[2].tolist()
    at = run("distance", **{"from": "valid", "digit": "3", "place": str(wrong[-1])})
    button(at, "Show an image where the signed mean picks wrong").click().run()
    assert at.session_state["place"] == wrong[0]


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
    at = slide(run("distance", spot="14,14"), "value", 0.25)
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
    assert shown["its share of L1"].value == f"{off[14, 14] / off.sum():.2%}"
    assert shown["its share of L2"].value == f"{off[14, 14] ** 2 / (off**2).sum():.2%}"
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
    dull, sharp = (metrics(run("distance", sharpness=str(sharpness))) for sharpness in (1, 200))
    for label in ("L1 to ideal 3", "L1 to ideal 7"):
        assert dull[label].value == sharp[label].value
    dull, sharp = (float(shown["“confidence” in 3"].value.rstrip("%")) for shown in (dull, sharp))
    assert 50 < dull < 52
    assert sharp > 99


def test_confidence_is_the_softmax_of_minus_the_distances_times_sharpness():
    d3, d7 = of(chapter.two_distances, BOOK).tolist()
    by_hand = np.exp(-20 * d3) / (np.exp(-20 * d3) + np.exp(-20 * d7))
    assert metrics(run("distance"))["“confidence” in 3"].value == f"{by_hand:.1%}"


# -- broadcasting -----------------------------------------------------------------------------------


def test_every_shape_on_the_way_is_shown():
    shown = text(run("distance"))
    assert "| `tensor([1, 2, 3]) + tensor(1)` | `tensor([2, 3, 4])` |" in shown
    assert "| `(1010, 28, 28) - (28, 28)` | `(1010, 28, 28)` |" in shown
    assert "| `.abs().mean((-1, -2))` | `(1010,)` |" in shown
    assert "| `.abs().mean(0)` | `(28, 28)` |" in shown


@pytest.mark.parametrize("digit", [1, 3])
def test_the_means_over_pixels_and_over_images_are_those_of_a_loop(mnist, digit):
    at = run("distance", ideal=str(digit), rival="7")
    nearest, farthest, over_images = sent(at, "broadcasting")
    ideal = ideal_of(mnist, digit)
    images = mnist.valid.images[mnist.valid.labels == digit].float() / 255
    distances = [float(F.l1_loss(image, ideal)) for image in images]
    assert [nearest["note"], farthest["note"]] == [f"{min(distances):.4f}", f"{max(distances):.4f}"]
    assert np.allclose(pixels(nearest), images[np.argmin(distances)])
    total = sum((image - ideal).abs() for image in images)
    assert np.allclose(pixels(over_images), total / len(images), atol=1e-5)


def test_the_stretched_ideal_takes_the_room_of_one():
    at = run("distance")
    assert "the strides `(0, 28, 1)`" in text(at)
    assert (metrics(at)["it looks like"].value, metrics(at)["it takes"].value) == (
        "3,167,360 bytes",
        "3,136 bytes",
    )


# -- shape lab --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "shape"),
    [
        ("1010, 28, 28", (1010, 28, 28)),
        ("(28,28)", (28, 28)),
        ("[ 3 ]", (3,)),
        ("28x28", (28, 28)),
        ("28 × 28", (28, 28)),
        ("28 28", (28, 28)),
        ("(3,)", (3,)),
        ("()", ()),
        ("", ()),
        ("0, 1000000000", (0, 1_000_000_000)),
        ("007", (7,)),
    ],
)
def test_shapes_are_read_as_people_write_them(typed, shape):
    assert parse(typed) == shape


@pytest.mark.parametrize(
    "typed",
    [
        "a",
        "-1",
        "2.5",
        "28; 28",
        "٣",
        "1e3",
        "((3))",
        "1,2,3,4,5,6,7",
        "1000000001",
        "9" * 60,
        "\0",
        "🙂",
        "3)(",
        "xxxx",
        "3,,4",
    ],
)
def test_what_is_no_shape_gets_one_sentence(typed):
    assert isinstance(parse(typed), str)
    at = run("distance", a=typed)
    assert [warning.value for warning in at.warning] == [f"Shape a: {parse(typed)}"]


def test_shapes_that_fit_are_shown_with_both_strides_and_bytes():
    shown = text(run("distance"))
    assert "**They fit.** The result is `(1010, 28, 28)`." in shown
    assert "| strides | `(784, 28, 1)` | `(28, 1)` |" in shown
    assert "| stretched | `(784, 28, 1)` | `(0, 28, 1)` |" in shown
    assert "| bytes it takes | 3,167,360 | 3,136 |" in shown
    assert "| bytes it looks like | 3,167,360 | 3,167,360 |" in shown


def test_shapes_that_clash_get_pytorch_s_own_words():
    at = run("distance")
    button(at, "A clash").click().run()
    with pytest.raises(RuntimeError) as raised:
        torch.zeros(1010, 28, 28) + torch.zeros(1010)
    assert f"RuntimeError: {raised.value}" in " ".join(error.value for error in at.error)
    assert at.query_params["b"] == "1010"


@pytest.mark.parametrize(
    ("a", "b"), [("1000000000,1000000000,1000000000", "1"), ("1000000000,1,1", "1,1000000000,1000000000")]
)
def test_shapes_beyond_every_computer_get_pytorch_s_own_words(a, b):
    at = run("distance", a=a, b=b)
    assert "overflow" in " ".join(error.value for error in at.error)
    assert "**They fit**, but" in text(at)


def test_the_alignment_agrees_with_pytorch_on_every_pair_of_small_shapes():
    shapes = [shape for rank in range(4) for shape in product((0, 1, 2, 3), repeat=rank)]
    for a, b in product(shapes, repeat=2):
        lengths = tuple(length for _, _, length in chapter.aligned(a, b))
        try:
            expected = tuple(torch.broadcast_shapes(a, b))
        except RuntimeError:
            assert None in lengths
        else:
            assert lengths == expected
            assert chapter.broadcast(a, b)[0] == expected


# -- NumPy and PyTorch ------------------------------------------------------------------------------


def test_both_libraries_give_the_same_numbers(mnist):
    first, same, apart = of(chapter.both_libraries, {"digit": 3})
    images = mnist.valid.images[mnist.valid.labels == 3].float() / 255
    expected = [float(F.l1_loss(image, ideal_of(mnist, 3))) for image in images[:3]]
    assert np.allclose(first, expected)
    assert np.allclose(same, expected)
    assert apart < 1e-6


def test_the_time_is_taken_once_and_again_on_demand():
    at = run("distance")
    first = [metrics(at)[library].value for library in ("NumPy", "PyTorch")]
    assert [metrics(run("distance"))[library].value for library in ("NumPy", "PyTorch")] == first
    before = compute.outcome(chapter.timed, {"digit": 3})
    button(at, "Time them again").click().run()
    assert compute.outcome(chapter.timed, {"digit": 3}, time=at.session_state["timing"]) is not before
    assert metrics(at)["PyTorch / NumPy"].value


def test_the_device_and_the_threads_are_named():
    assert torch.get_num_threads() == 1
    where = "GPU" if torch.accelerator.is_available() else "CPU, one thread each"
    assert where in text(run("distance"))


def test_both_refuse_a_jagged_list_in_their_own_words():
    errors = " ".join(error.value for error in run("distance").error)
    assert "inhomogeneous shape" in errors
    assert "expected sequence of length 3 at dim 1 (got 2)" in errors


# -- autograd ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("norm", ["L1", "L2"])
def test_the_gradient_is_the_slope_of_the_distance(norm):
    x, ideal = of(chapter.x, BOOK).double(), of(chapter.ideal, BOOK).double()
    gradient = of({"L1": chapter.gradient_l1, "L2": chapter.gradient_l2}[norm], BOOK)

    def distance(image):
        return F.l1_loss(image, ideal) if norm == "L1" else F.mse_loss(image, ideal).sqrt()

    for row, column in [(14, 14), (24, 7), (6, 20)]:
        higher, lower = x.clone(), x.clone()
        higher[row, column] += 1e-5
        lower[row, column] -= 1e-5
        slope = (distance(higher) - distance(lower)) / 2e-5
        assert slope == pytest.approx(float(gradient[row, column]), abs=1e-6)


def test_a_step_moves_both_distances_down_and_is_shown():
    at = run("distance")
    way_l1, after_l1, way_l2, after_l2 = sent(at, "gradient")
    x = sent(at, "three_ways")[0]
    for way, after in [(way_l1, after_l1), (way_l2, after_l2)]:
        assert np.allclose(pixels(after), pixels(x) + 50 * pixels(way), atol=1e-6)
    assert [group["value"] for group in components(at, "maps")[3]["groups"]] == ["0.1004", "0.1383"]
    assert "−0.001276, 0.000000, +0.001276" in text(at)


def test_no_step_leaves_the_image_as_it_is():
    at = slide(run("distance"), "step", 0)
    assert [group["value"] for group in components(at, "maps")[3]["groups"]] == ["0.1114", "0.2021"]
    assert at.query_params["step"] == "0"


def test_numpy_has_no_gradient():
    errors = [error.value for error in run("distance").error]
    assert "`AttributeError: 'numpy.ndarray' object has no attribute 'backward'`" in errors


def test_an_image_that_is_the_ideal_itself_has_no_way_to_go(monkeypatch):
    images = torch.zeros(10, 28, 28, dtype=torch.uint8)
    images[torch.arange(10), torch.arange(10)] = 255  # one image a digit: each is its own ideal
    tiny = Dataset("tiny", *[Digits(images, torch.arange(10))] * 2)
    monkeypatch.setattr(compute, "mnist", lambda: tiny)
    monkeypatch.setattr(compute.data, "mnist", lambda: tiny)
    compute.lines.forget()
    try:
        at = run("distance")
        assert [info.value for info in at.info] == [
            "The image is ideal 3 itself: no pixel is off.",
            "The image is ideal 3 itself: no pixel should change.",
        ]
        assert "nan" not in text(at)
        assert "nan" not in " ".join(metric.value for metric in at.metric)
    finally:
        compute.lines.forget()


# -- any class, a drawing, any URL ------------------------------------------------------------------


@pytest.mark.parametrize("digit", range(10))
def test_the_page_works_for_any_class(digit):
    rival = (digit + 1) % 10
    at = run("distance", digit=str(rival), place="7", ideal=str(digit), rival=str(rival))
    assert not at.exception
    assert f"ideal {digit}" in text(at)


def test_a_drawing_is_measured_as_any_image(mnist):
    at = drawn(run(), mnist.valid.images[61])
    at.switch_page("pages/distance/page.py").run()
    at.segmented_control(key="from").set_value("drawn").run()
    assert not at.exception
    assert np.allclose(pixels(sent(at, "three_ways")[0]), mnist.valid.images[61].numpy() / 255)
    assert "your drawing" in sent(at, "three_ways")[0]["label"]


def test_without_a_drawing_there_is_a_way_to_the_pad_and_what_needs_no_image():
    at = run("distance", **{"from": "drawn"})
    assert len(components(at, "maps")) == 1
    assert "it takes" in metrics(at)
    assert "L1" not in metrics(at)


@pytest.mark.parametrize(
    "nonsense", ["", "x", "-1", "99", "1e9", "9,99", "NaN", "0.5.5", "٣", "9" * 5000, "🙂"]
)
def test_nonsense_in_the_url_is_ignored_or_held_within_the_ends(nonsense):
    names = ("from", "digit", "place", "ideal", "rival", "spot", "value", "sharpness", "step")
    at = run("distance", **dict.fromkeys(names, nonsense))
    assert not at.exception
    assert not at.warning
    assert 1 <= at.session_state["sharpness"] <= 200
    assert 0 <= at.session_state["step"] <= 420


def test_every_picture_has_a_text_alternative_of_its_own():
    labels = [each["label"] for exhibit in EXHIBITS for each in sent(run("distance"), exhibit)]
    assert all(re.search("[0-9]", label) for label in labels)
    assert len(set(labels)) == len(labels)
