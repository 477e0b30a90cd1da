"""From a folder of files to the ideal, the ideal in focus, and the ideal as a weight."""

import torch
from numpy import array
from PIL import Image
from torch import tensor

from mnist_dash.core.baseline import NORMS, accuracy, ideals, predict
from mnist_dash.core.folders import folders, ls

# -- from files to the ideal -------------------------------------------------------------------------


def counts(data):
    return {
        str(folder): len(ls(data, str(folder)))
        for part in ("train", "valid")
        for folder in folders(data, part)
    }


def folder_listing(files):
    return f"(#{len(files)}) [{','.join(str(o) for o in files[:3])}...]"


def a_list(numbers):
    return numbers


def doubled_positives(a_list):
    return [o * 2 for o in a_list if o > 0]


def squared_evens(a_list):
    return [o**2 for o in a_list if o % 2 == 0]


def every_one_plus_one(a_list):
    return [o + 1 for o in a_list]


def tensors(files):
    return [tensor(array(Image.open(o))) for o in files]


def files_to_tensors(files, tensors):
    return len(files), len(tensors), tensors[0].shape, tensors[0].dtype


def stacked(tensors):
    return torch.stack(tensors)


def shape_of_stack(stacked):
    return stacked.shape


def floats(stacked):
    return stacked.float() / 255


def ideal_of_files(floats):
    return floats.mean(0)


def every_step(tensors, stacked, floats, ideal_of_files):
    steps = (tensors[0], stacked, floats, ideal_of_files)
    return [(type(o), o.shape, o.ndim, o.dtype, o.nbytes) for o in steps]


def without_stack(tensors):
    return tensors.mean(0)


def two_sizes(tensors, top, bottom, left, right):
    return torch.stack([tensors[0], tensors[-1][top:bottom, left:right]])


def without_float(stacked):
    return stacked.mean(0)


def only_divided(stacked):
    return (stacked / 255).dtype, torch.equal(stacked / 255, stacked.float() / 255)


def without_255(stacked):
    return stacked.float().mean(0).max()


def without_mean(floats):
    return floats.shape


# -- coming into focus -------------------------------------------------------------------------------


def stack(data, digit):
    return data.train.stacks[digit]


def first_images(stack, first):
    return stack[:first]


def ideal_of_first(first_images):
    return (first_images.float() / 255).mean(0)


def ideals_of_more_and_more(stack, firsts):
    return [(stack[:first].float() / 255).mean(0) for first in firsts]


def accuracies_of_first(data, pair, first):
    two = ideals(data.train, pair, first=first)
    in_pair = torch.isin(data.valid.labels, tensor(pair))
    images, labels = data.valid.images[in_pair], data.valid.labels[in_pair]
    called = {name: predict(norm.distances(images, two), pair) for name, norm in NORMS.items()}
    return {name: accuracy(called[name], labels, pair).mean_per_class for name in called}


def pixel_values(first_images, row, column):
    return first_images[:, row, column]


def pixel_histogram(pixel_values):
    in_eights = torch.bincount((pixel_values.int() + 7) // 8, minlength=33)  # 0, 1 to 8, ... 249 to 255
    return in_eights, len(pixel_values), pixel_values.float().mean()


def less_and_more_ink(pixel_values):
    """How many of the images have less ink there than the mean, how many more, out of how many; the mean."""
    average = pixel_values.float().mean()
    return (pixel_values < average).sum(), (pixel_values > average).sum(), len(pixel_values), average


def all_means(data):
    return torch.stack([(images.float() / 255).mean(0) for images in data.train.stacks.values()])


def all_spreads(data):
    return torch.stack([(images.float() / 255).std(0, correction=0) for images in data.train.stacks.values()])


def all_medians(data):
    return ideals(data.train, data.labels, how="median")


def mean_against_median(all_means, all_medians):
    return all_means - all_medians


def median_ideal(data, digit):
    return ideals(data.train, [digit], how="median")[0]


def what_each_makes_small(stack, ideal, median_ideal):
    images = stack.float() / 255
    to_mean, to_median = images - ideal, images - median_ideal
    return {
        "mean": (to_mean.abs().mean(), (to_mean**2).mean()),
        "median": (to_median.abs().mean(), (to_median**2).mean()),
    }


# -- the ideal as a weight ---------------------------------------------------------------------------


def ideal(data, digit):
    return (data.train.stacks[digit].float() / 255).mean(0)


def rival_ideal(data, rival):
    return (data.train.stacks[rival].float() / 255).mean(0)


def weight(ideal, rival_ideal):
    return ideal.double() - rival_ideal.double()  # so exact that rounding can't part the two rules


def threshold(ideal, rival_ideal):
    return ((ideal.double() ** 2).sum() - (rival_ideal.double() ** 2).sum()) / 2


def valid_images(data, digit, rival):
    return torch.cat([data.valid.stacks[digit], data.valid.stacks[rival]]).double() / 255


def both_rules(valid_images, ideal, rival_ideal, weight, threshold):
    to_ideal = ((valid_images - ideal) ** 2).mean((-1, -2)).sqrt()  # L2
    to_rival = ((valid_images - rival_ideal) ** 2).mean((-1, -2)).sqrt()
    linear = (valid_images * weight).sum((-1, -2)) > threshold
    return (linear == (to_ideal < to_rival)).sum(), len(valid_images)


def weighed_stacks(data, digit, rival, weight):
    stacks = data.valid.stacks[digit], data.valid.stacks[rival]
    return [(each.double() / 255 * weight).sum((-1, -2)) for each in stacks]


def weighed_histogram(weighed_stacks, threshold):
    farthest = (torch.cat(weighed_stacks) - threshold).abs().max()
    edges = threshold + farthest * torch.linspace(-1, 1, 41).double()  # 20 bins on each side
    return edges, [torch.histogram(sums, edges).hist for sums in weighed_stacks]


def mistakes(weighed_stacks, threshold):
    of_ideal, of_rival = weighed_stacks
    return torch.cat([of_ideal <= threshold, of_rival > threshold]).nonzero()[:, 0]


def one_image(valid_images, at):
    return valid_images[at]


def weighed(one_image, weight):
    return one_image * weight


def one_by_both_rules(one_image, weighed, ideal, rival_ideal, threshold):
    to_ideal = ((one_image - ideal) ** 2).mean().sqrt()
    to_rival = ((one_image - rival_ideal) ** 2).mean().sqrt()
    return weighed.sum(), threshold, to_ideal, to_rival
