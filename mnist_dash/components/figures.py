"""Numbers in, plotly figure out. Computes nothing; the theme brings fonts, backgrounds and colours."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import wraps
from html import escape
from math import log10
from typing import Any, ParamSpec

import plotly.graph_objects as go

from mnist_dash.compute.cache import Memory
from mnist_dash.core.baseline import Accuracy
from mnist_dash.core.datasets.errors import short

# The named colour of each norm, in markdown and in components; .streamlit/config.toml says what it is, and
# lists the same colours in this order for charts.
COLOURS = {"L1": "blue", "L2": "orange"}
ROW = 27  # height of a class, in pixels
GREY, MARKED = "#8a919e", "#d10056"  # a bar that is nobody's; what is marked, as on pictures
KEPT = 32  # figures
LONGEST = 20  # letters of a name beside a figure

P = ParamSpec("P")


def drawn_once(function: Callable[P, go.Figure]) -> Callable[P, go.Figure]:
    """The same numbers are the same figure: Plotly takes tens of milliseconds to make one."""
    memory = Memory(KEPT)

    @wraps(function)
    def draw(*args: P.args, **options: P.kwargs) -> go.Figure:
        return memory.ask(_frozen((args, options)), lambda: function(*args, **options))

    return draw


def _frozen(value: Any) -> Hashable:
    if isinstance(value, Mapping):
        return tuple((name, _frozen(each)) for name, each in value.items())
    return tuple(map(_frozen, value)) if isinstance(value, list | tuple) else value


@drawn_once
def per_class(scores: Mapping[str, Accuracy], *, order: Sequence[int] | None = None) -> go.Figure:
    """One row per class, one dot per norm: ``scores`` maps a norm's name to its Accuracy.

    order: the classes from top to bottom, if not as they are.
    """
    classes = [str(cls) for cls in next(iter(scores.values())).classes]
    figure = go.Figure()
    for norm, score in scores.items():
        figure.add_scatter(
            name=norm,
            x=[100 * share for share in score.per_class],
            y=classes,
            mode="markers",
            marker_size=13,
            customdata=list(zip(score.right, score.total, strict=True)),
            text=[f"digit {cls}" for cls in classes],
            hovertemplate=f"{norm}, %{{text}}: %{{x:.1f}} %<br>%{{customdata[0]:,}} of "
            "%{customdata[1]:,} right<extra></extra>",
        )
    lowest, highest = (
        [extreme(shares) for shares in zip(*(s.per_class for s in scores.values()), strict=True)]
        for extreme in (min, max)
    )
    figure.add_scatter(
        x=[x for low, high in zip(lowest, highest, strict=True) for x in (100 * low, 100 * high, None)],
        y=[y for cls in classes for y in (cls, cls, None)],
        mode="lines",
        line={"width": 3, "color": "rgba(128, 128, 128, .45)"},
        zorder=-1,
        hoverinfo="skip",
        showlegend=False,
    )
    figure.update_layout(
        height=ROW * len(classes) + 110,
        margin={"l": 45, "r": 10, "t": 40, "b": 45},
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
        xaxis={"title": "right among the validation images of the digit", "ticksuffix": " %"},
        yaxis={
            "type": "category",
            "categoryarray": [str(cls) for cls in order or next(iter(scores.values())).classes],
            "autorange": "reversed",
            "dtick": 1,
            "title": "digit",
        },
    )
    return figure


def of_classes(figure: go.Figure, names: Mapping[int, str]) -> go.Figure:
    """``per_class`` of classes that are no digits, by their names. Not kept: a name may be private."""
    labels = [int(label) for label in figure.layout.yaxis.categoryarray]
    called = {label: escape(short(names[label], LONGEST), quote=False) for label in labels}
    named = go.Figure(figure)
    for trace in named.select_traces({"mode": "markers"}):
        trace.text = [called[int(label)] for label in trace.y]
    named.update_xaxes(title="right among the validation images of the class")
    named.update_yaxes(
        title="class",
        automargin=True,
        autorange=False,
        range=(len(labels) - 0.5, -0.5),
        tickvals=list(map(str, labels)),
        ticktext=list(called.values()),
    )
    return named


@drawn_once
def pixel_histogram(counts: Sequence[int], *, mean: float) -> go.Figure:
    """How many images have a pixel that is 0, from 1 to 8, 9 to 16, ... 249 to 255; a line marks the mean.

    Paper and full ink are so frequent that their bars may be cut off, and say then how high they are.
    """
    width = 256 // (len(counts) - 1)
    figure = go.Figure()
    figure.add_bar(
        x=[width * (i - 0.5) for i in range(len(counts))],  # that of 0 ends at 0, each other at its highest
        y=counts,
        width=width,
        marker={"color": GREY, "line_width": 0},
        customdata=[
            "0",
            *(f"{width * i + 1} to {min(width * (i + 1), 255)}" for i in range(len(counts) - 1)),
        ],
        hovertemplate="%{customdata}: %{y:,} images<extra></extra>",
    )
    ends, inner = (counts[0], counts[-1]), max(counts[1:-1])
    top = 1.2 * (inner if inner and max(ends) > 4 * inner else max(counts))
    for x, count, anchor in ((-width, ends[0], "left"), (256, ends[1], "right")):
        if count > top:
            figure.add_annotation(
                x=x, y=1, yref="paper", text=f"↑ {count:,}", showarrow=False, xanchor=anchor, yanchor="bottom"
            )
    figure.add_vline(
        mean,
        line={"color": MARKED, "width": 2},
        annotation={"text": f"mean {mean:.1f}", "yanchor": "bottom", "yshift": 14},
        annotation_position="top right" if mean < 128 else "top left",
    )
    figure.update_layout(
        height=270,
        bargap=0,
        margin={"l": 50, "r": 10, "t": 42, "b": 45},
        showlegend=False,
        xaxis={"title": "the pixel's value", "range": [-width, 256], "tickvals": [0, 64, 128, 192, 255]},
        yaxis={"title": "images", "range": [0, top], "tickformat": ",d", "nticks": 5}
        | ({"dtick": 1} if top < 5 else {}),
    )
    return figure


@drawn_once
def learning_curve(
    x: Sequence[float],
    spreads: Mapping[str, tuple[Sequence, Sequence]],
    *,
    labels: Mapping[float, str],
    here: float,
) -> go.Figure:
    """Accuracy against the number of training images: a norm's mean line, in a band from lowest to highest.

    spreads: norm -> its (lowest, mean, highest) at each ``x`` on validation images, and on those that the
    ideals are made of, which is dashed. labels: places on the axis -> what they are called. here: one of them
    that is pointed out.
    """
    spreads = {
        norm: [[[100 * share for share in spread] for spread in of_kind] for of_kind in of_norm]
        for norm, of_norm in spreads.items()
    }
    shares = {
        share for of_norm in spreads.values() for of_kind in of_norm for each in of_kind for share in each
    }
    figure = go.Figure()
    # Norm by norm within each kind, so that the theme gives every trace the colour of its norm.
    for norm, (on_valid, _) in spreads.items():
        lowest, _, highest = zip(*on_valid, strict=True) if on_valid else ((), (), ())
        figure.add_scatter(
            name=norm,
            x=[*x, *reversed(x)] if on_valid else [],
            y=[*highest, *reversed(lowest)],
            mode="lines",
            line_width=0,
            fill="toself",
            opacity=0.45,
            hoverinfo="skip",
            showlegend=False,
        )
    for norm, (_, on_own) in spreads.items():
        figure.add_scatter(
            name=f"{norm}, the ideals' own images",
            x=x,
            y=[mean for _, mean, _ in on_own],
            mode="lines",
            line={"width": 1.5, "dash": "dash"},
            legendrank=1001,  # after the others, whose rank is 1000
            hovertemplate="%{y:.1f} %",
        )
    for norm, (on_valid, _) in spreads.items():
        figure.add_scatter(
            name=f"{norm}, validation images",
            x=x,
            y=[mean for _, mean, _ in on_valid],
            mode="lines+markers",
            line_width=3,
            marker_size=7,
            customdata=[(low, high) for low, _, high in on_valid],
            hovertemplate="%{y:.1f} % (%{customdata[0]:.1f} to %{customdata[1]:.1f})",
        )
    figure.add_vline(here, line={"color": GREY, "width": 1, "dash": "dot"})
    figure.add_annotation(
        x=log10(here),  # so Plotly wants it
        y=1,
        yref="paper",
        text="chosen",
        showarrow=False,
        yanchor="bottom",
        font_color=GREY,
    )
    figure.update_layout(
        height=380,
        margin={"l": 55, "r": 20, "t": 60, "b": 45},
        hovermode="x unified",
        legend={"orientation": "h", "x": 0, "y": 1.07, "yanchor": "bottom"},
        xaxis={
            "type": "log",
            "range": [log10(min(labels)) - 0.08, log10(max(labels)) + 0.08],
            "title": "training images per ideal",
            "tickvals": list(labels),
            "ticktext": list(labels.values()),
            "tickangle": 0,
        },
        yaxis={"title": "accuracy", "ticksuffix": " %"} | ({} if len(shares) > 1 else {"range": [0, 105]}),
    )
    return figure
