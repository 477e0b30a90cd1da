"""Whether images lie on their side: said of letters and digits that do, of nothing else."""

from pathlib import Path
from string import ascii_lowercase, ascii_uppercase

import matplotlib
import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw, ImageFont
from sklearn.datasets import load_digits

from mnist_dash import Digits
from mnist_dash.core.datasets.turned import lying, turned
from mnist_dash.core.stress import Stress

FONTS = Path(matplotlib.get_data_path(), "fonts/ttf")
NAMES = ("DejaVuSans", "DejaVuSans-BoldOblique", "DejaVuSerif-Italic", "DejaVuSansMono", "STIXGeneral")
NAMES += ("STIXGeneralBolIta", "cmr10", "cmmi10", "cmtt10")
SIDES = (28, 28)


def written(letter, font):
    """The letter as large as fits, in the middle, (28, 28)."""
    image = Image.new("L", (120, 120))
    ImageDraw.Draw(image).text((30, 20), letter, 255, ImageFont.truetype(FONTS / f"{font}.ttf", 60))
    image = image.crop(image.getbbox())
    image.thumbnail((24, 24))
    page = Image.new("L", SIDES)
    page.paste(image, ((28 - image.width) // 2, (28 - image.height) // 2))
    return np.asarray(page)


def letters(fonts, *alphabets):
    """Each letter of each alphabet in each font, turned and moved by chance; its label is its place there."""
    chance, found = np.random.default_rng(0), []
    for alphabet in alphabets:
        for font in fonts:
            images = torch.from_numpy(np.stack([written(letter, font) for letter in alphabet]))
            for _ in range(3):
                turn, dx, dy, size = chance.normal(0, (12, 1, 1, 0.1))
                strain = Stress(round(dx), round(dy), float(turn), float(min(max(1 + size, 0.8), 1.2)))
                found.append(strain.of(images))
    images = torch.cat(found)
    return Digits(images, torch.arange(len(images)) % len(alphabets[0]))


def on_its_side(digits):
    return Digits(turned(digits.images), digits.labels)


@pytest.mark.parametrize(
    "alphabets", [(ascii_uppercase,), (ascii_lowercase,), (ascii_uppercase, ascii_lowercase)]
)
@pytest.mark.parametrize("fonts", [*((name,) for name in NAMES), NAMES])
def test_letters_that_lie_on_their_side_are_noticed_and_upright_ones_are_not(fonts, alphabets):
    upright = letters(fonts, *alphabets)
    for names in (tuple(ascii_uppercase), tuple(ascii_lowercase)):
        assert lying(upright, names) == ""
        assert lying(on_its_side(upright), names) == "letters"


def test_under_the_names_of_others_they_are_left():
    upright, chance = letters(NAMES, ascii_uppercase), np.random.default_rng(1)
    said = [
        lying(each, tuple(chance.permutation(list(ascii_uppercase))))
        for each in (upright, on_its_side(upright))
        for _ in range(30)
    ]
    assert not any(said)


def test_letters_may_be_numbered_as_in_emnist_s_own_files():
    upright, numbered = letters(NAMES[:1], ascii_uppercase), tuple(map(str, range(1, 27)))
    assert lying(upright, numbered) == ""
    assert lying(on_its_side(upright), numbered) == "letters"


def test_what_is_no_letter_is_left():
    chance = torch.Generator().manual_seed(0)
    labels = torch.arange(52) % 26
    noise = torch.randint(256, (52, *SIDES), generator=chance, dtype=torch.uint8)
    blank = torch.zeros(52, *SIDES, dtype=torch.uint8)
    upright = letters(NAMES[:1], ascii_uppercase)
    for each in (Digits(noise, labels), Digits(blank, labels)):
        assert lying(each, tuple(ascii_lowercase)) == ""
    assert lying(on_its_side(upright).of(range(7)), tuple(ascii_uppercase)) == ""


def test_digits_are_told_from_digits_on_their_side(mnist):
    small = load_digits()
    images = torch.from_numpy((small.images * 255 / 16).astype(np.uint8))
    for each in (mnist.valid, Digits(images, torch.from_numpy(small.target))):
        assert lying(each, tuple("0123456789")) == ""
        assert lying(on_its_side(each), tuple("0123456789")) == "digits"
