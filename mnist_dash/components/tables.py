"""Numbers in, pandas Styler out. Computes nothing."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from pandas.io.formats.style import Styler

from mnist_dash.components.shared.numbers import percent
from mnist_dash.compute import FoundDigit
from mnist_dash.core.baseline import Accuracy


def per_class(
    scores: Mapping[str, Accuracy], names: Mapping[int, str] | None = None, *, kind: str = "digit"
) -> Styler:
    """One row per class: its images, and each norm's accuracy.

    scores: maps a norm to its Accuracy. names: what each class is called, in the order of the rows, in
    Markdown. kind: what they are.
    """
    first = next(iter(scores.values()))
    names = names or {cls: str(cls) for cls in first.classes}
    frame = pd.DataFrame(
        {"images": first.total} | {norm: score.per_class for norm, score in scores.items()},
        index=first.classes,
    ).loc[list(names)]
    frame.index = pd.Index(names.values(), name=kind)
    return frame.style.format({"images": "{:,}"} | dict.fromkeys(scores, percent), na_rep="–")


def answers(rows: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """One row per way to prepare a digit: what each norm calls it. ``rows``: title -> norm -> name."""
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("prepared")


def accuracies(rows: Mapping[str, Mapping[str, Accuracy]]) -> Styler:
    """One row per way to prepare the images, each norm's pooled accuracy: title -> norm -> Accuracy."""
    pooled = {title: {norm: score.pooled for norm, score in scores.items()} for title, scores in rows.items()}
    frame = pd.DataFrame.from_dict(pooled, orient="index").rename_axis("prepared")
    return frame.style.format(percent)


def found_digits(
    pictures: Sequence[tuple[str, Sequence[FoundDigit]]], names: Sequence[str], word: str = "digit"
) -> pd.DataFrame:
    """One row per digit: its picture, number and box in pixels, and what each norm says of it.

    names: what each label is called. word: for what was found.
    """
    return pd.DataFrame(
        {"picture": name, word: number}
        | dict(zip(("left", "top", "right", "bottom"), digit.box, strict=True))
        | {
            f"{norm} {what}": value
            for norm, verdict in digit.verdicts.items()
            for what, value in {
                "answer": names[verdict.nearest],
                "distance": min(verdict.distances),
                "runner-up": names[verdict.runner_up],
                "margin": verdict.margin,
            }.items()
        }
        for name, digits in pictures
        for number, digit in enumerate(digits, start=1)
    )


def facts(kind: type, dtype: object, rank: int, shape: Sequence[int]) -> str:
    """What an array or a tensor is, as a Markdown table."""
    cells = (f"`{kind.__module__}.{kind.__name__}`", f"`{dtype}`", f"{rank}", f"`{tuple(shape)}`")
    return f"| type | dtype | rank | shape |\n|---|---|---|---|\n| {' | '.join(cells)} |"


def ranks(things: Mapping[str, tuple[int, Sequence[int], int]]) -> str:
    """One row per thing: its rank, its shape, and how many numbers it is, in Markdown."""
    rows = ["| | rank | shape | numbers |", "|---|---|---|---|"]
    for thing, (rank, shape, count) in things.items():
        rows.append(f"| {thing} | {rank} | `{tuple(shape)}` | {count:,} |")
    return "\n".join(rows)


def slice_as_csv(values: np.ndarray, rows: tuple[int, int], columns: tuple[int, int]) -> str:
    """A slice's numbers, (h, w), with the row and the column of each in the whole picture."""
    return pd.DataFrame(values, index=range(*rows), columns=range(*columns)).to_csv(index_label="row")
