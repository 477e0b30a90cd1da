"""Files -> ``Dataset``, checked at the border so that nothing behind it has to doubt its input.

Knows nothing about classifying or about screens. From the outside inwards:

    door        any files -> Dataset: what each step below finds, put together
    box         a path, a folder, an open file, a ZIP -> the files within; archive: whether a ZIP is safe
    kinds       what a file is, by its first bytes
    formats     files of one format -> what they hold, as a whole or in a stream
    pictures    image files in folders; pile: image files -> blocks of grey images
    idx npz     arrays, read as rows; pairs: which labels belong to which images
    table       CSV; parquet; columns: which columns are pixels, which one is the label
    parts       what was found, and whether it is to learn from or to be judged on
    room        how many images can be kept; stream: more are added up, and some of them kept
    scales      numbers of any scale and shape -> uint8, 0 paper, 255 ink
    classes     what labels are called, in the order in which people sort
    split       by chance, every class alike; turned: whether images lie on their side
    dataset     Digits, Dataset; Whole: what all images come to, where some are kept
    mnist       the four files in this package
    export      a data set -> ZIP or Parquet
    errors      DatasetError and its words; limits: how much is let in
"""

from mnist_dash.core.datasets.dataset import Dataset, Digits
from mnist_dash.core.datasets.door import load_dataset, load_images
from mnist_dash.core.datasets.errors import DatasetError, NoLabelsError
from mnist_dash.core.datasets.export import save_dataset
from mnist_dash.core.datasets.mnist import MNIST_FOLDER, load_mnist

__all__ = [
    "MNIST_FOLDER",
    "Dataset",
    "DatasetError",
    "Digits",
    "NoLabelsError",
    "load_dataset",
    "load_images",
    "load_mnist",
    "save_dataset",
]
