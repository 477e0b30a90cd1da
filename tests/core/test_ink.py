"""Images as a list of their ink, and back."""

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from mnist_dash.core.ink import Ink

VALUES = st.sampled_from([0, 0, 0, 1, 77, 255])
stacks = arrays(np.uint8, array_shapes(min_dims=3, max_dims=3, max_side=5), elements=VALUES)


def every(ink):
    return ink.images(torch.arange(len(ink)))


def test_a_2_by_3_image_worked_by_hand():
    ink = Ink.of(torch.tensor([[[0, 7, 0], [0, 0, 9]], [[0, 0, 0], [1, 0, 0]]], dtype=torch.uint8))
    assert ink.codes.tolist() == [7 * 6 + 1, 9 * 6 + 5, 1 * 6 + 3]
    assert ink.starts.tolist() == [0, 2, 3]


@given(stacks.map(torch.from_numpy))
def test_the_images_come_back(images):
    assert every(Ink.of(images)).equal(images)


@given(stacks.map(torch.from_numpy), st.data())
def test_some_of_them_come_back_in_the_order_asked_for(images, data):
    which = torch.tensor(data.draw(st.lists(st.integers(0, len(images) - 1)))).long()
    assert Ink.of(images).images(which).equal(images[which])


@given(stacks.map(torch.from_numpy), st.none() | st.integers(1, 7))
def test_the_first_are_the_first(images, count):
    assert every(Ink.of(images).first(count)).equal(images[:count])


@given(stacks.map(torch.from_numpy))
def test_one_stack_after_the_other(images):
    inks = [Ink.of(images), Ink.of(images).first(1), Ink.of(images)]
    assert every(Ink.cat(inks)).equal(torch.cat([images, images[:1], images]))
