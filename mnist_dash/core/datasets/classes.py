"""What labels are called: any text, made fit to be shown, in the order in which people sort."""

import re
import unicodedata

import numpy as np

from mnist_dash.core.datasets.errors import LONGEST, DatasetError, listed, short
from mnist_dash.core.datasets.limits import MOST_CLASSES
from mnist_dash.core.datasets.parts import Part

# Marks that turn the direction of what is written after them, and of the page around it.
TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
NEVER = {"Cc", "Cs", "Cn", "Zl", "Zp"}  # control characters and the like


def natural(name: str) -> tuple:
    """A key that sorts as people do: 2 before 10."""
    pieces = re.split("([0-9]+)", name)
    return (
        [
            (1, 0, piece.casefold()) if number % 2 == 0 else (0, len(piece.lstrip("0")), piece.lstrip("0"))
            for number, piece in enumerate(pieces)
            if piece
        ],
        name,
    )


def clean(name: str) -> str:
    """On one line, and without marks that would rearrange what is around it."""
    name = unicodedata.normalize("NFC", TURNING.sub("", name))
    name = "".join(" " if unicodedata.category(letter) in NEVER else letter for letter in name)
    return " ".join(name.split())


def shown(names: list[str]) -> tuple[list[str], list[str]]:
    """Names short enough to be shown, all different; and what to say about it."""
    found, notes = [], []
    for name in names:
        fit, number = short(name) or "(no name)", 2
        while fit in found:
            end = f" ({number})"
            fit, number = short(name, LONGEST - len(end)) + end, number + 1
        if len(name) > LONGEST:
            notes.append(f"A name of {len(name):,} letters was cut: {fit}")
        found.append(fit)
    return found, notes


def label(parts: list[Part], names: list[str] | None, order: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """Every part's labels become places among the classes, which are returned; and what to say about them.

    names: what labels that are numbers are called. order: of the classes, where a file gives it.
    Raises DatasetError when labels are no labels.
    """
    names = None if names is None else [clean(str(name)) for name in names]
    texts = []
    for part in parts:
        values, where = np.unique(values_of(part), return_inverse=True)
        if names is not None and values.dtype.kind in "iu":
            if len(values) and not 0 <= values[0] <= values[-1] < len(names):
                raise DatasetError(
                    f"{part.file} has labels from {values[0]:,} to {values[-1]:,} but names for 0 to "
                    f"{len(names) - 1}: give one name for each label"
                )
            called = [names[value] for value in values.tolist()]
        else:
            called = [clean(str(value)) for value in values.tolist()]
        texts.append((called, where))
    distinct = set().union(*(called for called, _ in texts))
    if len(distinct) > MOST_CLASSES:
        some = sorted(distinct, key=natural)
        raise DatasetError(
            f"{parts[0].file} has {len(distinct):,} classes ({listed(some)}), over {MOST_CLASSES}: "
            "leave some out, or look whether these are labels at all"
        )
    if len(distinct) < 2:
        raise DatasetError(
            f"{parts[0].file} has one class only, {short(distinct.pop())}: give images of at least two"
        )
    first = [name for name in (names or order) if name in distinct]
    classes = list(dict.fromkeys(first + sorted(distinct, key=natural)))
    place = {name: number for number, name in enumerate(classes)}
    for part, (called, where) in zip(parts, texts, strict=True):
        part.labels = np.array([place[name] for name in called], np.int64)[where]
    fit, notes = shown(classes)
    absent = [fit[place[name]] for name in classes if name not in texts[0][0]]
    if absent:
        notes.append(f"Nothing to learn from for {listed(absent)}.")
    if names and len(classes) < len(names):
        notes.append(f"Without an image: {listed([name for name in names if name not in distinct])}.")
    return tuple(fit), notes


def values_of(part: Part) -> np.ndarray:
    """Its labels as whole numbers, or as texts. Raises DatasetError when they are neither."""
    labels = part.labels
    if labels.dtype.kind == "O":
        missing = [number for number, each in enumerate(labels) if each is None or each != each]
        if missing:
            raise DatasetError(
                f"{part.file} has no label for image {part.before + missing[0] + 1:,}: "
                "give one, or leave the image out"
            )
        if all(isinstance(each, int | float) for each in labels):
            labels = np.array(labels.tolist())
    if labels.dtype.kind == "f":
        odd = np.nonzero(~np.isfinite(labels) | (labels != np.round(labels)) | (abs(labels) > 2**53))[0]
        if len(odd):
            raise DatasetError(
                f"{part.file} has {labels[odd[0]]:g} as the label of image {part.before + odd[0] + 1:,}: "
                "give whole numbers or names"
            )
        return labels.astype(np.int64)
    if labels.dtype.kind in "iuU":
        return labels
    return np.array([each.decode() if isinstance(each, bytes) else str(each) for each in labels], object)
