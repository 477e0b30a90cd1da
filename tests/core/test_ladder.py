"""The ladder: every rung against another library."""

from collections.abc import Generator

import numpy as np
import pytest
import torch
from sklearn.cluster import KMeans
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import SGDClassifier
from sklearn.neighbors import KNeighborsClassifier, NearestCentroid

from mnist_dash.core.datasets import Digits
from mnist_dash.core.ladder import PUBLISHED, RUNGS, SOURCE, Rung, climb, climbing, source

CLASSES = (0, 3, 4, 7)


def flat(images):
    return images.flatten(1).double().numpy() / 255


@pytest.fixture(scope="module")
def some(mnist):
    """150 training images of each of four digits, and 1,500 validation images of them."""
    train, valid = mnist.train.of(CLASSES, 150), mnist.valid.of(CLASSES)
    return train, Digits(valid.images[:1500], valid.labels[:1500])


def answers(name, some, k=None):
    """What a rung says, all at once."""
    train, valid = some
    said = whole(whole(RUNGS[name].teach(train, CLASSES, k))(valid.images))
    return said.numpy()


def whole(pieces):
    """What comes out in the end, of pieces or at once."""
    while isinstance(pieces, Generator):
        try:
            next(pieces)
        except StopIteration as end:
            return end.value
    return pieces


def by_sklearn(classifier, some):
    train, valid = some
    return classifier.fit(flat(train.images), train.labels).predict(flat(valid.images))


def test_the_commonest_digit_is_that_of_a_dummy(some):
    train = Digits(some[0].images[40:], some[0].labels[40:])
    ours = answers("commonest", (train, some[1]))
    assert np.array_equal(ours, by_sklearn(DummyClassifier(strategy="most_frequent"), (train, some[1])))


def test_average_darkness_is_the_nearest_centroid_of_one_number(some):
    train, valid = some
    dark = [flat(digits.images).mean(1, keepdims=True) for digits in (train, valid)]
    theirs = NearestCentroid().fit(dark[0], train.labels).predict(dark[1])
    assert (answers("darkness", some) == theirs).mean() > 0.999


@pytest.mark.parametrize(
    ("rung", "metric", "made"),
    [
        ("L1", "manhattan", np.mean),
        ("L2", "euclidean", np.mean),
        ("median-L1", "manhattan", np.median),
        ("median-L2", "euclidean", np.median),
    ],
)
def test_the_nearest_ideal_is_the_nearest_neighbour_among_the_ideals(some, rung, metric, made):
    train, valid = some
    ideals = [made(flat(train.images[train.labels == cls]), axis=0) for cls in CLASSES]
    nearest = KNeighborsClassifier(1, metric=metric).fit(np.array(ideals), CLASSES)
    assert (answers(rung, some) == nearest.predict(flat(valid.images))).mean() > 0.999


def test_one_ideal_a_digit_by_k_means_is_the_mean(some):
    assert np.array_equal(answers("several", some, 1), answers("L2", some))


def test_several_ideals_do_about_as_well_as_those_of_scikit_learn(some):
    train, valid = some
    made = [
        KMeans(8, n_init=1, random_state=0).fit(flat(train.images[train.labels == cls])).cluster_centers_
        for cls in CLASSES
    ]
    nearest = KNeighborsClassifier(1).fit(np.concatenate(made), np.repeat(CLASSES, 8))
    theirs = (nearest.predict(flat(valid.images)) == valid.labels.numpy()).mean()
    assert (answers("several", some, 8) == valid.labels.numpy()).mean() == pytest.approx(theirs, abs=0.01)


def test_as_many_ideals_as_images_are_the_images(some):
    assert np.array_equal(answers("several", some, 150), answers("neighbours", some, 1))


@pytest.mark.parametrize("k", [1, 2, 3, 8, 700])
def test_neighbours_vote_as_those_of_scikit_learn(some, k):
    theirs = by_sklearn(KNeighborsClassifier(min(k, len(some[0])), algorithm="brute"), some)
    assert (answers("neighbours", some, k) == theirs).mean() > 0.999


def test_neighbours_are_found_across_batches(mnist):
    train, valid = mnist.train.of((3, 7), 4000), mnist.valid.of((3, 7), 60)
    answer = whole(RUNGS["neighbours"].teach(train, (3, 7), 5))
    apart = torch.cdist(valid.images.flatten(1).double(), train.images.flatten(1).double())
    nearest = train.labels[apart.topk(5, largest=False).indices]
    assert whole(answer(valid.images)).equal(nearest.mode(dim=1).values)


def test_least_squares_are_those_of_numpy(some):
    train, valid = some
    x, asked = (np.c_[flat(digits.images), np.ones(len(digits))] for digits in (train, valid))
    y = (train.labels[:, None] == torch.tensor(CLASSES)).double().numpy()
    weights = np.linalg.lstsq(x, y)[0]
    assert (answers("squares", some) == np.array(CLASSES)[(asked @ weights).argmax(1)]).mean() > 0.999


@pytest.mark.parametrize(("count", "shape"), [(400, (8, 8)), (12, (4, 7)), (30, (64, 64))])
def test_least_squares_are_those_of_numpy_for_images_of_any_size(count, shape):
    chance = torch.Generator().manual_seed(0)
    labels = torch.arange(count) % 4
    around = torch.randint(60, 196, (4, *shape), generator=chance)[labels]
    noisy = around + 50 * torch.randn(count, *shape, generator=chance)
    train = Digits(noisy.clamp(0, 255).byte(), torch.tensor(CLASSES)[labels])
    test_least_squares_are_those_of_numpy((train, train))


def test_least_squares_of_too_many_weights_from_too_many_images_are_refused_in_words():
    train = Digits(torch.zeros(2600, 64, 64, dtype=torch.uint8), torch.arange(2600) % 2)
    with pytest.raises(ValueError, match="4,097 weights from 2,600 images are too much for one equation"):
        whole(RUNGS["squares"].teach(train, (0, 1), None))


@pytest.mark.parametrize("shape", [(8, 8), (128, 128)])
@pytest.mark.parametrize("rung", RUNGS)
def test_a_rung_learns_from_two_images_of_any_size_and_from_blank_ones(rung, shape):
    dark = torch.full((2, *shape), 200, dtype=torch.uint8)
    dark[0, : shape[0] // 2] = 20
    for images in (dark, torch.zeros_like(dark)):
        reached = climb(rung, Digits(images, torch.arange(2)), (0, 1), images, torch.arange(2), 50)
        told_apart = images is dark and rung not in ("commonest", "neighbours")
        assert reached.wrong == (0 if told_apart else 1)


def test_the_linear_layer_does_about_as_well_as_that_of_scikit_learn(some):
    labels = some[1].labels.numpy()
    theirs = (by_sklearn(SGDClassifier(loss="log_loss", random_state=0), some) == labels).mean()
    assert (answers("layer", some) == labels).mean() == pytest.approx(theirs, abs=0.03)


@pytest.mark.parametrize("rung", RUNGS)
def test_a_rung_learns_from_a_single_image_of_each_digit(mnist, rung):
    train, valid = mnist.train.of((3, 7), 1), mnist.valid.of((3, 7), 20)
    reached = climb(rung, train, (3, 7), valid.images, valid.labels, 50)
    assert (sum(reached.score.total), reached.images) == (40, 2)
    assert reached.wrong == 40 - sum(reached.score.right)


@pytest.mark.parametrize("rung", RUNGS)
def test_a_rung_answers_images_that_were_not_divided(mnist, rung):
    train, valid = mnist.train.of((3, 7), 30), mnist.valid.of((3, 7), 20)
    reached = climb(rung, train, (3, 7), valid.images.float(), valid.labels, 3)
    assert sum(reached.score.total) == 40


@pytest.mark.parametrize("rung", RUNGS)
def test_climbing_says_how_far_it_is_and_comes_out_alike(some, rung):
    train, valid = some
    pieces, said = climbing(RUNGS[rung], train, CLASSES, valid.images, valid.labels, 4), []
    while True:
        try:
            said.append(next(pieces))
        except StopIteration as end:
            reached = end.value
            break
    assert {word for word, _ in said} == {"learns", "answers"}
    assert all(0 <= share <= 1 for _, share in said)
    assert said[-1] == ("answers", 1)
    assert min(reached.teaching, reached.answering) > 0
    assert reached.score == climb(rung, train, CLASSES, valid.images, valid.labels, 4).score


def test_a_rung_works_everything_out_itself_so_the_time_is_its_own(some):
    train, valid = some
    known = []

    def teach(train, classes, k):
        known.append({*vars(train)})
        yield 0.0
        train.sum_of_first(classes[0], 1)
        return lambda images: torch.full((len(images),), classes[0])

    for _ in range(2):
        whole(climbing(Rung("Any", "Any.", teach), train, CLASSES, valid.images, valid.labels, None))
    assert known == [{"images", "labels"}] * 2


def test_every_rung_has_words_and_code_to_show():
    for rung in RUNGS.values():
        assert rung.title
        assert rung.idea.endswith((".", "?"))
        assert source(rung).removeprefix("@_at_once\n").startswith("def ")
    assert "1998" in SOURCE
    assert [round(100 * (1 - each.accuracy), 2) for each in PUBLISHED] == [12, 5, 3.09, 4.7, 3.3, 0.95]


@pytest.mark.parametrize(("rung", "accuracy"), [("L1", 0.9514), ("L2", 0.9661)])
def test_the_rungs_of_the_ideals_are_the_accuracies_of_the_book(mnist, rung, accuracy):
    valid = mnist.valid.of((3, 7))
    reached = climb(rung, mnist.train.of((3, 7)), (3, 7), valid.images, valid.labels, None)
    assert round(reached.score.pooled, 4) == accuracy
