"""Numbers in, pandas Styler out. Computes nothing."""

from collections.abc import Mapping

import pandas as pd
from pandas.io.formats.style import Styler

from mnist_dash.baseline import Accuracy


def per_class(scores: Mapping[str, Accuracy]) -> Styler:
    """One row per class: its images, and each norm's accuracy. ``scores`` maps a norm to its Accuracy."""
    first = next(iter(scores.values()))
    frame = pd.DataFrame(
        {"images": first.total} | {norm: score.per_class for norm, score in scores.items()},
        index=pd.Index(first.classes, name="digit"),
    )
    return frame.style.format({"images": "{:,}"} | dict.fromkeys(scores, "{:.4f}"), na_rep="–")
