"""The half chapter's own lines, exhibit by exhibit: each makes a number or a picture that a page shows.

A parameter with the name of a function stands for what that function returns; the others are what the
reader chose. ``listing`` prints these functions as they ran, so they are written as a notebook is: plain
ASCII, no defaults, one ``return`` at the end, and no local name that is also a function's.

Shapes: N images of H x W pixels. Knows nothing about caches or screens.

Source: J. Howard, S. Gugger, *Deep Learning for Coders with fastai and PyTorch*, 2020, chapter 4.
"""

import time
import zlib
from base64 import b85decode
from statistics import median

import numpy as np
import pandas as pd
import torch
import torch.nn.functional as F
from numpy import array
from PIL import Image, ImageOps
from torch import tensor

from mnist_dash import load_mnist
from mnist_dash.baseline import NORMS, accuracy, ideals, predict
from mnist_dash.folders import SAMPLE, ls

# -- pixels: one image -------------------------------------------------------------------------------


def mnist():
    return load_mnist()


def files(mnist, folder):
    return ls(mnist, folder)


def file(files, place):
    return files[place]


def picture(file):
    return Image.open(file)


def drawn_picture(drawing):
    return Image.frombytes("L", (28, 28), zlib.decompress(b85decode(drawing)))


def image(picture):
    return tensor(array(picture))


def picture_facts(picture):
    return type(picture), picture.mode, picture.size


def array_slice(picture, top, bottom, left, right):
    return array(picture)[top:bottom, left:right]


def tensor_slice(picture, top, bottom, left, right):
    return tensor(array(picture))[top:bottom, left:right]


def array_facts(array_slice):
    return type(array_slice), array_slice.dtype, array_slice.ndim, array_slice.shape


def tensor_facts(tensor_slice):
    return type(tensor_slice), tensor_slice.dtype, tensor_slice.ndim, tensor_slice.shape


def greys(column):
    """What pandas' background_gradient("Greys") does, which needs Matplotlib."""
    stops = array([255, 240, 217, 189, 150, 115, 82, 37, 0])  # white to black in nine steps
    low, high = column.min(), column.max()
    share = (column - low) / (high - low) if high > low else column * 0.0
    steps = (share * 256).astype(int).clip(0, 255) / 255 * 8  # Matplotlib has 256 shades
    shades = np.interp(steps, range(9), stops).round().astype(int)
    return [
        f"background-color: #{v:02x}{v:02x}{v:02x}; color: {'#f1f1f1' if v < 171 else '#000000'}"
        for v in shades
    ]


def table(image, top, bottom, left, right):
    df = pd.DataFrame(image[top:bottom, left:right])
    return df.style.set_properties(**{"font-size": "6pt"}).apply(greys)


def table_on_one_scale(image, top, bottom, left, right):
    df = pd.DataFrame(image[top:bottom, left:right])
    scale = pd.Series([0, 255])  # paper and ink, added to every column and taken away again
    return df.style.set_properties(**{"font-size": "6pt"}).apply(
        lambda column: greys(pd.concat([column, scale]))[:-2]
    )


# -- pixels: rank, shape, colour ---------------------------------------------------------------------


def one_pixel(image):
    return image[14, 14]


def one_row(image):
    return image[14]


def flat_image(image):
    return image.flatten()


def rank_and_shape(anything):
    return anything.ndim, anything.shape, anything.numel()


def sample():
    return SAMPLE


def colour_picture(colour_file):
    whole = ImageOps.exif_transpose(Image.open(colour_file)).convert("RGB")
    whole.thumbnail((56, 56))  # so small that its pixels can be seen
    return whole


def rgb(colour_picture):
    return tensor(array(colour_picture))


def channels(rgb):
    return rgb[..., 0], rgb[..., 1], rgb[..., 2]


def grey(rgb):
    return rgb.float() @ tensor([0.299, 0.587, 0.114])


def against_pillow(colour_picture, grey):
    by_pillow = tensor(array(colour_picture.convert("L")))
    return (grey - by_pillow).abs().max()


# -- ideals: from files to the ideal -----------------------------------------------------------------


def counts(mnist):
    return {
        f"{part}/{digit}": len(ls(mnist, f"{part}/{digit}"))
        for part in ("train", "valid")
        for digit in mnist.classes
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


def floats(stacked):
    return stacked.float() / 255


def ideal_of_files(floats):
    return floats.mean(0)


def every_step(tensors, stacked, floats, ideal_of_files):
    steps = (tensors[0], stacked, floats, ideal_of_files)
    return [(type(o), o.shape, o.ndim, o.dtype, o.nbytes) for o in steps]


def without_stack(tensors):
    return tensors.mean(0)


def two_sizes(tensors):
    return torch.stack([tensors[0], tensors[1][4:24, 4:24]])


def without_float(stacked):
    return stacked.mean(0)


def only_divided(stacked):
    return (stacked / 255).dtype, torch.equal(stacked / 255, stacked.float() / 255)


def without_255(stacked):
    return stacked.float().mean(0).max()


def without_mean(floats):
    return floats.shape


# -- ideals: coming into focus -----------------------------------------------------------------------


def stack(mnist, digit):
    return mnist.train.stacks[digit]


def first_images(stack, first):
    return stack[:first]


def ideal_of_first(first_images):
    return (first_images.float() / 255).mean(0)


def ideals_of_more_and_more(stack, firsts):
    return [(stack[:first].float() / 255).mean(0) for first in firsts]


def accuracies_of_first(mnist, pair, first):
    two = ideals(mnist.train, pair, first=first)
    in_pair = torch.isin(mnist.valid.labels, tensor(pair))
    images, labels = mnist.valid.images[in_pair], mnist.valid.labels[in_pair]
    called = {name: predict(norm.distances(images, two), pair) for name, norm in NORMS.items()}
    return {name: accuracy(called[name], labels, pair).mean_per_class for name in called}


def pixel_values(first_images, row, column):
    return first_images[:, row, column]


def pixel_histogram(pixel_values):
    in_eights = torch.bincount(pixel_values // 8, minlength=32)  # 0 to 7, 8 to 15, ... 248 to 255
    return in_eights, (pixel_values == 0).sum(), len(pixel_values), pixel_values.float().mean()


def ten_means(mnist):
    return torch.stack([(images.float() / 255).mean(0) for images in mnist.train.stacks.values()])


def ten_spreads(mnist):
    return torch.stack([(images.float() / 255).std(0) for images in mnist.train.stacks.values()])


def ten_medians(mnist):
    return ideals(mnist.train, mnist.classes, how="median")


def mean_against_median(ten_means, ten_medians):
    return ten_means - ten_medians


def median_ideal(mnist, digit):
    return ideals(mnist.train, [digit], how="median")[0]


def what_each_makes_small(stack, ideal, median_ideal):
    images = stack.float() / 255
    to_mean, to_median = images - ideal, images - median_ideal
    return {
        "mean": (to_mean.abs().mean(), (to_mean**2).mean()),
        "median": (to_median.abs().mean(), (to_median**2).mean()),
    }


# -- ideals: the ideal as a weight -------------------------------------------------------------------


def ideal(mnist, digit):
    return (mnist.train.stacks[digit].float() / 255).mean(0)


def rival_ideal(mnist, rival):
    return (mnist.train.stacks[rival].float() / 255).mean(0)


def weight(ideal, rival_ideal):
    return ideal.double() - rival_ideal.double()  # so exact that rounding can't part the two rules


def threshold(ideal, rival_ideal):
    return ((ideal.double() ** 2).sum() - (rival_ideal.double() ** 2).sum()) / 2


def valid_images(mnist, digit, rival):
    return torch.cat([mnist.valid.stacks[digit], mnist.valid.stacks[rival]]).double() / 255


def both_rules(valid_images, ideal, rival_ideal, weight, threshold):
    to_ideal = ((valid_images - ideal) ** 2).mean((-1, -2)).sqrt()  # L2
    to_rival = ((valid_images - rival_ideal) ** 2).mean((-1, -2)).sqrt()
    linear = (valid_images * weight).sum((-1, -2)) > threshold
    return (linear == (to_ideal < to_rival)).sum(), len(valid_images)


def weighed_stacks(mnist, digit, rival, weight):
    stacks = mnist.valid.stacks[digit], mnist.valid.stacks[rival]
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


# -- distance: three ways ----------------------------------------------------------------------------


def x(image):
    return image.float() / 255


def signed(x, ideal):
    return x - ideal


def absolute(signed):
    return signed.abs()


def squared(signed):
    return signed**2


def three_means(signed, absolute, squared):
    return signed.mean(), absolute.mean(), squared.mean().sqrt()


def three_means_to_rival(x, rival_ideal):
    difference = x - rival_ideal
    return difference.mean(), difference.abs().mean(), (difference**2).mean().sqrt()


def nearer_to_ideal(three_means, three_means_to_rival):
    return torch.stack(three_means).abs() < torch.stack(three_means_to_rival).abs()


def by_torch(x, ideal):
    return F.l1_loss(x, ideal), F.mse_loss(x, ideal).sqrt(), F.mse_loss(x, ideal)


def same_as_torch(three_means, by_torch):
    _, mean_absolute, root_mean_square = three_means
    ours = torch.stack([mean_absolute, root_mean_square, root_mean_square])
    return torch.isclose(ours, torch.stack(by_torch))


def valid_by_name(mnist, valid_folder):
    return mnist.valid.images[[o.number for o in ls(mnist, valid_folder)]].float() / 255


def right_three_ways(valid_by_name, ideal, rival_ideal):
    to_ideal, to_rival = valid_by_name - ideal, valid_by_name - rival_ideal
    by_signed_mean = to_ideal.mean((-1, -2)).abs() < to_rival.mean((-1, -2)).abs()
    by_l1 = to_ideal.abs().mean((-1, -2)) < to_rival.abs().mean((-1, -2))
    by_l2 = (to_ideal**2).mean((-1, -2)) < (to_rival**2).mean((-1, -2))
    return torch.stack([by_signed_mean, by_l1, by_l2])


def cancelled(right_three_ways):
    by_signed_mean, by_l1, _ = right_three_ways
    return right_three_ways.sum(1), len(by_l1), (by_l1 & ~by_signed_mean).nonzero()[:, 0]


def farthest_pixel(absolute):
    return divmod(int(absolute.argmax()), absolute.shape[1])


def value_there(x, row, column):
    return x[row, column]


def moved(x, row, column, value):
    changed = x.clone()
    changed[row, column] = value
    return changed


def distances_moved(moved, ideal):
    return F.l1_loss(moved, ideal), F.mse_loss(moved, ideal).sqrt()


def changes_moved(by_torch, distances_moved):
    return [after - before for before, after in zip(by_torch, distances_moved, strict=False)]


def shares(moved, ideal, row, column):
    difference = moved - ideal
    share_l1 = difference.abs()[row, column] / difference.abs().sum()
    share_l2 = (difference**2)[row, column] / (difference**2).sum()
    return difference, share_l1, share_l2


def shares_by_difference(absolute, row, column):
    others = absolute.clone()
    others[row, column] = 0
    off_by = torch.linspace(0, 1, 101)
    share_l1 = off_by / (off_by + others.sum())
    share_l2 = off_by**2 / (off_by**2 + (others**2).sum())
    equal = (others**2).sum() / others.sum()  # off by so much, it has the same share of both
    return off_by, share_l1, share_l2, equal


def two_distances(x, ideal, rival_ideal):
    return torch.stack([F.l1_loss(x, ideal), F.l1_loss(x, rival_ideal)])


def confidence(two_distances, sharpness):
    return F.softmax(-sharpness * two_distances, dim=0)


def confidences(two_distances):
    sharpnesses = torch.arange(201)
    return sharpnesses, F.softmax(-sharpnesses[:, None] * two_distances, dim=1)


# -- distance: broadcasting --------------------------------------------------------------------------


def a_list_and_a_number():
    return tensor([1, 2, 3]) + tensor(1)


def valid_stack(mnist, digit):
    return mnist.valid.stacks[digit].float() / 255


def mnist_distance(a, b):
    return (a - b).abs().mean((-1, -2))


def difference_of_set(valid_stack, ideal):
    return valid_stack.shape, ideal.shape, (valid_stack - ideal).shape


def mean_over_pixels(valid_stack, ideal):
    return mnist_distance(valid_stack, ideal)


def nearest_and_farthest(valid_stack, mean_over_pixels):
    near, far = mean_over_pixels.argmin(), mean_over_pixels.argmax()
    return mean_over_pixels, near, far, valid_stack[near], valid_stack[far]


def mean_over_images(valid_stack, ideal):
    return (valid_stack - ideal).abs().mean(0)


def no_copy(valid_stack, ideal):
    view = ideal.expand(valid_stack.shape)
    return view.shape, view.stride(), view.numel() * view.element_size(), view.untyped_storage().nbytes()


def aligned(a_shape, b_shape):
    rank = max(len(a_shape), len(b_shape))
    a = (1,) * (rank - len(a_shape)) + a_shape
    b = (1,) * (rank - len(b_shape)) + b_shape
    together = [i if j in (1, i) else j if i == 1 else None for i, j in zip(a, b, strict=True)]
    return list(zip(a, b, together, strict=True))


def broadcast(a_shape, b_shape):
    a = torch.empty(a_shape, device="meta")  # a shape without numbers
    b = torch.empty(b_shape, device="meta")
    a_view, b_view = torch.broadcast_tensors(a, b)
    size = a.element_size()  # 4 bytes, as float32
    return (
        tuple(a_view.shape),
        (a.stride(), a_view.stride(), a.numel() * size, a_view.numel() * size),
        (b.stride(), b_view.stride(), b.numel() * size, b_view.numel() * size),
    )


# -- distance: NumPy and PyTorch ---------------------------------------------------------------------


def device():
    has_gpu = torch.accelerator.is_available()
    return torch.accelerator.current_accelerator() if has_gpu else torch.device("cpu")


def by_numpy(valid_stack, ideal):
    return np.abs(valid_stack.numpy() - ideal.numpy()).mean((-1, -2))


def by_pytorch(valid_stack, ideal, device):
    return (valid_stack.to(device) - ideal.to(device)).abs().mean((-1, -2)).cpu()


def both_libraries(by_numpy, by_pytorch):
    return by_numpy[:3], by_pytorch[:3], np.abs(by_numpy - by_pytorch.numpy()).max()


def all_valid(mnist):
    return mnist.valid.images.float() / 255


def timed(all_valid, ideal, device):
    images, mean = all_valid.numpy(), ideal.numpy()
    images_there, ideal_there = all_valid.to(device), ideal.to(device)
    rounds = []
    for _ in range(10):  # in turn, so that both meet the same machine; the first round is the warm-up
        start = time.perf_counter()
        np.abs(images - mean).mean((-1, -2))
        between = time.perf_counter()
        (images_there - ideal_there).abs().mean((-1, -2)).cpu()  # .cpu() waits until a GPU is done
        rounds.append((between - start, time.perf_counter() - between))
    numpy_took, pytorch_took = zip(*rounds[1:], strict=True)
    ratios = [pytorch / numpy for numpy, pytorch in rounds[1:]]
    return median(numpy_took), median(pytorch_took), median(ratios), min(ratios), max(ratios)


def where_it_ran(all_valid, device):
    return len(all_valid), device.type, torch.get_num_threads()


def jagged_array():
    return array([[1, 2, 3], [4, 5]])


def jagged_tensor():
    return tensor([[1, 2, 3], [4, 5]])


def gradient_l1(x, ideal):
    pixels = x.clone().requires_grad_()
    F.l1_loss(pixels, ideal).backward()
    return pixels.grad


def gradient_l2(x, ideal):
    pixels = x.clone().requires_grad_()
    F.mse_loss(pixels, ideal).sqrt().backward()
    return pixels.grad


def gradients_by_hand(signed, by_torch, gradient_l1, gradient_l2):
    by_hand_l1 = signed.sign() / 784
    by_hand_l2 = signed / (784 * by_torch[1])
    return (
        torch.allclose(gradient_l1, by_hand_l1),
        torch.allclose(gradient_l2, by_hand_l2),
        gradient_l1.unique(),
    )


def stepped_l1(x, ideal, gradient_l1, step):
    stepped = x - step * gradient_l1
    return -gradient_l1, stepped, F.l1_loss(stepped, ideal)


def stepped_l2(x, ideal, gradient_l2, step):
    stepped = x - step * gradient_l2
    return -gradient_l2, stepped, F.mse_loss(stepped, ideal).sqrt()


def every_step_size(x, ideal, gradient_l1, gradient_l2):
    sizes = torch.arange(421)
    along_l1 = x - sizes[:, None, None] * gradient_l1  # (421, 28, 28)
    along_l2 = x - sizes[:, None, None] * gradient_l2
    after_l1 = (along_l1 - ideal).abs().mean((-1, -2))
    after_l2 = ((along_l2 - ideal) ** 2).mean((-1, -2)).sqrt()
    return sizes, after_l1, after_l2


def gradient_by_numpy(x):
    return x.numpy().backward()


# -- the book's receipts -----------------------------------------------------------------------------


def first_ten(files):
    return f"(#{len(files)}) [{','.join(map(repr, files[:10]))}...]"


def how_many(mnist):
    return len(ls(mnist, "train/3")), len(ls(mnist, "train/7"))


def shape_of_stack(stacked):
    return stacked.shape


def length_of_shape(stacked):
    return len(stacked.shape)


def rank_of_stack(stacked):
    return stacked.ndim


def a_3(mnist):
    return tensor(array(Image.open(ls(mnist, "train/3")[1]))).float() / 255


def mean3(mnist):
    return (mnist.train.stacks[3].float() / 255).mean(0)


def mean7(mnist):
    return (mnist.train.stacks[7].float() / 255).mean(0)


def dist_3(a_3, mean3):
    return (a_3 - mean3).abs().mean(), ((a_3 - mean3) ** 2).mean().sqrt()


def dist_7(a_3, mean7):
    return (a_3 - mean7).abs().mean(), ((a_3 - mean7) ** 2).mean().sqrt()


def loss_7(a_3, mean7):
    return F.l1_loss(a_3.float(), mean7), F.mse_loss(a_3, mean7).sqrt()


def data():
    return [[1, 2, 3], [4, 5, 6]]


def arr(data):
    return array(data)


def tns(data):
    return tensor(data)


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


def valid_3_tens(mnist):
    return torch.stack([tensor(array(Image.open(o))) for o in ls(mnist, "valid/3")]).float() / 255


def valid_7_tens(mnist):
    return torch.stack([tensor(array(Image.open(o))) for o in ls(mnist, "valid/7")]).float() / 255


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


def table_of_a_3(mnist):
    im3 = Image.open(ls(mnist, "train/3")[1])
    return pd.DataFrame(tensor(array(im3))[4:15, 4:22])
