"""Broadcasting: every shape on the way against a loop, any two shapes against PyTorch, both libraries."""

from itertools import product

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from mnist_dash import chapter, compute
from mnist_dash.pages.broadcasting.shape_lab import parse
from tests.app import button, chosen, run, sound
from tests.pages.shown import ideal_of, metrics, of, pixels, sent, text

# -- broadcasting -----------------------------------------------------------------------------------


def test_every_shape_on_the_way_is_shown():
    shown = text(run("broadcasting"))
    assert "| `tensor([1, 2, 3]) + tensor(1)` | `tensor([2, 3, 4])` |" in shown
    assert "| `(1010, 28, 28) - (28, 28)` | `(1010, 28, 28)` |" in shown
    assert "| `.abs().mean((-1, -2))` | `(1010,)` |" in shown
    assert "| `.abs().mean(0)` | `(28, 28)` |" in shown


@pytest.mark.parametrize("digit", [1, 3])
def test_the_means_over_pixels_and_over_images_are_those_of_a_loop(mnist, digit):
    at = run("broadcasting", ideal=str(digit))
    nearest, farthest, over_images = sent(at, 0)
    ideal = ideal_of(mnist, digit)
    images = mnist.valid.images[mnist.valid.labels == digit].float() / 255
    distances = [float(F.l1_loss(image, ideal)) for image in images]
    assert [nearest["note"], farthest["note"]] == [f"{min(distances):.4f}", f"{max(distances):.4f}"]
    assert np.allclose(pixels(nearest), images[np.argmin(distances)])
    total = sum((image - ideal).abs() for image in images)
    assert np.allclose(pixels(over_images), total / len(images), atol=1e-5)


def test_the_stretched_ideal_takes_the_room_of_one():
    at = run("broadcasting")
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


def test_the_sentence_stands_beside_the_rest_of_the_page():
    at = run("broadcasting", a="28; 28", b="1,2,3,4,5,6,7")
    assert [warning.value for warning in at.warning] == [
        f"Shape a: {parse('28; 28')}", f"Shape b: {parse('1,2,3,4,5,6,7')}"
    ]  # fmt: skip
    assert "it takes" in metrics(at)


def test_shapes_that_fit_are_shown_with_both_strides_and_bytes():
    shown = text(run("broadcasting"))
    assert "**They fit.** The result is `(1010, 28, 28)`." in shown
    assert "| strides | `(784, 28, 1)` | `(28, 1)` |" in shown
    assert "| stretched | `(784, 28, 1)` | `(0, 28, 1)` |" in shown
    assert "| bytes it takes | 3,167,360 | 3,136 |" in shown
    assert "| bytes it looks like | 3,167,360 | 3,167,360 |" in shown


def test_shapes_that_clash_get_pytorch_s_own_words():
    at = run("broadcasting")
    sound(button(at, "A clash").click().run())
    with pytest.raises(RuntimeError) as raised:
        torch.zeros(1010, 28, 28) + torch.zeros(1010)
    assert f"RuntimeError: {raised.value}" in " ".join(error.value for error in at.error)
    assert at.query_params["b"] == "1010"


@pytest.mark.parametrize(
    ("a", "b"), [("1000000000,1000000000,1000000000", "1"), ("1000000000,1,1", "1,1000000000,1000000000")]
)
def test_shapes_beyond_every_computer_get_pytorch_s_own_words(a, b):
    at = run("broadcasting", a=a, b=b)
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
    at = run("broadcasting", fitting="libraries")
    first = [metrics(at)[library].value for library in ("NumPy", "PyTorch")]
    assert [
        metrics(run("broadcasting", fitting="libraries"))[library].value for library in ("NumPy", "PyTorch")
    ] == first
    before = compute.outcome(chapter.timed, {"digit": 3})
    button(at, "Time them again").click().run()
    assert compute.outcome(chapter.timed, {"digit": 3}, time=chosen(at, "timing")) is not before
    assert metrics(at)["PyTorch / NumPy"].value


def test_the_ratio_is_that_of_the_two_times_shown():
    at = run("broadcasting", fitting="libraries")
    numpy_took, pytorch_took, _, least, most = compute.outcome(chapter.timed, {"digit": 3}).value
    shown = {name: metric.value for name, metric in metrics(at).items()}
    assert shown["NumPy"] == f"{1000 * numpy_took:.1f} ms"
    assert shown["PyTorch"] == f"{1000 * pytorch_took:.1f} ms"
    assert shown["PyTorch / NumPy"] == f"{pytorch_took / numpy_took:.2f}"
    assert f"the ratio ran from {least:.2f} to {most:.2f}" in text(at)


def test_the_libraries_are_not_said_to_agree_on_every_number():
    _, _, apart = of(chapter.both_libraries, {"digit": 3})
    assert apart > 0
    said = text(run("broadcasting", fitting="libraries"))
    assert "every number" not in said
    assert "**They agree, apart from rounding.**" in said
    assert f"{apart:.9f}: each library adds up" in said


def test_the_device_and_the_threads_are_named():
    assert torch.get_num_threads() == 1
    where = "GPU" if torch.accelerator.is_available() else "CPU, one thread each"
    assert where in text(run("broadcasting", fitting="libraries"))


def test_both_refuse_a_jagged_list_in_their_own_words():
    errors = " ".join(error.value for error in run("broadcasting", fitting="libraries").error)
    assert "inhomogeneous shape" in errors
    assert "expected sequence of length 3 at dim 1 (got 2)" in errors
