"""The outputs that the book prints."""

import pandas as pd
import torch
import torch.nn.functional as F
from numpy import array
from PIL import Image
from torch import tensor

from mnist_dash.chapter.distance import mnist_distance
from mnist_dash.core.folders import ls


def first_ten(files):
    return f"(#{len(files)}) [{','.join(map(repr, files[:10]))}...]"


def how_many(data):
    return len(ls(data, "train/3")), len(ls(data, "train/7"))


def shape_of_stack(stacked):
    return stacked.shape


def length_of_shape(stacked):
    return len(stacked.shape)


def rank_of_stack(stacked):
    return stacked.ndim


def a_3(data):
    return tensor(array(Image.open(ls(data, "train/3")[1]))).float() / 255


def mean3(data):
    return (data.train.stacks[3].float() / 255).mean(0)


def mean7(data):
    return (data.train.stacks[7].float() / 255).mean(0)


def dist_3(a_3, mean3):
    return (a_3 - mean3).abs().mean(), ((a_3 - mean3) ** 2).mean().sqrt()


def dist_7(a_3, mean7):
    return (a_3 - mean7).abs().mean(), ((a_3 - mean7) ** 2).mean().sqrt()


def loss_7(a_3, mean7):
    return F.l1_loss(a_3.float(), mean7), F.mse_loss(a_3, mean7).sqrt()


def lists():
    return [[1, 2, 3], [4, 5, 6]]


def arr(lists):
    return array(lists)


def tns(lists):
    return tensor(lists)


def row_of_tns(tns):
    return tns[1]


def column_of_tns(tns):
    return tns[:, 1]


def part_of_tns(tns):
    return tns[1, 1:3]


def tns_plus_1(tns):
    return tns + 1


def type_of_tns(tns):
    return tns.type()


def tns_times_1_5(tns):
    return tns * 1.5


def valid_3_tens(data):
    return torch.stack([tensor(array(Image.open(o))) for o in ls(data, "valid/3")]).float() / 255


def valid_7_tens(data):
    return torch.stack([tensor(array(Image.open(o))) for o in ls(data, "valid/7")]).float() / 255


def valid_shapes(valid_3_tens, valid_7_tens):
    return valid_3_tens.shape, valid_7_tens.shape


def distance_of_a_3(a_3, mean3):
    return mnist_distance(a_3, mean3)


def valid_3_dist(valid_3_tens, mean3):
    return mnist_distance(valid_3_tens, mean3)


def shape_of_valid_3_dist(valid_3_dist):
    return valid_3_dist.shape


def six_distances(valid_3_dist):
    six = [0.1050, 0.1526, 0.1186, 0.1122, 0.1170, 0.1086]
    return [min(valid_3_dist.tolist(), key=lambda distance: abs(distance - o)) for o in six]


def shape_of_difference(valid_3_tens, mean3):
    return (valid_3_tens - mean3).shape


def is_a_3_a_3(a_3, mean3, mean7):
    is_3 = mnist_distance(a_3, mean3) < mnist_distance(a_3, mean7)
    return is_3, is_3.float()


def accuracies(valid_3_tens, valid_7_tens, mean3, mean7):
    is_3_of_3s = mnist_distance(valid_3_tens, mean3) < mnist_distance(valid_3_tens, mean7)
    is_3_of_7s = mnist_distance(valid_7_tens, mean3) < mnist_distance(valid_7_tens, mean7)
    accuracy_3s = is_3_of_3s.float().mean()
    accuracy_7s = (1 - is_3_of_7s.float()).mean()
    return accuracy_3s, accuracy_7s, (accuracy_3s + accuracy_7s) / 2


def squared_and_rooted(a_3, mean3):
    return F.mse_loss(a_3, mean3), F.mse_loss(a_3, mean3).sqrt()


def norms_and_means(a_3, mean3):
    pixels = (a_3 - mean3).flatten()
    l1_norm, l2_norm = torch.linalg.norm(pixels, ord=1), torch.linalg.norm(pixels, ord=2)
    return l1_norm, l1_norm / 784, l2_norm, l2_norm / 784**0.5


def paper_and_ink(picture):
    return array(picture)[0, 0], array(picture).max()


def picture_to_torch(picture):
    return tensor(picture)


def arrays_of_every_rank(data):
    three = array(Image.open(ls(data, "train/3")[1]))
    return array(5).ndim, three[0].ndim, three.ndim, array([three, three]).ndim


def mean_and_spread(data):
    threes = data.train.stacks[3].float() / 255
    return threes.mean(), threes.std()


def table_of_a_3(data):
    im3 = Image.open(ls(data, "train/3")[1])
    return pd.DataFrame(tensor(array(im3))[4:15, 4:22])
