"""The settings: what the reader can choose, by name; how each is read from the address and written to it.

?digits=3&digits=7&norm=L2: a setting's name is its name in the address. ``choices`` holds what was chosen.
"""

import re
import string
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mnist_dash.chapter.printed import RECEIPTS
from mnist_dash.components.digit_pad import Drawing, written
from mnist_dash.components.my_digits import Mine
from mnist_dash.compute import STEPS
from mnist_dash.core.baseline import IDEALS, NORMS
from mnist_dash.core.ladder import RUNGS
from mnist_dash.core.stress import STRAINS, SWITCHES, strains

BOOK = (3, 7)  # the digits of the book
SEEDS = 1_000  # so many samples of a data set can be seen
ENOUGH = 1_000  # validation images: an accuracy is then known to about a hundredth
EVERY = 1_000_000  # more images than any class has: all of them
FIRSTS = (1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1000, 1500, 2000, 3000, 5000)
SOURCES = {"train": "Training set", "valid": "Validation set", "drawn": "My drawing"}
INKS = {"auto": "Decide automatically", "dark": "Dark", "light": "Light"}
RULES = ("doubled_positives", "squared_evens", "every_one_plus_one")  # functions of chapter
LEFT_OUT = {
    "nothing": "nothing",
    "stack": "torch.stack",
    "sizes": "equal sizes",
    "float": ".float()",
    "255": "/ 255",
    "mean": ".mean(0)",
}
MISTAKES = {"digits": "Digit by digit", "norms": "Where the norms disagree"}
AXES = {"rank": "Rank and shape", "colour": "Colour: one more axis"}
CLOSER = {
    "pixel": "One pixel at a time",
    "torch": "PyTorch's names",
    "confidence": "A loss is not a confidence",
}
BOX = {
    "samples": "Samples",
    "farthest": "Farthest from their ideal",
    "baseline": "The baseline",
    "origin": "Source and licence",
}
PICTURE_MB, SET_MB = 10, 200  # at most, of one upload
SIZES = (None, 8, 16, 28, 32, 64, 128)  # to which images are resized, if at all
# How the reader's own files are read: an option of load_dataset -> the setting.
OWN = {name: f"own_{name}" for name in ("share", "seed", "turn", "invert", "size", "level")}
FITTING = {"shapes": "Shape lab", "libraries": "NumPy and PyTorch"}
IMPROVED = {"median": "Mean or median?", "gradient": "Which way should each pixel change?"}
JUDGED = {
    "baseline": "Baseline",
    "overfitting": "Overfitting",
    "race": "Be the classifier",
    "images": "How many images?",
}
WHOSE = {"set": "A data set", "mine": "My digits"}
ORDERS = {"digit": "By digit", "accuracy": "Worst first"}
RACE = 20  # images of "Be the classifier", if there are so many
SIGNS = string.digits + string.ascii_letters + "_~"  # one for each of 64 labels
PACES = {"1": "1 second", "3": "3 seconds", "10": "10 seconds"}
GUESSES = ("guessed", "quiz")
ASKING = ("on", "off")  # whether the reader is asked for guesses
VIEWS = {"mean": "Mean", "spread": "Spread", "median": "Median", "difference": "Mean − median"}


@dataclass(frozen=True)
class Guess:
    """What the reader said to a question, by its name in ``QUESTIONS``; None when it was skipped.

    view: the settings that its answer depends on, each with the value it had.
    """

    question: str
    said: str | int | None
    view: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Descended:
    """What the gradient painted on the pads of these digits, and how it came to that.

    losses: of every step. shares: after every round, norm -> accuracy on validation images and on training
    images. painted: the pads at the end.
    """

    digits: tuple[int, ...]
    begun: tuple[tuple[int, bytes], ...]
    losses: tuple[float, ...]
    shares: tuple[Mapping[str, tuple[float, float]], ...]
    painted: tuple[tuple[int, bytes], ...]


@dataclass(frozen=True, eq=False)
class Kept:
    """What is known of the reader's digits that the browser keeps. labels: of each, by its id.

    recalled: whether it has told which they are. trouble: "full" or "forbidden" when it keeps no more.
    """

    labels: Mapping[int, int | None] = field(default_factory=dict)
    recalled: bool = False
    trouble: str = ""


class NotAllowedError(ValueError):
    """A value that a setting does not have."""


@dataclass(frozen=True)
class Setting:
    """One choice.

    read: the texts of the address -> a value, None if it can't be read. write: the reverse, None where the
    address can't hold the value. why: what the reader is told when a value is refused. allows: whether a
    value will do, where an address doesn't say or takes long to be written and read.
    """

    default: Any
    read: Callable[[list[str]], Any]
    write: Callable[[Any], list[str] | None] = lambda value: [str(value)]
    why: str = ""
    allows: Callable[[Any], bool] | None = None

    def checked(self, value: Any) -> Any:
        """The value, as it would be read from the address: one check for addresses, controls, components.

        Raises NotAllowedError.
        """
        if self.allows is not None:
            if not self.allows(value):
                raise NotAllowedError(value)
            return value
        if value == self.default:
            return self.default
        try:
            texts = self.write(value)
            read = value if texts is None else self.read(texts)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            read = None
        if read is None:
            raise NotAllowedError(value)
        return read


def unwritten(default: Any, allows: Callable[[Any], bool]) -> Setting:
    """A choice that is not in the address: this visit's own. allows: whether a value will do."""
    return Setting(default, lambda texts: None, lambda value: None, allows=allows)


def drawn() -> Setting:
    """What is on the pad; the address holds it as long as it is short."""

    def write(drawing: Drawing) -> list[str] | None:
        text = written.write(drawing)
        return None if text is None else [text]

    def read(texts: list[str]) -> Drawing | None:
        return written.read(texts[-1]) if texts else None

    return Setting(Drawing(), read, write, allows=lambda value: isinstance(value, Drawing))


def one_of(default: str, options: Collection[str]) -> Setting:
    """One of some names."""
    return Setting(default, lambda texts: texts[-1] if texts and texts[-1] in options else None)


def whole(default: int, low: int, high: int) -> Setting:
    """A whole number; one beyond the ends is the end itself."""

    def read(texts: list[str]) -> int | None:
        if texts and re.fullmatch("-?[0-9]{1,9}", texts[-1]):
            return min(max(int(texts[-1]), low), high)
        return None

    return Setting(default, read)


def decimal(default: float, low: float, high: float) -> Setting:
    """A number with up to four decimals; one beyond the ends is the end itself."""

    def read(texts: list[str]) -> float | None:
        if texts and re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,4})?", texts[-1]):
            return min(max(float(texts[-1]), low), high) + 0.0  # which makes 0 of -0
        return None

    return Setting(default, read, lambda value: [f"{value:g}"])


def number(default: float, low: float, high: float) -> Setting:
    """A whole number or a decimal, as its default is."""
    return (whole if isinstance(default, int) else decimal)(default, low, high)


def span(default: tuple[int, int], length: int) -> Setting:
    """Where a slice begins and ends, as in Python: ``4:10``, the end excluded. An empty one is one long."""

    def read(texts: list[str]) -> tuple[int, int] | None:
        if texts and (found := re.fullmatch("([0-9]{1,4}):([0-9]{1,4})", texts[-1])):
            low, high = map(int, found.groups())
            low, high = (min(low, length - 1), min(low, length - 1) + 1) if low == high else (low, high)
            return (low, high) if low < high <= length else None
        return None

    return Setting(default, read, lambda value: [f"{value[0]}:{value[1]}"])


def pixel(default: tuple[int, int], height: int, width: int) -> Setting:
    """Row and column of a pixel: ``9,14``."""

    def read(texts: list[str]) -> tuple[int, int] | None:
        if texts and (found := re.fullmatch("([0-9]{1,4}),([0-9]{1,4})", texts[-1])):
            row, column = map(int, found.groups())
            return (row, column) if row < height and column < width else None
        return None

    return Setting(default, read, lambda value: [f"{value[0]},{value[1]}"])


def a_class(default: int, names: Mapping[int, str]) -> Setting:
    """A label, which the address has by its name."""
    labels = {name: label for label, name in names.items()}
    return Setting(
        default, lambda texts: labels.get(texts[-1]) if texts else None, lambda label: [names[label]]
    )


def classes(default: tuple[int, ...], names: Mapping[int, str], why: str) -> Setting:
    """Two labels or more, ascending, which the address has by their names."""

    def read(texts: list[str]) -> tuple[int, ...] | None:
        found = tuple(label for label, name in names.items() if name in texts)
        return found if len(found) >= len(default) else None

    return Setting(default, read, lambda labels: [names[label] for label in labels], why)


def cell(default: tuple[str, int, int], names: Mapping[int, str]) -> Setting:
    """A norm, a true class and what it is called: ``L1,4,9``."""
    labels = {name: label for label, name in names.items()}
    one = "|".join(map(re.escape, labels))

    def read(texts: list[str]) -> tuple[str, int, int] | None:
        if texts and (found := re.fullmatch(f"({'|'.join(NORMS)}),({one}),({one})", texts[-1])):
            norm, true, called = found.groups()
            return norm, labels[true], labels[called]
        return None

    return Setting(default, read, lambda value: [f"{value[0]},{names[value[1]]},{names[value[2]]}"])


def race(names: Mapping[int, str]) -> Setting:
    """Which images are drawn, and what the reader called them, -1 being no answer: ``5:3773-…``.

    As long as nothing is said, ``5``. A sign stands for a label.
    """
    signs = {"-": -1} | dict(zip(SIGNS, sorted(names), strict=False))
    of_label = {label: sign for sign, label in signs.items()}

    def read(texts: list[str]) -> tuple[int, tuple[int, ...]] | None:
        pattern = f"([0-9]{{1,3}})(?::([{SIGNS}-]{{1,{RACE}}}))?"
        if texts and (found := re.fullmatch(pattern, texts[-1])) and {*(found[2] or "")} <= {*signs}:
            return int(found[1]), tuple(signs[sign] for sign in found[2] or "")
        return None

    def write(value: tuple[int, tuple[int, ...]]) -> list[str]:
        seed, said = value
        answers = "".join(of_label[label] for label in said)
        return [f"{seed}:{answers}" if said else f"{seed}"]

    return Setting((0, ()), read, write)


def words(default: str, longest: int) -> Setting:
    """A line that the user types."""
    return Setting(default, lambda texts: texts[-1][:longest] if texts else None, lambda value: [value])


def unchosen(setting: Setting) -> Setting:
    """The same, None until the user chooses."""
    return Setting(None, setting.read, lambda value: [] if value is None else setting.write(value))


def some_of(
    options: Collection[Hashable], default: tuple[Hashable, ...] = (), least: int = 0, why: str = ""
) -> Setting:
    """Any of some names, in their order; no fewer than ``least``."""

    def read(texts: list[str]) -> tuple[Hashable, ...] | None:
        found = tuple(name for name in options if str(name) in texts)
        return found if len(found) >= least else None

    return Setting(default, read, lambda value: [str(name) for name in value], why)


def longest_step(height: int, width: int) -> int:
    """Of image − step × gradient: by L1 it changes every pixel by a little more than half of all ink."""
    return round(420 * height * width / 784)


def _of_set(names: Mapping[int, str], height: int, width: int) -> dict[str, Setting]:
    """The settings that mean nothing for another set. names: of each label that has training images."""
    book = [label for label, name in names.items() if name in map(str, BOOK)]
    two = tuple(book if len(book) == len(BOOK) else [*names][:2])
    eighth = next((label for label, name in names.items() if name == "8"), [*names][-1])
    return {
        "digits": classes(two, names, "Two possible answers at least: the nearest ideal needs a rival."),
        "digit": a_class(two[0], names),
        "place": whole(1, 0, EVERY),
        "ideal": a_class(two[0], names),
        "rival": a_class(two[1], names),
        "rows": _corner(height),
        "columns": _corner(width),
        "pixel": pixel((9 * height // 28, 14 * width // 28), height, width),
        "at": whole(0, 0, EVERY),
        "spot": unchosen(pixel((0, 0), height, width)),
        **{
            name: number(strain.rest, strain.stops[0], strain.stops[-1])
            for name, strain in strains(height, width).items()
        },
        "race": race(names),
        "flipped": unchosen(whole(0, 0, height * width)),
        "step": whole(round(longest_step(height, width) * 50 / 420), 0, longest_step(height, width)),
        "faint": a_class(eighth, names),
        "cell": unchosen(cell(("L1", *two), names)),
        "image": unchosen(whole(0, 0, EVERY)),
        "example": unchosen(whole(0, 0, EVERY)),
        **{f"{wall}_from": whole(0, 0, EVERY) for wall in ("cell", *NORMS, "neither", "samples", "farthest")},
        "painted": unwritten((), lambda value: isinstance(value, tuple)),
        "descending": unwritten(None, lambda value: value is None or isinstance(value, tuple)),
        "descended": unwritten(None, lambda value: value is None or isinstance(value, Descended)),
        "dot": unwritten(None, lambda value: isinstance(value, tuple)),
        "climbing": unwritten(None, lambda value: isinstance(value, frozenset | None)),  # for which choices
        "labels": unwritten(None, lambda value: value is None or isinstance(value, tuple)),
    }


def _corner(length: int) -> Setting:
    """Some rows or columns near the upper left corner: six, of 28 the book's."""
    start = length // 7
    return span((start, min(start + 6, length)), length)


def settings_of(names: tuple[tuple[int, str], ...], height: int, width: int) -> Mapping[str, Setting]:
    """All settings, for a set of images with these labels and what each is called."""
    return SETTINGS | _of_set(dict(names), height, width)


_MNIST = _of_set({digit: str(digit) for digit in range(10)}, 28, 28)
OF_A_SET = tuple(_MNIST)  # names of settings that mean nothing for another set
SETTINGS: dict[str, Setting] = {
    "digits": _MNIST["digits"],
    "norm": one_of("L1", NORMS),
    "off": some_of(STEPS),
    "ink": one_of("auto", INKS),
    # Pixels and Distance: where the image is from, None for the reader's drawing as soon as there is one; its
    # label, its place in the folder. That is the book's.
    "from": unchosen(one_of("train", SOURCES)),
    "digit": _MNIST["digit"],
    "place": _MNIST["place"],
    # Ideals and Distance: the ideal that is looked at, and the one it is held against.
    "ideal": _MNIST["ideal"],
    "rival": _MNIST["rival"],
    # Pixels
    "rows": _MNIST["rows"],
    "columns": _MNIST["columns"],
    "shades": one_of("value", ("value", "column")),
    # Ideals
    "first": whole(EVERY, 1, EVERY),
    "pixel": _MNIST["pixel"],
    "list": words("3, -1, 4, 1, -5, 9", 240),
    "rule": one_of("doubled_positives", RULES),
    "without": one_of("nothing", LEFT_OUT),
    "view": one_of("mean", VIEWS),
    "at": _MNIST["at"],
    # Distance
    "spot": _MNIST["spot"],
    "value": unchosen(decimal(0.0, 0.0, 1.0)),
    "sharpness": whole(20, 1, 200),
    # Two shapes, None as long as they are the first example of the set in use.
    "a": unchosen(words("1010, 28, 28", 60)),
    "b": unchosen(words("28, 28", 60)),
    "step": _MNIST["step"],
    # Broadcasting: when both libraries were timed again.
    "timing": unwritten(0, lambda value: isinstance(value, int)),
    # Accuracy: how an ideal is made, and what is done to the validation images. "first" is that of Ideals.
    "how": one_of("mean", IDEALS),
    **{name: _MNIST[name] for name in STRAINS},
    "also": some_of(SWITCHES),
    # Which of several exhibits is in view: on Pixels, Distance, Broadcasting, Accuracy and Better ideal.
    "axes": one_of("rank", AXES),
    "closer": one_of("pixel", CLOSER),
    "fitting": one_of("shapes", FITTING),
    "improved": unchosen(one_of("median", IMPROVED)),
    "judged": unchosen(one_of("baseline", JUDGED)),
    # Be the classifier. After what the images are, so that it is read from the address after that.
    "race": _MNIST["race"],
    "pace": one_of("3", PACES),
    # Flip it: how many pixels are changed.
    "flipped": _MNIST["flipped"],
    # Line: where it lies between the two digits; the dot that is pointed at, after the two.
    "t": decimal(0.0, -0.1, 0.1),
    "dot": _MNIST["dot"],
    # The magnet: how its ideals are made, and an ideal that gets some of its ink.
    "magnets": one_of("mean", IDEALS),
    "faint": _MNIST["faint"],
    "strength": whole(40, 0, 100),
    # Mistakes: digit by digit or where the norms disagree; the order of the digits, the cell whose images are
    # shown. The image that is looked at closer.
    "mistakes": one_of("digits", MISTAKES),
    "order": one_of("digit", ORDERS),
    "cell": _MNIST["cell"],
    "image": _MNIST["image"],
    # Walls of images that one can turn: which is the first in sight.
    **{name: setting for name, setting in _MNIST.items() if name.endswith("_from")},
    # The ladder: how many ideals a digit has, how many neighbours vote, whose code is shown.
    "several": whole(10, 1, 50),
    "neighbours": whole(3, 1, 50),
    "rung": one_of("L2", RUNGS),
    # Draw: what is on the pad; the validation image that lies there as long as nothing is.
    "drawing": drawn(),
    "example": _MNIST["example"],
    # Better ideal: (digit, its pixels) of the pads that show no mean; the pads from which the gradient is
    # painting, and what came of it.
    "painted": _MNIST["painted"],
    "descending": _MNIST["descending"],
    "descended": _MNIST["descended"],
    # Guess first: whether anything is asked; the guesses, one a question; whether those of earlier visits are
    # among them. And what was said in the quiz so far.
    "guess": one_of("on", ASKING),
    **{
        name: unwritten(
            (), lambda value: isinstance(value, tuple) and all(isinstance(each, Guess) for each in value)
        )
        for name in GUESSES
    },
    "recalled": unwritten(False, lambda value: isinstance(value, bool)),
    # My digits: all of them; what they were before each of the latest changes; what of them the browser
    # keeps; the one that is looked at, by its id; the first in sight; how many files were brought, and what
    # was wrong with the latest. On Photos: a picture and its labels as they are typed.
    "mine": unwritten(Mine(), lambda value: isinstance(value, Mine)),
    "mine_before": unwritten((), lambda value: isinstance(value, tuple)),
    "kept": unwritten(Kept(), lambda value: isinstance(value, Kept)),
    "my_digit": unwritten(None, lambda value: value is None or isinstance(value, int)),
    "mine_from": unwritten(0, lambda value: isinstance(value, int)),
    "brought": unwritten((0, ""), lambda value: isinstance(value, tuple)),
    "labels": _MNIST["labels"],
    # Data: which set is in view, which images of MNIST are. Receipts: the line whose code is shown.
    "whose": one_of("set", WHOSE),
    "seed": whole(0, 0, SEEDS - 1),
    "box": one_of("samples", BOX),
    "own_share": unwritten(0.2, lambda value: isinstance(value, float) and 0 < value < 1),
    "own_seed": unwritten(0, lambda value: isinstance(value, int)),
    "own_turn": unwritten(False, lambda value: isinstance(value, bool)),
    "own_invert": unwritten(None, lambda value: value is None or isinstance(value, bool)),
    "own_size": unwritten(None, lambda value: value in SIZES),
    "own_level": unwritten(-1, lambda value: value in (0, -1)),
    "receipt": whole(0, 0, len(RECEIPTS) - 1),
    # What belongs to this visit alone.
    "pictures": unwritten((), lambda value: isinstance(value, tuple)),  # of Photos
    "found": unwritten(None, lambda value: value is None or isinstance(value, tuple)),  # picture, digit on it
    "camera": unwritten(False, lambda value: isinstance(value, bool)),
    "sheets": unwritten(ENOUGH, lambda value: isinstance(value, int)),  # that tell what a step is worth
    "computed": unwritten(0, lambda value: isinstance(value, int)),
    "climbing": _MNIST["climbing"],
}


def _change_places(name: str, other: str) -> Callable[[dict[str, Any], Any], None]:
    """Two settings that are never equal: one that is given the other's value leaves it its own."""

    def rule(values: dict[str, Any], before: Any) -> None:
        if values[name] == values[other]:
            values[other] = before

    return rule


def _unsaid(name: str) -> Callable[[dict[str, Any], Any], None]:
    """What the reader called some images is about these images only."""

    def rule(values: dict[str, Any], before: Any) -> None:
        if values[name] != before:
            values["race"] = (values["race"][0], ())

    return rule


def _in_view(values: dict[str, Any], before: Any) -> None:
    """A link with what somebody said shows it."""
    if values["race"][1]:
        values["judged"] = values["judged"] or "race"


def _gradient_in_view(values: dict[str, Any], before: Any) -> None:
    """A link with a step along the gradient shows it; from when it was always in view, it says no more."""
    values["improved"] = values["improved"] or "gradient"


# Which images are drawn from, and what they look like.
DRAWN_FROM = ("digits", *STRAINS, "also")
# What can't be together. A rule is called once its setting was changed, with all values and the one before.
CONFLICTS: dict[str, Callable[[dict[str, Any], Any], None]] = {
    "ideal": _change_places("ideal", "rival"),
    "rival": _change_places("rival", "ideal"),
    "race": _in_view,
    "step": _gradient_in_view,
    **{name: _unsaid(name) for name in DRAWN_FROM},
}
