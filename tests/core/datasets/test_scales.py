"""Numbers on any scale, and ink of either kind, become 0 for paper and 255 for ink; and that is said."""

import numpy as np
import pytest
from PIL import Image

from mnist_dash import load_dataset
from mnist_dash.core.datasets.errors import DatasetError
from mnist_dash.core.datasets.scales import narrow
from tests.core.datasets.files import named, npz, pictures, zipped

LABELS = np.arange(40) % 2
GREYS = np.random.default_rng(2).integers(0, 256, (40, 6, 6), dtype=np.uint8)
GREYS[:, 0] = GREYS[:, -1] = 0
GREYS[0, 2, 2:4] = 0, 255


def loaded(images, **wish):
    """All images in their order: each keeps its class, so that a seed splits all sets alike."""
    return load_dataset(named(npz(x=images, y=LABELS)), **wish)


def same(dataset, other):
    return all(
        getattr(dataset, part).images.equal(getattr(other, part).images) for part in ("train", "valid")
    )


AS_IT_IS = loaded(GREYS)
SCALED = {
    "0 to 1": GREYS / 255,
    "-1 to 1": GREYS / 127.5 - 1,
    "0 to 16": (GREYS / 255 * 16),
    "0 to 255": GREYS.astype(float),
}


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("scale", SCALED)
def test_a_scale_is_recognised_and_said(scale, kind):
    dataset = loaded(SCALED[scale].astype(kind))
    if kind is np.float16:  # too coarse to come out to the last grey
        apart = (dataset.train.images.int() - AS_IT_IS.train.images.int()).abs().max()
        assert apart <= 1
    else:
        assert same(dataset, AS_IT_IS)
    said = f"Pixels ran from {scale.replace(' to ', ' to ')}: stretched to 0 to 255."
    assert (said in dataset.notes) == (scale != "0 to 255")


@pytest.mark.parametrize("kind", [np.uint8, np.int32, np.bool_, np.float32])
def test_black_and_white_is_0_and_255(kind):
    dataset = loaded((GREYS > 127).astype(kind))
    assert dataset.train.images.unique().tolist() == [0, 255]


@pytest.mark.parametrize("kind", [np.int16, np.uint32, np.int64])
def test_whole_numbers_of_any_kind_are_bytes(kind):
    assert same(loaded(GREYS.astype(kind)), AS_IT_IS)


def test_images_from_files_keep_their_greys_however_faint():
    faint = GREYS // 32  # 0 to 7 would be on the scale of 0 to 16
    dataset = load_dataset(named(zipped(pictures({"train": (faint, LABELS)}))))
    assert dataset.train.images.max() == 7


def test_dark_ink_is_noticed_turned_round_and_can_be_left():
    turned = loaded(255 - GREYS)
    assert same(turned, AS_IT_IS)
    assert "Ink is dark here: turned round, so that paper is 0 (invert=False leaves it)." in turned.notes
    left = loaded(255 - GREYS, invert=False)
    assert left.train.images.equal(255 - AS_IT_IS.train.images)
    assert not any("Ink is dark" in note for note in left.notes + AS_IT_IS.notes)
    assert same(loaded(GREYS, invert=True), left)


def test_turning_makes_columns_of_rows():
    wide = GREYS[:, 1:5]
    upright, turned = loaded(wide), loaded(wide, turn=True)
    assert turned.train.images.shape[1:] == (6, 4)
    assert turned.valid.images.equal(upright.valid.images.transpose(1, 2))
    assert turned.train.images.is_contiguous()


def test_resizing_is_pillows_and_is_said():
    dataset = loaded(GREYS, size=(9, 12))
    first = Image.fromarray(AS_IT_IS.valid.images[0].numpy()).resize((12, 9), Image.Resampling.BILINEAR)
    assert (dataset.valid.images[0].numpy() == np.asarray(first)).all()
    assert "Images were resized to 9 × 12 pixels." in dataset.notes


def test_images_of_130_are_read_once_they_are_resized():
    large = GREYS.repeat(22, 1).repeat(22, 2)
    with pytest.raises(DatasetError, match="132 × 132"):
        loaded(large)
    assert loaded(large, size=28).train.images.shape[1:] == (28, 28)


def test_numbers_are_kept_as_bytes_where_bytes_hold_them():
    assert narrow(np.array([0, 255])).dtype == np.uint8
    assert narrow(np.array([0, 256])).dtype == np.float32
    assert narrow(np.array([-1, 1])).dtype == np.float32
    assert narrow(np.array([0.0, 1.0])).dtype == np.float32
