"""What the classes of the set in use are called in sentences. Markdown, whatever they are called."""

from collections.abc import Iterable

from mnist_dash.core.datasets.errors import short
from mnist_dash.pages.shared.set_in_use import in_use
from mnist_dash.pages.shared.words import plain

DIGITS = tuple("0123456789")
SHORT = 20  # letters of a name where room is short


def class_name(label: int) -> str:
    """The class: ``8``, ``Zebra``."""
    return plain(in_use().classes[label])


def short_name(label: int) -> str:
    """The same, cut with an ellipsis if it is long."""
    return plain(short(in_use().classes[label], SHORT))


def what(label: int) -> str:
    """What its images show: ``an 8``, ``a 3``, ``Zebra``."""
    called = class_name(label)
    return f"{'an' if called == '8' else 'a'} {called}" if called in DIGITS else called


def many(label: int) -> str:
    """What several of its images show: ``3s``, ``Zebra``."""
    called = class_name(label)
    return f"{called}s" if called in DIGITS else called


def single(label: int) -> str:
    """An image of it, after "the" or "validation": ``3``, ``image of Zebra``."""
    called = class_name(label)
    return called if called in DIGITS else f"image of {called}"


def one(label: int) -> str:
    """One image of it: ``an 8``, ``a 3``, ``an image of Zebra``."""
    called = class_name(label)
    return what(label) if called in DIGITS else f"an image of {called}"


def some(label: int) -> str:
    """Several images of it: ``3s``, ``images of Zebra``."""
    called = class_name(label)
    return many(label) if called in DIGITS else f"images of {called}"


def listed(words: Iterable[str]) -> str:
    """``3, 7 and 8``."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def all_classes() -> str:
    """``all ten digits``, ``all 26 classes``, ``both classes``."""
    count = len(in_use().labels)
    return "all ten digits" if are_digits() else "both classes" if count == 2 else f"all {count} classes"


def kind() -> str:
    """What a class is: ``digit`` or ``class``."""
    return "digit" if are_digits() else "class"


def kinds() -> str:
    """Several: ``digits``, ``classes``."""
    return "digits" if are_digits() else "classes"


def without_validation(labels: Iterable[int]) -> str:
    """A sentence if none of these classes has an image to judge on, else ""."""
    if {*labels} & in_use().valid.places.keys():
        return ""
    names = " or ".join(map(class_name, labels))
    return f"The validation set has no image of {names}: nothing to judge on."


def are_digits() -> bool:
    """Whether the classes are the ten digits."""
    return in_use().classes == DIGITS
