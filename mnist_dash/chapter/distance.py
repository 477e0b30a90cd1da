"""One image against one ideal: three ways, broadcasting, NumPy and PyTorch, gradients."""

import time
from statistics import median

import numpy as np
import torch
import torch.nn.functional as F
from numpy import array
from torch import tensor

from mnist_dash.core.folders import ls

# -- three ways --------------------------------------------------------------------------------------


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


def sums(signed, absolute):
    return signed.sum(), absolute.sum()


def nearer_to_ideal(three_means, three_means_to_rival):
    return torch.stack(three_means).abs() < torch.stack(three_means_to_rival).abs()


def by_torch(x, ideal):
    return F.l1_loss(x, ideal), F.mse_loss(x, ideal).sqrt(), F.mse_loss(x, ideal)


def same_as_torch(three_means, by_torch):
    _, mean_absolute, root_mean_square = three_means
    ours = torch.stack([mean_absolute, root_mean_square, root_mean_square])
    return torch.isclose(ours, torch.stack(by_torch))


def valid_by_name(data, valid_folder):
    return data.valid.images[[o.number for o in ls(data, valid_folder)]].float() / 255


def right_three_ways(valid_by_name, ideal, rival_ideal):
    to_ideal, to_rival = valid_by_name - ideal, valid_by_name - rival_ideal
    by_signed_mean = to_ideal.mean((-1, -2)).abs() < to_rival.mean((-1, -2)).abs()
    by_l1 = to_ideal.abs().mean((-1, -2)) < to_rival.abs().mean((-1, -2))
    by_l2 = (to_ideal**2).mean((-1, -2)) < (to_rival**2).mean((-1, -2))
    return torch.stack([by_signed_mean, by_l1, by_l2])


def cancelled(right_three_ways):
    by_signed_mean, by_l1, _ = right_three_ways
    return right_three_ways.sum(1), len(by_l1), (by_l1 & ~by_signed_mean).nonzero()[:, 0]


def one_pixel_apart(height, width):
    """L1 and L2 between two images that differ in one pixel only."""
    blank = torch.zeros(height, width)
    dotted = blank.clone()
    dotted[0, 0] = 1
    return F.l1_loss(dotted, blank), F.mse_loss(dotted, blank).sqrt()


def pixels_off(absolute):
    return (absolute > 1e-6).sum()  # by more than rounding


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


# -- broadcasting ------------------------------------------------------------------------------------


def a_list_and_a_number():
    return tensor([1, 2, 3]) + tensor(1)


def valid_stack(data, digit):
    return data.valid.stacks[digit].float() / 255


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


# -- NumPy and PyTorch -------------------------------------------------------------------------------


def device():
    has_gpu = torch.accelerator.is_available()
    return torch.accelerator.current_accelerator() if has_gpu else torch.device("cpu")


def by_numpy(valid_stack, ideal):
    return np.abs(valid_stack.numpy() - ideal.numpy()).mean((-1, -2))


def by_pytorch(valid_stack, ideal, device):
    return (valid_stack.to(device) - ideal.to(device)).abs().mean((-1, -2)).cpu()


def both_libraries(by_numpy, by_pytorch):
    return by_numpy[:3], by_pytorch[:3], np.abs(by_numpy - by_pytorch.numpy()).max()


def all_valid(data):
    return data.valid.images.float() / 255


def some_valid(data, count):
    return data.valid.images[:count].float() / 255


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
    numpy_took, pytorch_took = map(median, zip(*rounds[1:], strict=True))
    ratios = [pytorch / numpy for numpy, pytorch in rounds[1:]]
    return numpy_took, pytorch_took, pytorch_took / numpy_took, min(ratios), max(ratios)


def where_it_ran(all_valid, device):
    return len(all_valid), device.type


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
    by_hand_l1 = signed.sign() / signed.numel()
    by_hand_l2 = signed / (signed.numel() * by_torch[1])
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


def every_step_size(x, ideal, gradient_l1, gradient_l2, sizes):
    steps = tensor(sizes)
    along_l1 = x - steps[:, None, None] * gradient_l1  # (S, H, W)
    along_l2 = x - steps[:, None, None] * gradient_l2
    after_l1 = (along_l1 - ideal).abs().mean((-1, -2))
    after_l2 = ((along_l2 - ideal) ** 2).mean((-1, -2)).sqrt()
    return steps, after_l1, after_l2


def gradient_by_numpy(x):
    return x.numpy().backward()
