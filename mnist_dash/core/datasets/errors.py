"""What leaves the door when a file is not what it should be, and the words of such sentences."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

LONGEST = 60  # letters of a name that is quoted


class DatasetError(ValueError):
    """A file or a tensor is not what a data set needs; the message says which, why and how to mend it."""


class NoLabelsError(DatasetError):
    """There are images, but nothing says what they show: ``load_images`` reads them."""


@contextmanager
def reading(file: str) -> Iterator[None]:
    """Whatever a library raises about a damaged file becomes a DatasetError that names it."""
    try:
        yield
    except DatasetError:
        raise
    except Exception as error:  # decoders of damaged files raise whatever they like
        why = short(str(error).partition("\n")[0] or type(error).__name__, 120)
        raise DatasetError(
            f"{file} is damaged: it can't be read ({why}): save it again, or take another copy"
        ) from error


def each_read(some: Iterator[T], file: str) -> Iterator[T]:
    """What a library reads of a file, piece by piece, none of them None. Raises DatasetError."""
    while True:
        with reading(file):
            piece = next(some, None)
        if piece is None:
            return
        yield piece


def short(name: str, most: int = LONGEST) -> str:
    """A name as a sentence can hold it: on one line, and not too long."""
    name = "".join(letter if letter.isprintable() else " " for letter in name)
    return name if len(name) <= most else f"{name[: most - 1]}…"


def listed(names: Collection[str], most: int = 3) -> str:
    """Three of the names, and how many more there are."""
    some = ", ".join(short(name) for name in list(names)[:most])
    return f"{some} and {len(names) - most:,} more" if len(names) > most else some


def counted(number: int, word: str, words: str | None = None) -> str:
    """ "1 image", "2 images"."""
    return f"{number:,} {word if number == 1 else words or word + 's'}"
