import pytest
import torch

from mnist_dash import Dataset, Digits, compute
from mnist_dash.core import baseline
from mnist_dash.core.baseline import IDEALS


@pytest.mark.parametrize("how", IDEALS)
def test_ideals_are_those_of_the_baseline(mnist, how):
    ours = compute.ideals(mnist, (3, 7), how=how)
    assert ours.equal(baseline.ideals(mnist.train, (3, 7), how=how))


def test_a_verdict_names_the_nearest_the_runner_up_and_the_margin(mnist):
    verdicts = compute.verdicts(mnist.train.images[10_000], mnist, (3, 7))
    for norm, to_3, to_7 in [("L1", 0.1114, 0.1586), ("L2", 0.2021, 0.3021)]:
        verdict = verdicts[norm]
        assert (verdict.nearest, verdict.runner_up) == (3, 7)
        assert [round(distance, 4) for distance in verdict.distances] == [to_3, to_7]
        assert verdict.margin == pytest.approx(to_7 - to_3, abs=1e-4)


def test_a_verdict_of_equal_distances_names_the_smaller_class():
    same = torch.tensor([[[0, 255]], [[0, 255]]], dtype=torch.uint8)
    digits = Digits(same, torch.tensor([8, 2]))
    twins = Dataset("twins", train=digits, valid=digits)
    verdict = compute.verdicts(same[0], twins, (2, 8))["L1"]
    assert (verdict.nearest, verdict.runner_up, verdict.margin) == (2, 8, 0.0)


def test_a_random_image_is_one_of_the_digits_in_play(mnist):
    labels = set()
    for _ in range(40):
        image = mnist.valid.images[compute.random_place(mnist, (3, 7))]
        place, label = compute.label_of(image.numpy().tobytes(), mnist)
        assert mnist.valid.images[place].equal(image)
        assert mnist.valid.labels[place] == label
        labels.add(label)
    assert labels == {3, 7}  # by chance only one of them: once in 2 ** 39 runs


def test_a_picture_that_is_not_in_the_validation_set_has_no_label(mnist):
    assert compute.label_of(bytes(784), mnist) is None
    assert compute.label_of(None, mnist) is None
