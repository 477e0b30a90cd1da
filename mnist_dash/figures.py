"""Numbers in, plotly figure out. Computes nothing; the theme brings fonts, backgrounds and colours."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import plotly.graph_objects as go

from mnist_dash.baseline import Accuracy

# The named colour of each norm, in markdown and in components; .streamlit/config.toml says what it is, and
# lists the same colours in this order for charts.
COLOURS = {"L1": "blue", "L2": "orange"}
ROW = 34  # height of a class, in pixels
GREY, MARKED = "#8a919e", "#d10056"  # a bar that is nobody's; what is marked, as on pictures
LESS, MORE = "#9a6bc9", "#3a9d5a"  # violet and green, as on maps of signed numbers; fit for both themes


def per_class(scores: Mapping[str, Accuracy]) -> go.Figure:
    """One row per class, one dot per norm: ``scores`` maps a norm's name to its Accuracy."""
    classes = [str(cls) for cls in next(iter(scores.values())).classes]
    figure = go.Figure()
    for norm, score in scores.items():
        figure.add_scatter(
            name=norm,
            x=score.per_class,
            y=classes,
            mode="markers",
            marker_size=13,
            customdata=list(zip(score.right, score.total, strict=True)),
            hovertemplate=f"{norm}, digit %{{y}}: %{{x:.4f}}<br>%{{customdata[0]:,}} of "
            "%{customdata[1]:,} right<extra></extra>",
        )
    lowest, highest = (
        [extreme(shares) for shares in zip(*(s.per_class for s in scores.values()), strict=True)]
        for extreme in (min, max)
    )
    figure.add_scatter(
        x=[x for ends in zip(lowest, highest, strict=True) for x in (*ends, None)],
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
        xaxis={"title": "accuracy on the validation images of the digit", "tickformat": ".2f"},
        yaxis={"type": "category", "autorange": "reversed", "dtick": 1, "title": "digit"},
    )
    return figure


def pixel_histogram(counts: Sequence[int], *, mean: float) -> go.Figure:
    """How many images have a pixel from 0 to 7, 8 to 15, ... 248 to 255; a line marks the mean.

    Paper and full ink are so frequent that their bars may be cut off, and say then how high they are.
    """
    width = 256 // len(counts)
    figure = go.Figure()
    figure.add_bar(
        x=[width * (i + 0.5) for i in range(len(counts))],
        y=counts,
        width=width,
        marker={"color": GREY, "line_width": 0},
        customdata=[f"{width * i} to {width * (i + 1) - 1}" for i in range(len(counts))],
        hovertemplate="%{customdata}: %{y:,} images<extra></extra>",
    )
    ends, inner = (counts[0], counts[-1]), max(counts[1:-1])
    top = 1.2 * (inner if inner and max(ends) > 4 * inner else max(counts))
    for x, count, anchor in ((0, ends[0], "left"), (256, ends[1], "right")):
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
        xaxis={"title": "the pixel's value", "range": [0, 256], "tickvals": [0, 64, 128, 192, 255]},
        yaxis={"title": "images", "range": [0, top], "tickformat": ",d", "nticks": 5}
        | ({"dtick": 1} if top < 5 else {}),
    )
    return figure


def two_sides(
    edges: Sequence[float],
    counts: Mapping[str, Sequence[int]],
    *,
    threshold: float,
    marked: float,
) -> go.Figure:
    """Two histograms of one number over each other, first what belongs above the threshold.

    counts: name -> how many lie between each edge and the next. marked: one value that is pointed at.
    """
    figure = go.Figure()
    for (name, heights), colour in zip(counts.items(), (MORE, LESS), strict=True):
        figure.add_bar(
            name=name,
            x=[(low + high) / 2 for low, high in pairwise(edges)],
            y=heights,
            width=edges[1] - edges[0],
            marker={"color": colour, "opacity": 0.75, "line_width": 0},
            hovertemplate=f"{name}: %{{y:,}} images near %{{x:.1f}}<extra></extra>",
        )
    figure.add_vline(
        threshold,
        line={"color": GREY, "width": 2},
        annotation={"text": "threshold", "yanchor": "bottom"},
        annotation_position="top",
    )
    figure.add_scatter(
        name="this image",
        x=[marked],
        y=[0],
        mode="markers",
        marker={"symbol": "triangle-up", "size": 15, "color": MARKED, "line": {"width": 1, "color": "white"}},
        cliponaxis=False,
        hovertemplate="this image: %{x:.2f}<extra></extra>",
    )
    figure.update_layout(
        height=300,
        barmode="overlay",
        bargap=0,
        margin={"l": 50, "r": 10, "t": 60, "b": 45},
        legend={"orientation": "h", "x": 0, "y": 1.1, "yanchor": "bottom"},
        xaxis={"title": "sum of x · w", "zeroline": False},
        yaxis={"title": "images", "rangemode": "tozero"},
    )
    return figure


def curves(
    x: Sequence[float],
    lines: Mapping[str, Sequence[float]],
    *,
    at: float | None = None,
    marks: Mapping[str, float] | None = None,
    titles: tuple[str, str],
    tickformat: str = "",
    height: int = 300,
) -> go.Figure:
    """One curve per name over the same ``x``; a norm's has its colour, any other is grey.

    marks: where each curve is at ``at``, as a dot. titles: of the two axes.
    """
    figure = go.Figure()
    for name, y in lines.items():
        colour = {} if name in COLOURS else {"color": GREY}
        figure.add_scatter(name=name, x=x, y=y, mode="lines", line={"width": 3} | colour)
    # The dots come in the same order, so that the theme gives them the colours of their curves.
    for name, y in (marks or {}).items():
        colour = {} if name in COLOURS else {"color": GREY}
        figure.add_scatter(
            name=name,
            x=[at],
            y=[y],
            mode="markers",
            marker={"size": 13, "line": {"width": 2, "color": "rgba(255, 255, 255, .85)"}} | colour,
            showlegend=False,
        )
    figure.update_traces(hovertemplate=f"%{{x}}: %{{y:{tickformat or '.4f'}}}")
    figure.update_layout(
        height=height,
        margin={"l": 55, "r": 10, "t": 35, "b": 45},
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
        showlegend=len(lines) > 1,
        xaxis={"title": titles[0]},
        yaxis={"title": titles[1], "rangemode": "tozero", "tickformat": tickformat},
    )
    return figure
