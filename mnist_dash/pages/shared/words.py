"""Numbers and pictures in words: for text alternatives, captions and tables."""

import re
from collections.abc import Mapping

from torch import Tensor

from mnist_dash.core.baseline import Accuracy


def with_sign(number: float, decimals: int = 4) -> str:
    """A number with its sign, a true minus; zero has none."""
    text = f"{number:+.{decimals}f}".replace("-", "−")
    return text if text.strip("+−0.") else text[1:]


def points(difference: float) -> str:
    """How far two shares are apart: ``1.5 points``."""
    return f"{100 * abs(difference):.1f} points"


def in_full(score: Accuracy) -> str:
    """For who asks: ``0.9514: 1,939 of 2,038 are right``."""
    return f"{score.pooled:.4f}: {sum(score.right):,} of {sum(score.total):,} are right"


def wrong(score: Accuracy) -> str:
    """What the share leaves out: ``99 wrong of 2,038``."""
    total = sum(score.total)
    return f"{total - sum(score.right):,} wrong of {total:,}"


def most(pixels: Tensor) -> str:
    """Where a map of costs is highest. pixels: (H, W)."""
    row, column = divmod(int(pixels.argmax()), pixels.shape[1])
    return f"most at row {row}, column {column}, {pixels.max():.2f}"


def most_and_least(pixels: Tensor, decimals: int = 2) -> str:
    """Where a map of signed numbers is highest and lowest. pixels: (H, W)."""
    places = (divmod(int(place), pixels.shape[1]) for place in (pixels.argmax(), pixels.argmin()))
    (top, left), (low, right) = places
    high, least = with_sign(pixels.max(), decimals), with_sign(pixels.min(), decimals)
    return f"highest at row {top}, column {left}, {high}; lowest at row {low}, column {right}, {least}"


def shape_text(shape: tuple[int, ...]) -> str:
    """A shape as Python prints a tuple: ``(28, 28)``, ``(3,)``, ``()``."""
    return str(tuple(shape))


def times(shape: tuple[int, ...]) -> str:
    """A shape in words: ``28 × 28``."""
    return " × ".join(map(str, shape))


def plain(text: str) -> str:
    """A text with nothing left that Markdown would read."""
    return "".join(
        f"\\{sign}" if not sign.isalnum() and sign.isascii() and sign != " " else sign for sign in text
    )


def unmarked(text: str) -> str:
    """Markdown as it is read, for a text alternative: what ``plain`` has done is undone."""
    return re.sub(r"\\(.)", r"\1", text)


def as_code(text: str) -> str:
    """Any text as code in Markdown."""
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    room = " " if "`" in text else ""
    return f"{fence}{room}{text}{room}{fence}"


LEFT_OUT = {  # what is not a digit in a picture: one, and several
    "line": ("a ruled line", "{count} ruled lines"),
    "table": ("what lies around the sheet", ""),
    "edge": ("something at the edge, such as a thumb or a shadow", "{count} things at the edge"),
    "blot": ("a blot", "{count} blots"),
    "dash": ("a dash", "{count} dashes"),
    "mark": (
        "a mark much larger or smaller than the {word}",
        "{count} marks much larger or smaller than the {word}",
    ),
    "spot": ("a spot", "{count} spots"),
}


def ignored(counts: Mapping[str, int], word: str) -> list[str]:
    """What was left out of a ``Reading``, in the reader's words. word: for what was read, as of several."""
    return [
        (one if counts[kind] == 1 else many).format(count=counts[kind], word=word)
        for kind, (one, many) in LEFT_OUT.items()
        if counts.get(kind)
    ]
