"""What is in a data set, which of its images lie farthest from their ideal, and which are mixed up."""

import torch

from mnist_dash import load_dataset
from mnist_dash.core.baseline import NORMS, accuracy, ideals, predict
from mnist_dash.core.folders import folders

# -- what is in the box --------------------------------------------------------------------------------


def brought(source):
    return load_dataset(source)


def as_fastai_prints(names):
    """How many there are, then the first of them."""
    first = ",".join(f"Path('{name}')" for name in names[:3])
    return f"(#{len(names)}) [{first}{'...' if len(names) > 3 else ''}]"


def listings(data):
    """What is in the folder of the set, and in each of its parts."""
    return {folder: as_fastai_prints(folders(data, folder)) for folder in ("", "train", "valid")}


def counts_of_classes(data):
    """How many images of each class there are to learn from, and to be judged on."""
    labels = sorted(data.train.places.keys() | data.valid.places.keys())
    parts = data.train.places, data.valid.places
    return {data.classes[label]: [len(part.get(label, ())) for part in parts] for label in labels}


def bytes_in_memory(data):
    """What images and labels take: a byte for each pixel, eight for each label."""
    return sum(part.images.nbytes + part.labels.nbytes for part in (data.train, data.valid))


def samples(data, seed):
    chance = torch.Generator().manual_seed(seed)
    ten_each = [
        places[torch.randperm(len(places), generator=chance)[:10]] for places in data.train.places.values()
    ]
    numbers = torch.cat(ten_each)
    return data.train.images[numbers], data.train.labels[numbers], numbers


# -- far from their own ideal --------------------------------------------------------------------------


def class_ideals(data):
    return ideals(data.train, data.labels)


def to_own_ideal(data, class_ideals, norm):
    """How far every training image is from the ideal of its own class, (N,)."""
    by_class = [
        NORMS[norm].distances(data.train.stacks[label], class_ideals[[place]])[:, 0]
        for place, label in enumerate(data.labels)
    ]
    in_file_order = torch.cat(list(data.train.places.values())).argsort()
    return torch.cat(by_class)[in_file_order]


def farthest_images(data, to_own_ideal, count):
    """Of each class the training images that are farthest from its ideal, the farthest first."""
    by_class = [
        places[to_own_ideal[places].argsort(descending=True, stable=True)[:count]]
        for places in data.train.places.values()
    ]
    return torch.cat(by_class)


def calls_of_farthest(data, farthest_images, class_ideals):
    images = data.train.images[farthest_images]
    return {name: predict(norm.distances(images, class_ideals), data.labels) for name, norm in NORMS.items()}


# -- a set that was read in a stream: all its images, and those that are kept ----------------------------


def counts_of_every_image(data):
    """How many of each class there were to learn from, and to be judged on."""
    parts = data.whole.train.tolist(), data.whole.valid.tolist()
    return {name: both for name, *both in zip(data.classes, *parts, strict=True) if any(both)}


def ideals_of_every_image(data):
    return data.whole.ideals(data.labels)


def largest_difference(ideals_of_every_image, class_ideals):
    """Of any pixel of any ideal."""
    return float((ideals_of_every_image - class_ideals).abs().max())


def scores_by_every_image(ideals_of_every_image, prepared, asked, digits):
    """On the validation images that are kept."""
    distances = {name: norm.distances(prepared, ideals_of_every_image) for name, norm in NORMS.items()}
    return {name: accuracy(predict(each, digits), asked.labels, digits) for name, each in distances.items()}


# -- what is mixed up ----------------------------------------------------------------------------------


def mix_ups(data, digits, confusions, count):
    """The most frequent mistakes of both norms together: the true class, the answer, how often each norm."""
    wrong = {name: each - each.diag().diag() for name, each in confusions.items()}
    often = sum(wrong.values()).flatten()
    most = often.argsort(descending=True, stable=True)[:count]
    pairs = [divmod(place, len(digits)) for place in most[often[most] > 0].tolist()]
    return [
        (
            *(data.classes[digits[k]] for k in (true, called)),
            *(int(each[true, called]) for each in wrong.values()),
        )
        for true, called in pairs
    ]
