"""Accuracy, first version: both norms on the validation images of the digits in play."""

import inspect

import streamlit as st

from mnist_dash import baseline, compute, figures, settings, tables
from mnist_dash.baseline import NORMS

mnist = compute.mnist()
st.title("How good is the nearest ideal?", anchor=False)
digits = settings.digits_in_play(mnist.classes)

with st.spinner("Measuring every validation image against every ideal …"):
    scores = {norm: compute.score(mnist, norm, digits) for norm in NORMS}

with st.container(horizontal=True, gap="medium"):  # side by side on a phone too
    for name, score in scores.items():
        with st.container(width="stretch", gap="xsmall"):
            st.header(f":{figures.COLOURS[name]}[{name}]", anchor=False)
            st.caption(NORMS[name].meaning)
            st.metric(
                "Mean of the classes",
                f"{score.mean_per_class:.4f}",
                help="The book's accuracy: the mean of the per-class accuracies.",
            )
            st.metric(
                "Pooled",
                f"{score.pooled:.4f}",
                help="The share of correct images among all images.",
            )
            st.caption(f"{sum(score.right):,} of {sum(score.total):,} validation images are right.")

st.header("Digit by digit", anchor=False)
chart, table = st.columns([3, 2], gap="medium")
chart.plotly_chart(figures.per_class(scores), config={"displayModeBar": False})
table.table(tables.per_class(scores))

with st.expander("The code that computed these numbers"):
    for function in (
        baseline.ideals,
        baseline.l1,
        baseline.l2,
        baseline.predict,
        baseline.accuracy,
    ):
        st.code(inspect.getsource(function))
