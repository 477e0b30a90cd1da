"""Numbers in, picture out: figures, tables and the texts of the readout, read back as properties."""

import base64
import io
import re

import pytest
import torch
from PIL import Image

from mnist_dash.components import figures, tables
from mnist_dash.components.readout import BLANK, headline, ideals_as_css, note
from mnist_dash.components.shared.numbers import percent
from mnist_dash.compute import Verdict
from mnist_dash.core.baseline import NORMS, Accuracy
from mnist_dash.core.datasets import Dataset, Digits
from mnist_dash.core.handwriting import Preparation

DIGITS = tuple("0123456789")
NOTHING = Digits(torch.zeros(0, 28, 28, dtype=torch.uint8), torch.zeros(0, dtype=torch.int64))
TEN = Dataset("MNIST", NOTHING, NOTHING, DIGITS)
SCORES = {
    "L1": Accuracy((3, 7), right=(926, 1013), total=(1010, 1028)),
    "L2": Accuracy((3, 7), right=(968, 1001), total=(1010, 1028)),
}


def test_every_norm_has_a_colour():
    assert list(figures.COLOURS) == list(NORMS)


def test_the_figure_shows_each_norms_accuracy_of_each_class():
    l1, l2, between = figures.per_class(SCORES).data
    assert (l1.name, l2.name) == ("L1", "L2")
    assert tuple(l1.y) == ("3", "7")
    assert tuple(l1.x) == tuple(100 * share for share in SCORES["L1"].per_class)
    assert tuple(l2.x) == tuple(100 * share for share in SCORES["L2"].per_class)
    assert tuple(l1.customdata[0]) == (926, 1010)
    assert tuple(between.x[:2]) == pytest.approx((92600 / 1010, 96800 / 1010))


def test_the_table_shows_each_norms_accuracy_of_each_class():
    html = tables.per_class(SCORES).to_html()
    cells = re.findall(r"<t[dh][^>]*>([^<]*)</t[dh]>", html)
    assert [cell for cell in cells if cell.strip() and "nbsp" not in cell] == [
        "images", "L1", "L2", "digit",
        "3", "1,010", percent(0.9168), percent(0.9584),
        "7", "1,028", percent(0.9854), percent(0.9737),
    ]  # fmt: skip


def test_a_class_without_images_has_a_dash():
    scores = {"L1": Accuracy((3, 7), right=(1, 0), total=(1, 0))}
    assert "–" in tables.per_class(scores).to_html()


def test_the_pictures_of_the_ideals_are_the_ideals():
    ideals = torch.rand(2, 28, 28, generator=torch.Generator().manual_seed(0))
    css = ideals_as_css((3, 7), ideals)
    for cls, ideal in zip((3, 7), ideals, strict=True):
        png = re.search(rf"--ideal-{cls}: url\(data:image/png;base64,([^)]*)\)", css)[1]
        picture = Image.open(io.BytesIO(base64.b64decode(png)))
        greys = torch.tensor(list(picture.tobytes())).view(28, 28)
        torch.testing.assert_close(1 - greys / 255, ideal, rtol=0, atol=0.5 / 255)


def verdicts(l1, l2):
    return {
        norm: Verdict(norm, (3, 7), (0.1, 0.2), nearest, 10 - nearest, 0.1)
        for norm, nearest in {"L1": l1, "L2": l2}.items()
    }


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (None, "Draw something"),
        ((3, 3), "Both norms say 3"),
        ((7, 3), "The norms disagree: L1 says 7, L2 says 3"),
    ],
)
def test_the_headline_says_the_answer_and_whether_the_norms_agree(answers, says):
    assert headline(answers and verdicts(*answers), DIGITS) == says


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ((3, 3), "MNIST validation image 4,711, labelled 3: both are right."),
        ((7, 7), "MNIST validation image 4,711, labelled 3: both are wrong."),
        ((7, 3), "MNIST validation image 4,711, labelled 3: L2 is right, L1 is wrong."),
        ((3, 7), "MNIST validation image 4,711, labelled 3: L1 is right, L2 is wrong."),
    ],
)
def test_the_note_says_whether_the_answer_is_right(answers, says):
    assert note(verdicts(*answers), TEN, (4711, 3), exact=True) == says


def test_the_note_says_that_the_right_answer_is_not_in_play():
    says = "MNIST validation image 9, labelled 5, which is not a possible answer here."
    assert note(verdicts(3, 3), TEN, (9, 5), exact=True) == says


def test_the_note_says_how_a_drawing_was_prepared():
    assert "centred by its mass" in note(verdicts(3, 3), TEN, None, exact=False)
    assert "pixel for pixel" in note(verdicts(3, 3), TEN, None, exact=True)


def test_of_an_empty_pad_the_note_says_why_it_is_not_measured():
    said = note(None, TEN, None, exact=False)
    assert said.endswith(f"The nearest one names your digit. {BLANK}.")
    assert "no answer" not in said


def test_of_another_set_the_names_and_its_own_preparation_are_said():
    letters = Dataset("letters", NOTHING, NOTHING, tuple("abcdefgh"))
    like = Preparation(8, 8, 7, 3.5, 3.5)
    assert headline(verdicts(3, 7), letters.classes) == "The norms disagree: L1 says d, L2 says h"
    assert note(verdicts(3, 3), letters, (1_234, 3), like=like, exact=False) == (
        "letters validation image 1,234, labelled d: both are right."
    )
    assert note(verdicts(3, 3), letters, None, like=like, exact=False) == (
        "Scaled to fit a box of 7 pixels and centred by its mass, as the images of letters are."
    )
    blank = note(None, letters, None, like=like, exact=False)
    assert blank.startswith("Each small picture is an ideal: the mean of the training images of a class.")
    assert "digit" not in blank
