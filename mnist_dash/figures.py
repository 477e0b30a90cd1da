"""Numbers in, plotly figure out. Computes nothing; the theme brings fonts, backgrounds and colours."""

from collections.abc import Mapping

import plotly.graph_objects as go

from mnist_dash.baseline import Accuracy

# The named colour of each norm, in markdown and in components; .streamlit/config.toml says what it is, and
# lists the same colours in this order for charts.
COLOURS = {"L1": "blue", "L2": "orange"}
ROW = 34  # height of a class, in pixels


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
