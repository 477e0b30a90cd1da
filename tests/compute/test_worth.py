"""What a step is worth: the same as reading sheet by sheet, known bit by bit."""

import numpy as np
import pytest
import torch

from mnist_dash import compute
from mnist_dash.compute.background import Job
from mnist_dash.compute.worth import pieces
from mnist_dash.core import sheets
from mnist_dash.core.baseline import NORMS
from mnist_dash.core.handwriting import HandwritingError, to_mnist


@pytest.mark.parametrize("without", [(), ("centre",), ("box", "centre"), ("scale",), ("polarity", "light")])
def test_what_a_step_is_worth_agrees_with_reading_sheet_by_sheet(mnist, without):
    classes = (3, 5, 7)
    last = compute.worth(mnist, classes, frozenset(without), 40).finish()
    places = [place for place in range(1000) if int(mnist.valid.labels[place]) in classes][:40]
    ideals = compute.ideals(mnist, classes).double()
    right = dict.fromkeys(NORMS, 0)
    for place in places:
        photo = sheets.small_photo(mnist.valid.images[place], place)
        try:
            seen = to_mnist(photo, without=set(without) - {"scale"})
        except HandwritingError:
            seen = torch.zeros(28, 28)
        seen = seen.double() / (1 if "scale" in without else 255)
        costs = {"L1": (seen - ideals).abs(), "L2": (seen - ideals) ** 2}
        for norm, cost in costs.items():
            answer = classes[int(cost.mean((-1, -2)).argmin())]
            right[norm] += answer == int(mnist.valid.labels[place])
    assert {norm: sum(score.right) for norm, score in last.items()} == right
    assert sum(last["L1"].total) == 40


def test_sheet_after_sheet_is_counted(mnist):
    job = Job(pieces(mnist, (0, 1), frozenset({"grey"}), 35))
    counts = []
    while not job.done:
        job.go_on()
        counts.append(sum(job.said["L2"].total))
    assert counts == [10, 20, 30, 35, 35]
    assert job.value == job.said


def test_so_far_is_what_the_job_says(mnist):
    asked = (mnist, (0, 1), frozenset({"light"}), 10)
    value = compute.worth(*asked).finish()
    assert compute.worth(*asked).said == value


def test_a_sheet_is_the_same_every_time_and_differs_from_the_next(mnist):
    one, again, other = (sheets.small_photo(mnist.valid.images[0], number) for number in (7, 7, 8))
    assert one.tobytes() == again.tobytes()
    assert one.size != other.size or one.tobytes() != other.tobytes()
    assert np.asarray(one).ndim == 3
