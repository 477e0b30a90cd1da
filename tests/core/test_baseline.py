"""The mathematics against the book, against loops worked by hand, and against independent oracles."""

import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import binomtest
from sklearn.neighbors import NearestCentroid

from mnist_dash import Digits
from mnist_dash.core.baseline import (
    BATCH,
    IDEALS,
    NORMS,
    Accuracy,
    accuracy,
    by_ink,
    confusion,
    ideals,
    l1,
    l1_costs,
    l2,
    l2_costs,
    left_out_distances,
    predict,
    ranking,
    scaled,
)
from mnist_dash.core.ink import Ink
from tests.properties import examples

BOOK = (3, 7)
TEN = tuple(range(10))


@pytest.fixture(scope="module")
def book_ideals(mnist):
    return ideals(mnist.train, BOOK)


# -- the book's own numbers -----------------------------------------------------------------------


@pytest.mark.parametrize(("norm", "to_3", "to_7"), [("L1", 0.1114, 0.1586), ("L2", 0.2021, 0.3021)])
def test_the_books_three_is_as_far_from_both_ideals_as_in_the_book(mnist, book_ideals, norm, to_3, to_7):
    distances = NORMS[norm].distances(mnist.train.images[10_000:10_001], book_ideals)
    assert [round(distance, 4) for distance in distances[0].tolist()] == [to_3, to_7]


def test_l1_on_the_validation_set_is_as_accurate_as_in_the_book(mnist, book_ideals):
    predictions = predict(NORMS["L1"].distances(mnist.valid.images, book_ideals), BOOK)
    score = accuracy(predictions, mnist.valid.labels, BOOK)
    assert score.right == (926, 1013)
    assert score.total == (1010, 1028)
    assert [round(share, 4) for share in score.per_class] == [0.9168, 0.9854]
    assert round(score.mean_per_class, 4) == 0.9511
    assert round(score.pooled, 4) == 0.9514


def test_the_books_own_lines_give_the_same_ideals_distances_and_accuracy(mnist, book_ideals):
    """Chapter 4 as printed, in plain PyTorch, with the two folders as lists of images."""
    stacked_threes = torch.stack([*mnist.train.stacks[3]]).float() / 255
    stacked_sevens = torch.stack([*mnist.train.stacks[7]]).float() / 255
    mean3, mean7 = stacked_threes.mean(0), stacked_sevens.mean(0)
    torch.testing.assert_close(book_ideals, torch.stack([mean3, mean7]), rtol=0, atol=3e-7)

    valid_3_tens = mnist.valid.stacks[3].float() / 255
    valid_7_tens = mnist.valid.stacks[7].float() / 255

    def mnist_distance(a, b):
        return (a - b).abs().mean((-1, -2))

    def is_3(x):
        return mnist_distance(x, mean3) < mnist_distance(x, mean7)

    accuracy_3s = is_3(valid_3_tens).float().mean()
    accuracy_7s = (1 - is_3(valid_7_tens).float()).mean()
    predictions = predict(NORMS["L1"].distances(mnist.valid.images, book_ideals), BOOK)
    ours = accuracy(predictions, mnist.valid.labels, BOOK)
    assert ours.per_class == pytest.approx((accuracy_3s.item(), accuracy_7s.item()), abs=1e-6)
    assert ours.mean_per_class == pytest.approx(((accuracy_3s + accuracy_7s) / 2).item(), abs=1e-6)


# -- ideals ---------------------------------------------------------------------------------------


def test_all_ten_mean_ideals_agree_with_numpy(mnist):
    expected = [mnist.train.stacks[cls].numpy().mean(0, dtype=np.float64) / 255 for cls in TEN]
    ours = ideals(mnist.train, TEN)
    assert ours.dtype == torch.float32
    assert ours.shape == (10, 28, 28)
    np.testing.assert_allclose(ours.numpy(), expected, rtol=0, atol=1e-6)


def test_median_ideals_split_every_pixel_in_halves(mnist):
    """At most half of the images lie below the median and at most half above: that defines it."""
    classes = (0, 1, 5)
    for cls, median in zip(classes, ideals(mnist.train, classes, how="median"), strict=True):
        stack = mnist.train.stacks[cls]
        assert ((stack < median * 255 - 1e-3).float().mean(0) <= 0.5).all()
        assert ((stack > median * 255 + 1e-3).float().mean(0) <= 0.5).all()


def test_the_ideal_of_two_images_worked_by_hand():
    digits = Digits(
        torch.tensor([[[0, 255]], [[51, 255]], [[102, 0]]], dtype=torch.uint8),
        torch.tensor([4, 4, 4]),
    )
    assert ideals(digits, [4]).tolist() == [[pytest.approx([0.2, 2 / 3])]]
    assert ideals(digits, [4], how="median").tolist() == [[pytest.approx([0.2, 1.0])]]
    assert ideals(digits, [4], how="median", first=2).tolist() == [[pytest.approx([0.1, 1.0])]]
    assert ideals(digits, [4], first=1).tolist() == [[[0.0, 1.0]]]


@pytest.mark.parametrize("how", IDEALS)
def test_first_n_takes_the_first_images_of_each_class(mnist, how):
    few = Digits(mnist.train.images[:200], mnist.train.labels[:200])
    firsts = [few.images[few.labels == cls][:5] for cls in TEN]
    same = Digits(torch.cat(firsts), torch.arange(10).repeat_interleave(5))
    assert ideals(few, TEN, how=how, first=5).equal(ideals(same, TEN, how=how))


@pytest.mark.parametrize("how", IDEALS)
@pytest.mark.parametrize("first", [1, 2, 127, 128, 129, 1_000, 1_009, 1_010, 1_027, 5_000])
def test_ideals_of_the_first_images_are_what_their_definition_gives(mnist, how, first):
    defined = torch.stack([IDEALS[how](mnist.valid.stacks[cls][:first]) for cls in BOOK])
    torch.testing.assert_close(ideals(mnist.valid, BOOK, how=how, first=first), defined, rtol=0, atol=3e-7)


def test_a_mean_ideal_is_the_float32_nearest_to_the_exact_one(mnist):
    exact = [mnist.train.stacks[cls].double().sum(0) / (255 * len(mnist.train.stacks[cls])) for cls in TEN]
    assert ideals(mnist.train, TEN).equal(torch.stack(exact).float())


def test_first_n_beyond_the_last_image_takes_all(mnist):
    assert ideals(mnist.valid, BOOK, first=10**6).equal(ideals(mnist.valid, BOOK))


def test_ideals_come_in_the_order_of_the_classes(mnist):
    assert ideals(mnist.valid, (7, 3)).equal(ideals(mnist.valid, (3, 7)).flip(0))


def test_a_class_without_images_has_no_ideal():
    digits = Digits(torch.zeros(1, 2, 2).byte(), torch.tensor([3]))
    with pytest.raises(ValueError, match="class 7 has no images"):
        ideals(digits, BOOK)


@pytest.mark.parametrize("first", [0, -1])
def test_an_ideal_of_no_image_is_refused(mnist, first):
    with pytest.raises(ValueError, match="at least one image"):
        ideals(mnist.valid, BOOK, first=first)


# -- distances ------------------------------------------------------------------------------------

pixels = arrays(np.float32, (3, 4, 5), elements=st.floats(0, 1, width=32)).map(torch.from_numpy)
picture = arrays(np.float32, (4, 5), elements=st.floats(0, 1, width=32)).map(torch.from_numpy)


def test_distances_of_a_2_by_2_image_worked_by_hand():
    image = torch.tensor([[[0.0, 1.0], [0.5, 0.25]]])
    ideal = torch.tensor([[0.5, 1.0], [0.0, 0.25]])
    # differences 0.5, 0, 0.5, 0: mean 1 / 4; squares 0.25, 0, 0.25, 0: mean 1 / 8
    assert l1(image, ideal).tolist() == [0.25]
    assert l2(image, ideal).tolist() == [pytest.approx(math.sqrt(1 / 8))]
    assert l1_costs(image[0], ideal).tolist() == [[0.5, 0.0], [0.5, 0.0]]
    assert l2_costs(image[0], ideal).tolist() == [[0.25, 0.0], [0.25, 0.0]]


@given(pixels, picture)
def test_distances_agree_with_a_double_loop_and_with_torch_functional(images, ideal):
    for n, image in enumerate(images.double()):
        differences = [
            abs(float(image[row, column]) - float(ideal[row, column]))
            for row in range(4)
            for column in range(5)
        ]
        mean = sum(differences) / 20
        root = math.sqrt(sum(difference**2 for difference in differences) / 20)
        assert float(l1(images, ideal)[n]) == pytest.approx(mean, abs=1e-6)
        assert float(l2(images, ideal)[n]) == pytest.approx(root, abs=1e-6)
        assert float(F.l1_loss(image, ideal.double())) == pytest.approx(mean, abs=1e-6)
        assert float(F.mse_loss(image, ideal.double()).sqrt()) == pytest.approx(root, abs=1e-6)


@pytest.mark.parametrize("norm", NORMS.values(), ids=NORMS)
@given(a=picture, b=picture, c=picture)
def test_a_norm_is_a_metric(norm, a, b, c):
    def distance(x, y):
        return float(norm.distance(x[None], y))

    assert distance(a, a) == 0
    assert 0 <= distance(a, b) <= 1
    assert distance(a, b) == pytest.approx(distance(b, a), abs=1e-6)
    assert distance(a, c) <= distance(a, b) + distance(b, c) + 1e-6


@given(a=picture, b=picture)
def test_l2_is_never_below_l1(a, b):
    """Jensen's inequality; the two are equal when all pixels differ equally."""
    assert float(l2(a[None], b)) >= float(l1(a[None], b)) - 1e-6


@pytest.mark.parametrize("norm", NORMS.values(), ids=NORMS)
def test_whole_set_distances_are_those_of_single_images(mnist, book_ideals, norm):
    batch = BATCH // 784
    places = [0, 1, batch - 1, batch, batch + 1, 9_999]
    whole = norm.distances(mnist.valid.images, book_ideals)
    assert whole.shape == (10_000, 2)
    assert whole.dtype == torch.float32
    for place in places:
        image = mnist.valid.images[place].double() / 255
        for k, ideal in enumerate(book_ideals.double()):
            difference = image - ideal
            expected = {"L1": difference.abs().mean(), "L2": difference.square().mean().sqrt()}
            assert float(whole[place, k]) == pytest.approx(float(expected[norm.name]), abs=1e-6)


@pytest.mark.parametrize("norm", NORMS.values(), ids=NORMS)
@pytest.mark.parametrize("shape", [(4, 4), (128, 128), (5, 128), (96, 4)])
def test_images_of_any_size_and_up_to_64_classes_are_measured(norm, shape):
    chance = torch.Generator().manual_seed(0)
    images = torch.randint(0, 256, (9, *shape), generator=chance, dtype=torch.uint8)
    images[torch.rand(images.shape, generator=chance) < 0.8] = 0
    in_play = torch.rand(64, *shape, generator=chance)
    expected = torch.stack([norm.distance(images.double() / 255, ideal.double()) for ideal in in_play], 1)
    for form in (images, Ink.of(images)):
        assert torch.allclose(norm.distances(form, in_play).double(), expected, rtol=0, atol=1e-6)


@pytest.mark.parametrize("norm", NORMS.values(), ids=NORMS)
@given(images=arrays(np.uint8, (5, 3, 4)), same=st.integers(0, 4), value=st.integers(0, 255))
def test_all_pairs_at_once_are_as_far_as_each_by_itself(norm, images, same, value):
    """An ideal that is one of the images, one that is nearly so, and one of a single grey."""
    one = torch.from_numpy(images[same]) / 255
    in_play = torch.stack([one, (one + 1e-4).clamp(max=1), torch.full((3, 4), value / 255)])
    images = torch.from_numpy(images)
    for form in (images, Ink.of(images)):
        pairs = norm.distances(form, in_play)
        for k, ideal in enumerate(in_play.double()):
            each = norm.distance(images.double() / 255, ideal)
            assert torch.allclose(pairs[:, k].double(), each, rtol=0, atol=1e-6)


@pytest.mark.parametrize("how", IDEALS)
@pytest.mark.parametrize("norm", NORMS.values(), ids=NORMS)
def test_the_nearest_ideal_is_the_nearest_in_float64(mnist, norm, how):
    in_play = ideals(mnist.train, TEN, how=how)
    images = mnist.valid.images[::4]
    exact = torch.stack([norm.distance(images.double() / 255, ideal) for ideal in in_play.double()], dim=1)
    two = exact.sort(dim=1).values[:, :2]
    apart = two[:, 1] - two[:, 0] > (0 if how == "mean" else 1e-8)  # whole grey values can be equally far
    assert apart.sum() > 2_495
    for form in (images, Ink.of(images)):
        ours = norm.distances(form, in_play)
        assert (ours - exact).abs().max() < 1e-6
        assert ours.argmin(1)[apart].equal(exact.argmin(1)[apart])


@pytest.mark.parametrize("norm", NORMS.values(), ids=NORMS)
def test_an_image_is_no_distance_away_from_itself(mnist, norm):
    images = mnist.valid.images[:40]
    assert norm.distances(Ink.of(images), images / 255).diagonal().tolist() == [0] * 40


def of_whole_numbers(mnist, norm, how, count=None):
    """Distances to all ten ideals of so many images, multiplied until all are whole: (N, K)."""
    stacks = [mnist.train.stacks[cls][:count].numpy().astype(np.int64) for cls in TEN]
    if how == "mean":
        times, ideals = count, [stack.sum(0) for stack in stacks]
    else:
        times, ideals = 2, [(2 * np.median(stack, axis=0)).astype(np.int64) for stack in stacks]
    images = mnist.valid.images.numpy().astype(np.int64) * times
    costs = {"L1": np.abs, "L2": np.square}[norm]
    return np.stack([costs(images - ideal).sum((1, 2)) for ideal in ideals], axis=1)


@pytest.mark.parametrize(("how", "count"), [("median", None), ("median", 10), ("mean", 1), ("mean", 7)])
@pytest.mark.parametrize("norm", NORMS)
def test_distances_are_equal_where_whole_numbers_are_and_else_in_their_order(mnist, norm, how, count):
    exact = of_whole_numbers(mnist, norm, how, count)
    order = exact.argsort(axis=1, kind="stable")
    ties = np.diff(np.take_along_axis(exact, order, axis=1)) == 0
    made, images = ideals(mnist.train, TEN, how=how, first=count), mnist.valid.images
    for found in (
        NORMS[norm].distances(images, made),
        NORMS[norm].distances(Ink.of(images), made),
        torch.cat([NORMS[norm].distances(some, made) for some in images.split(250)]),
    ):
        assert (ranking(found, TEN).numpy() == order).all()
        assert ((found.sort(1).values.diff(dim=1) == 0).numpy() == ties).all()


def test_two_validation_images_are_equally_near_to_two_median_ideals_and_go_to_the_smaller_digit(mnist):
    exact = of_whole_numbers(mnist, "L1", "median")
    nearest = exact == exact.min(1, keepdims=True)
    ties = {place: np.flatnonzero(nearest[place]).tolist() for place in np.flatnonzero(nearest.sum(1) > 1)}
    assert ties == {1523: [6, 8], 9693: [1, 4]}
    made = ideals(mnist.train, TEN, how="median")
    answers = predict(NORMS["L1"].distances(mnist.valid.images, made), TEN)
    assert answers[[*ties]].tolist() == [6, 1]
    assert int((answers == mnist.valid.labels).sum()) == 7_535


def test_images_that_are_mostly_paper_are_measured_by_their_ink():
    half = torch.zeros(3, 4, 4, dtype=torch.uint8)
    half[:, :, :2] = 9
    less = half.clone()
    less[0, 0, 0] = 0
    assert by_ink(half) is half
    assert isinstance(by_ink(less), Ink)
    floats = less.float()
    assert by_ink(floats) is floats


def test_uint8_and_scaled_floats_are_equally_far(mnist, book_ideals):
    images = mnist.valid.images[:50]
    for norm in NORMS.values():
        assert norm.distances(images, book_ideals).equal(norm.distances(scaled(images), book_ideals))


@pytest.mark.filterwarnings("ignore:self.within_class_std_dev_ has at least 1 zero")  # blank corners
@pytest.mark.parametrize("classes", [BOOK, TEN])
def test_l2_with_mean_ideals_is_scikit_learns_nearest_centroid(mnist, classes):
    train = mnist.train.of(classes, 1_000)
    oracle = NearestCentroid().fit(train.images.float().flatten(1).numpy() / 255, train.labels.numpy())
    expected = oracle.predict(mnist.valid.images.float().flatten(1).numpy() / 255)
    distances = NORMS["L2"].distances(mnist.valid.images, ideals(train, classes))
    assert (predict(distances, classes).numpy() == expected).all()


# -- predictions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("distances", "classes", "nearest_first"),
    [
        ([0.1, 0.2], (3, 7), [3, 7]),
        ([0.2, 0.1], (3, 7), [7, 3]),
        ([0.1, 0.1], (3, 7), [3, 7]),
        ([0.1, 0.1], (7, 3), [3, 7]),
        ([0.5, 0.1, 0.1, 0.1], (9, 8, 0, 4), [0, 4, 8, 9]),
        ([0.3, 0.3, 0.3], (2, 1, 0), [0, 1, 2]),
    ],
)
def test_nearest_comes_first_and_equal_distances_go_to_the_smaller_class(distances, classes, nearest_first):
    assert ranking(torch.tensor([distances]), classes).tolist() == [nearest_first]
    assert predict(torch.tensor([distances]), classes).tolist() == nearest_first[:1]


@given(
    arrays(np.float32, (6, 4), elements=st.sampled_from([0.0, 0.25, 0.5])),
    st.permutations([0, 3, 5, 9]),
)
def test_ties_are_broken_alike_in_any_order_of_the_classes(values, classes):
    distances = torch.from_numpy(values)
    expected = [min(zip(row, classes, strict=True))[1] for row in values.tolist()]
    assert predict(distances, classes).tolist() == expected


# -- accuracy -------------------------------------------------------------------------------------


def test_accuracy_worked_by_hand():
    labels = torch.tensor([3, 3, 3, 7, 5])
    predictions = torch.tensor([3, 3, 7, 7, 3])
    assert confusion(predictions, labels, BOOK).tolist() == [[2, 1], [0, 1]]
    score = accuracy(predictions, labels, BOOK)
    assert (score.right, score.total) == ((2, 1), (3, 1))
    assert score.pooled == 3 / 4
    assert score.per_class == (2 / 3, 1.0)
    assert score.mean_per_class == pytest.approx((2 / 3 + 1) / 2)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40))
def test_accuracy_agrees_with_counting(pairs):
    labels, predictions = (torch.tensor(side) for side in zip(*pairs, strict=True))
    score = accuracy(predictions, labels, (0, 1, 2, 3))
    assert score.pooled == pytest.approx(sum(a == b for a, b in pairs) / len(pairs))
    counts = confusion(predictions, labels, (0, 1, 2, 3))
    assert all(counts[a, b] == pairs.count((a, b)) for a in range(4) for b in range(4))
    shares = [
        sum(a == b == cls for a, b in pairs) / total
        for cls in range(4)
        if (total := sum(a == cls for a, _ in pairs))
    ]
    assert score.mean_per_class == pytest.approx(sum(shares) / len(shares))


def test_a_class_without_validation_images_is_left_out_of_the_mean():
    score = accuracy(torch.tensor([3]), torch.tensor([3]), BOOK)
    assert math.isnan(score.per_class[1])
    assert score.mean_per_class == 1.0
    assert score.pooled == 1.0


@pytest.mark.parametrize(
    ("right", "near"),
    [
        ((0, 60), True),
        ((0, 0), True),
        ((18, 45), True),
        ((40, 23), True),
        ((40, 25), False),
        ((40, 60), False),
    ],
)
def test_near_chance_is_less_than_a_tenth_of_the_way_from_always_the_same_answer_to_all_right(right, near):
    score = Accuracy((3, 7), right, (40, 60))
    assert (score.commonest, score.chance) == (7, 0.6)
    assert score.near_chance == near  # 0.6 + 0.1 * 0.4 = 0.64


def test_of_classes_with_equally_many_images_the_smaller_is_the_commonest():
    assert Accuracy((7, 3, 5), (0, 0, 0), (4, 4, 2)).commonest == 3


def test_nothing_to_score_is_refused():
    with pytest.raises(ValueError, match="no image is labelled 3, 7"):
        accuracy(torch.tensor([1]), torch.tensor([1]), BOOK)


@pytest.mark.parametrize(("right", "of"), [(0, 20), (1, 20), (18, 20), (20, 20), (1939, 2038)])
def test_the_interval_is_wilson_s_as_scipy_has_it(right, of):
    called = torch.tensor([3] * right + [7] * (of - right))
    found = accuracy(called, torch.full((of,), 3), (3, 7)).interval
    expected = binomtest(right, of).proportion_ci(method="wilson")
    assert found == pytest.approx((expected.low, expected.high), abs=1e-6)


# -- each left out of its own ideal ------------------------------------------------------------------


@given(arrays(np.uint8, (7, 3, 4)))
@examples(0.5)
def test_left_out_distances_are_those_to_the_mean_of_the_others(pixels):
    labels = [4, 4, 1, 4, 1, 1, 9]
    digits = Digits(torch.from_numpy(pixels), torch.tensor(labels))
    for norm in NORMS.values():
        found = left_out_distances(digits, (4, 1), norm)
        assert found.dtype == torch.float32
        for n, image in enumerate(pixels):
            for k, cls in enumerate((4, 1)):
                others = [other for m, other in enumerate(pixels) if labels[m] == cls and m != n]
                off = image / 255 - np.mean(others, axis=0) / 255
                by_hand = np.abs(off).mean() if norm.name == "L1" else math.sqrt((off**2).mean())
                assert abs(float(found[n, k]) - by_hand) < 1e-6


def test_one_image_of_a_class_can_not_be_left_out():
    digits = Digits(torch.zeros(3, 2, 2, dtype=torch.uint8), torch.tensor([3, 3, 7]))
    with pytest.raises(ValueError, match="class 7 has 1 image"):
        left_out_distances(digits, (3, 7), NORMS["L1"])
