"""The steps from a picture to 28 x 28, by name, one after the other; each can be left out.

Y. LeCun et al., *Gradient-based learning applied to document recognition*, 1998, III.A: the digits were
"size normalized to fit in a 20x20 pixel box while preserving their aspect ratio", with grey levels from
"the anti-aliasing technique used by the normalization algorithm", then "centered in a 28x28 image by
computing the center of mass of the pixels". Measured over the training set, that centre is at pixel
coordinate (14.0, 14.0).
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image, ImageOps
from torch import Tensor

from mnist_dash.core.handwriting.contrast import FAINTEST, least_beside, strength_of, with_paper
from mnist_dash.core.handwriting.digit import Digit, Stage, as_seen, digit_of
from mnist_dash.core.handwriting.errors import HandwritingError
from mnist_dash.core.handwriting.files import plain
from mnist_dash.core.handwriting.joining import digits, with_fragments
from mnist_dash.core.handwriting.light import evened, grey_of, light_on_dark
from mnist_dash.core.handwriting.lines import ruling
from mnist_dash.core.handwriting.parts import DARK, connected, strokes, together
from mnist_dash.core.handwriting.preparation import MNIST, Preparation
from mnist_dash.core.handwriting.table import around_sheet

MOST = 100  # digits in one picture
MOST_STROKES = 4 * MOST
MOST_SPOTS = 1000  # with more of them, a picture shows grain, not ink


@dataclass(frozen=True)
class Step:
    """title: a word or two. does: what it does. off: what happens without it. Both are sentences."""

    title: str
    does: str
    off: str


STEPS: dict[str, Step] = {
    "upright": Step(
        "Upright",
        "The picture is turned the way the camera was held, as its EXIF note says.",
        "The picture stays as it lies in the file.",
    ),
    "grey": Step(
        "Grey",
        "Red, green and blue become one number a pixel: 0.299 R + 0.587 G + 0.114 B. Where that can't tell "
        "ink from paper, the colour that can is taken alone.",
        "The red channel alone is taken, in which red ink is as bright as paper.",
    ),
    "polarity": Step(
        "Polarity",
        "Light ink on a dark ground is turned round, so that the ink is dark.",
        "The ink is taken to be dark, whatever it is.",
    ),
    "light": Step(
        "Even light",
        "Each pixel is divided by how bright the paper is there, so that shadows go.",
        "Shadows and grey paper stay.",
    ),
    "ink": Step(
        "Ink from paper",
        "What is paper becomes 0, what is as dark as the ink becomes 255.",
        "The paper's grain stays, and faint ink stays faint.",
    ),
    "lines": Step(
        "No lines",
        "Ruled lines, boxes and frames go, and strokes that cross them stay whole.",
        "Lines stay, and what they touch is one with them.",
    ),
    "specks": Step(
        "No specks",
        "Loose spots go, and what no pen drew: a thumb, the table around the sheet.",
        "Whatever is dark belongs to the digit.",
    ),
    "pen": Step(
        "Pen",
        "Strokes much thinner or thicker than MNIST's are brought to its width.",
        "Strokes stay as wide as they were written.",
    ),
    "box": Step(
        "Box of 20",
        "The digit is cut out and scaled, its shape kept, to a longer side of 20 pixels.",
        "What surrounds the digit is scaled with it, to 28 pixels.",
    ),
    "centre": Step(
        "Centre of mass",
        "The ink's centre of mass is put at (14, 14).",
        "The digit's box is put in the middle instead.",
    ),
}


def steps_like(like: Preparation) -> dict[str, Step]:
    """``STEPS`` in the words that hold for another set."""
    if like == MNIST:
        return STEPS
    box, longest = like.box, max(like.shape)
    return STEPS | {
        "specks": replace(STEPS["specks"], off="Whatever is dark belongs to the drawing."),
        "pen": Step(
            "Pen",
            "Strokes much thinner or thicker than a seventh of the box are brought to that.",
            STEPS["pen"].off,
        ),
        "box": Step(
            f"Box of {box}",
            f"The ink is cut out and scaled, its shape kept, to a longer side of {box} pixels.",
            f"What surrounds the ink is scaled with it, to {longest} pixels.",
        ),
        "centre": Step(
            "Centre of mass",
            f"The ink's centre of mass is put at ({like.row:g}, {like.column:g}).",
            "The middle of the ink's box is put there instead.",
        ),
    }


@dataclass(frozen=True)
class Reading:
    """A picture and what was found in it.

    stages: of the steps up to "lines", of the whole picture. found: how many digits there are, of which
    ``read`` takes the main one. ignored: what is no digit, and how many of each:
    "line", "table" (around the sheet), "edge" (what lies at the picture's edge, such as a thumb), "blot"
    (wider than a pen's stroke), "dash", "mark" (much smaller or larger than the digits), "spot".
    """

    stages: tuple[Stage, ...]
    digits: tuple[Digit, ...]
    found: int
    light_ink: bool
    ignored: Mapping[str, int]

    def stages_of(self, number: int) -> tuple[Stage, ...]:
        """All stages of one digit; if it is not alone, cropped to its surroundings."""
        digit = self.digits[number]
        if len(self.digits) == 1:
            return self.stages + digit.stages
        left, top, right, bottom = digit.box
        margin = max(right - left, bottom - top) // 4
        window = (left - margin, top - margin, right + margin, bottom + margin)
        whole = (0, 0, *self.stages[-1].picture.size)
        ends = (max, max, min, min)
        window = tuple(end(at, limit) for end, at, limit in zip(ends, window, whole, strict=True))
        return tuple(Stage(s.step, s.picture.crop(window)) for s in self.stages) + digit.stages


def to_mnist(
    image: Image.Image,
    *,
    without: Collection[str] = (),
    ink: str = "auto",
    like: Preparation = MNIST,
) -> Tensor:
    """A picture of one digit, any mode and size -> uint8 (28, 28), 255 = ink.

    without: names of ``STEPS`` to leave out. ink: "dark", "light", or "auto", to decide by the picture.
    like: what the images of another set are like, if it is to be one of them, (H, W) as they are.
    Raises HandwritingError, one plain sentence, when the picture can't be decoded or shows no ink.
    """
    return read(image, without=without, ink=ink, like=like).digits[0].pixels


def read(
    image: Image.Image,
    *,
    without: Collection[str] = (),
    ink: str = "auto",
    drawn: bool = False,
    like: Preparation = MNIST,
) -> Reading:
    """``to_mnist`` with every step on the way; if there are several digits, the main one.

    drawn: on a screen, dark on white, so there are no shadows, lines or thumbs to remove.
    """
    return _read(image, without, ink, like, alone=True, drawn=drawn)


def read_all(
    image: Image.Image,
    *,
    without: Collection[str] = (),
    ink: str = "auto",
    drawn: bool = False,
    like: Preparation = MNIST,
) -> Reading:
    """Every digit in the picture, line by line from the top, each line from left to right.

    Raises HandwritingError as ``to_mnist`` does, and when there are more than 100.
    """
    return _read(image, without, ink, like, alone=False, drawn=drawn)


def _read(
    image: Image.Image,
    without: Collection[str],
    ink: str,
    like: Preparation,
    *,
    alone: bool,
    drawn: bool,
) -> Reading:
    if drawn:
        without, ink = {*without, "light", "lines"}, "dark"
    upright = plain(image)
    if "upright" not in without:
        upright = ImageOps.exif_transpose(upright)
    colours = upright.getchannel(0) if "grey" in without else grey_of(upright)
    grey = np.asarray(colours, np.float32) / 255
    light_ink = "polarity" not in without and (ink == "light" or (ink == "auto" and light_on_dark(grey)))
    dark = 1 - grey if light_ink else grey
    even = dark if "light" in without else evened(dark, light_ink=light_ink)
    separate = "ink" not in without
    ignored: Counter[str] = Counter()
    contrast = 1 - even
    if not {"specks", "light"} & {*without} and not light_ink and (beyond := around_sheet(grey)) is not None:
        contrast[beyond] = 0
        ignored["table"] = 1
    least = FAINTEST
    strength = clear = strength_of(contrast, separate=separate)
    if "lines" not in without:
        ruled, lines = ruling(strength / strength.max())
        if ruled.any():
            ignored["line"] = lines
            least = least_beside(contrast, ruled)
            contrast = with_paper(contrast, ruled)
            clear = strength_of(contrast, separate=separate, least=least)
    if "specks" in without:
        labels, parts = connected(clear >= DARK * clear.max())
    else:
        ruled = ignored["line"] > 0
        page = strokes(clear / clear.max(), drawn=drawn, ruled=ruled)
        if page.foreign.any():  # the ink is measured again without it
            ignored += page.ignored
            clear = strength_of(with_paper(contrast, page.foreign), separate=separate, least=least)
            page = strokes(clear / clear.max(), ruled=ruled)
        labels, parts = page.labels, page.parts
        ignored += page.ignored
    turned = as_seen(1 - dark) if light_ink else colours
    inked = as_seen(strength)
    stages = (
        Stage("upright", upright),
        Stage("grey", colours),
        Stage("polarity", turned),
        Stage("light", turned if even is dark else as_seen(1 - even)),
        Stage("ink", inked),
        Stage("lines", inked if clear is strength else as_seen(clear)),
    )
    if not parts or len(parts) > MOST_SPOTS:
        raise HandwritingError("no ink found: nothing but specks")
    if alone and "specks" in without:
        found = [together(parts)]
    elif len(parts) > MOST_STROKES:
        raise _too_many()
    else:
        found, others = digits(parts, labels, drawn=drawn)
        ignored += others
    if not found:
        raise HandwritingError("no ink found: nothing that looks drawn or written")
    if len(found) > MOST:
        raise _too_many()
    taken = [with_fragments(max(found, key=lambda digit: digit.area), parts)] if alone else found
    made = tuple(digit_of(clear, labels, part, without, like, alone=alone) for part in taken)
    return Reading(stages, made, len(found), light_ink, dict(ignored))


def _too_many() -> HandwritingError:
    return HandwritingError(f"more than {MOST} shapes found: send part of the page")
