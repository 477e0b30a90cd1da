"""One image: its pixels, its rank and shape, its colours."""

import zlib
from base64 import b85decode

import numpy as np
import pandas as pd
from numpy import array
from PIL import Image, ImageOps
from torch import tensor

from mnist_dash import load_mnist
from mnist_dash.core.folders import SAMPLE, ls

# -- one image ---------------------------------------------------------------------------------------


def data():
    return load_mnist()


def files(data, folder):
    return ls(data, folder)


def file(files, place):
    return files[place]


def picture(file):
    return Image.open(file)


def drawn_picture(size, drawing):
    return Image.frombytes("L", size, zlib.decompress(b85decode(drawing)))


def image(picture):
    return tensor(array(picture))


def how_many_numbers(image):
    return image.shape, image.numel()


def most_frequent(image):
    """The number that most pixels have, and how many do."""
    numbers, times = image.unique(return_counts=True)
    return numbers[times.argmax()], times.max()


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


# -- rank, shape, colour -----------------------------------------------------------------------------


def one_pixel(image, row, column):
    return image[row, column]


def one_row(image, row):
    return image[row]


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
