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
    shades = np.interp((share * 256).astype(int).clip(0, 255) / 255 * 8, range(9), stops).round().astype(int)
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


def a_pixel(image, row, column):
    return image[row, column]


def a_row(image, row):
    return image[row]


def a_stack(stacked):
    return stacked


def a_colour_picture(rgb):
    return rgb


def rank_and_shape(anything):
    return anything.ndim, anything.shape, len(anything.shape), anything.numel()


def colour_picture(colour_file):
    whole = ImageOps.exif_transpose(Image.open(colour_file)).convert("RGB")
    whole.thumbnail((112, 112))  # smaller, so that its pixels can be seen
    return whole


def sample():
    return SAMPLE


def rgb(colour_picture):
    return tensor(array(colour_picture))


def channels(rgb):
    return rgb[..., 0], rgb[..., 1], rgb[..., 2]


def grey(rgb):
    return rgb.float() @ tensor([0.299, 0.587, 0.114])


def grey_by_pillow(colour_picture):
    return tensor(array(colour_picture.convert("L")))


def grey_difference(grey, grey_by_pillow):
    return (grey - grey_by_pillow).abs().max()


# -- ideals: from files to the ideal -----------------------------------------------------------------


def counts(mnist):
    return {
        f"{part}/{digit}": len(ls(mnist, f"{part}/{digit}"))
        for part in ("train", "valid")
        for digit in mnist.classes
    }


def doubled_positives(a_list):
    return [o * 2 for o in a_list if o > 0]


def squared_evens(a_list):
    return [o**2 for o in a_list if o % 2 == 0]


def every_one_plus_one(a_list):
    return [o + 1 for o in a_list]


def tensors(files):
    return [tensor(array(Image.open(o))) for o in files]


def stacked(tensors):
    return torch.stack(tensors)


def floats(stacked):
    return stacked.float() / 255


def ideal_of_files(floats):
    return floats.mean(0)


def every_step(files, tensors, stacked, floats, ideal_of_files):
    return (
        len(files),
        [(o.shape, o.dtype, o.nbytes) for o in tensors[:1]],
        [(o.shape, o.dtype, o.nbytes) for o in (stacked, floats, ideal_of_files)],
    )


def without_stack(tensors):
    return tensors.mean(0)


def without_float(stacked):
    return stacked.mean(0)


def without_255(stacked):
    return stacked.float().mean(0).max()


def without_mean(floats):
    return floats.shape


def two_sizes(tensors):
    return torch.stack([tensors[0], tensors[1][4:24, 4:24]])


# -- ideals: coming into focus -----------------------------------------------------------------------


def stack(mnist, digit):
    return mnist.train.stacks[digit]


def first_images(stack, first):
    return stack[:first]


def ideal_of_first(first_images):
    return (first_images.float() / 255).mean(0)


def accuracy_of_first(mnist, pair, first, norm):
    two = ideals(mnist.train, pair, first=first)
    distances = NORMS[norm].distances(mnist.valid.images, two)
    return accuracy(predict(distances, pair), mnist.valid.labels, pair).mean_per_class


def pixel_values(first_images, row, column):
    return first_images[:, row, column]


def pixel_histogram(pixel_values):
    return torch.bincount(pixel_values, minlength=256), pixel_values.float().mean()


def ten_means(mnist):
    return torch.stack([(stack.float() / 255).mean(0) for stack in mnist.train.stacks.values()])


def ten_spreads(mnist):
    return torch.stack([(stack.float() / 255).std(0) for stack in mnist.train.stacks.values()])


def ten_medians(mnist):
    return ideals(mnist.train, mnist.classes, how="median")


def mean_against_median(ten_means, ten_medians):
    return ten_means - ten_medians


# -- ideals: the ideal as a weight -------------------------------------------------------------------


def ideal(mnist, digit):
    return (mnist.train.stacks[digit].float() / 255).mean(0)


def rival_ideal(mnist, rival):
    return (mnist.train.stacks[rival].float() / 255).mean(0)


def weight(ideal, rival_ideal):
    return ideal - rival_ideal


def threshold(ideal, rival_ideal):
    return ((ideal.double() ** 2).sum() - (rival_ideal.double() ** 2).sum()) / 2


def valid_images(mnist, digit, rival):
    return torch.cat([mnist.valid.stacks[digit], mnist.valid.stacks[rival]]).double() / 255


def both_rules(valid_images, ideal, rival_ideal, weight, threshold):
    nearest = ((valid_images - ideal) ** 2).mean((-1, -2)) < ((valid_images - rival_ideal) ** 2).mean(
        (-1, -2)
    )
    linear = (valid_images * weight).sum((-1, -2)) > threshold
    return (nearest == linear).sum(), len(valid_images)


def weighed(x, weight, threshold):
    return (x * weight).sum(), threshold


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


def by_torch(x, ideal):
    return F.l1_loss(x, ideal), F.mse_loss(x, ideal).sqrt(), F.mse_loss(x, ideal)


def three_means_to_rival(x, rival_ideal):
    difference = x - rival_ideal
    return difference.mean(), difference.abs().mean(), (difference**2).mean().sqrt()


def cancelled(mnist, digit, ideal, rival_ideal):
    images = mnist.valid.stacks[digit].float() / 255
    to_ideal, to_rival = images - ideal, images - rival_ideal
    right_by_l1 = to_ideal.abs().mean((-1, -2)) < to_rival.abs().mean((-1, -2))
    right_by_signed = to_ideal.mean((-1, -2)).abs() < to_rival.mean((-1, -2)).abs()
    return (
        right_by_l1.sum(),
        right_by_signed.sum(),
        len(images),
        (right_by_l1 & ~right_by_signed).nonzero()[:, 0],
    )


def one_pixel_moved(x, ideal, row, column, value):
    moved = x.clone()
    moved[row, column] = value
    return F.l1_loss(moved, ideal), F.mse_loss(moved, ideal).sqrt()


def confidence(x, ideal, rival_ideal, sharpness):
    distances = torch.stack([F.l1_loss(x, ideal), F.l1_loss(x, rival_ideal)])
    return distances, F.softmax(-sharpness * distances, dim=0)


# -- distance: broadcasting --------------------------------------------------------------------------


def a_list_and_a_number():
    return tensor([1, 2, 3]) + tensor(1)


def valid_stack(mnist, digit):
    return mnist.valid.stacks[digit].float() / 255


def mnist_distance(a, b):
    return (a - b).abs().mean((-1, -2))


def set_against_ideal(valid_stack, ideal):
    return valid_stack.shape, ideal.shape, (valid_stack - ideal).shape, mnist_distance(valid_stack, ideal)


def mean_over_pixels(valid_stack, ideal):
    return (valid_stack - ideal).abs().mean((-1, -2))


def mean_over_images(valid_stack, ideal):
    return (valid_stack - ideal).abs().mean(0)


def no_copy(valid_stack, ideal):
    view = ideal.expand(valid_stack.shape)
    return view.shape, view.stride(), view.numel() * view.element_size(), view.untyped_storage().nbytes()


def broadcast(a_shape, b_shape):
    a, b = torch.empty(a_shape, device="meta"), torch.empty(b_shape, device="meta")  # shapes without numbers
    a_view, b_view = torch.broadcast_tensors(a, b)
    return a_view.shape, a_view.stride(), b_view.stride()


# -- distance: NumPy and PyTorch ---------------------------------------------------------------------


def both_libraries(valid_stack, ideal):
    images, mean = valid_stack.numpy(), ideal.numpy()
    numpy_says = np.abs(images - mean).mean((-1, -2))
    torch_says = (valid_stack - ideal).abs().mean((-1, -2))
    return numpy_says[:3], torch_says[:3], np.abs(numpy_says - torch_says.numpy()).max()


def device():
    return "cuda" if torch.cuda.is_available() else "cpu"


def all_valid(mnist, device):
    return (mnist.valid.images.float() / 255).to(device)


def timed(all_valid, ideal, device):
    images, mean, ideal_there = all_valid.cpu().numpy(), ideal.numpy(), ideal.to(device)
    seconds = {"NumPy": [], "PyTorch": []}
    for _ in range(6):  # in turn; the first time is the warm-up
        start = time.perf_counter()
        np.abs(images - mean).mean((-1, -2))
        seconds["NumPy"].append(time.perf_counter() - start)
        start = time.perf_counter()
        (all_valid - ideal_there).abs().mean((-1, -2)).cpu()  # .cpu() waits until a GPU is done
        seconds["PyTorch"].append(time.perf_counter() - start)
    return {library: median(times[1:]) for library, times in seconds.items()}


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


def stepped_l1(x, ideal, gradient_l1, step):
    stepped = x - step * gradient_l1 / gradient_l1.abs().max()
    return stepped, F.l1_loss(stepped, ideal)


def stepped_l2(x, ideal, gradient_l2, step):
    stepped = x - step * gradient_l2 / gradient_l2.abs().max()
    return stepped, F.mse_loss(stepped, ideal).sqrt()


def gradient_by_numpy(x):
    return x.numpy().backward()
