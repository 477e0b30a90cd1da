"""Files -> ``Dataset``, checked at the border so that nothing behind it has to doubt its input.

Knows nothing about classifying or about screens.
"""

from mnist_dash.core.datasets.dataset import Dataset, DatasetError, Digits
from mnist_dash.core.datasets.mnist import MNIST_FOLDER, load_mnist

__all__ = ["MNIST_FOLDER", "Dataset", "DatasetError", "Digits", "load_mnist"]
