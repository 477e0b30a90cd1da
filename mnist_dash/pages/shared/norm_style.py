"""The colours of the norms, for HTML of our own."""

import streamlit as st

from mnist_dash.components.figures import COLOURS


def norm_style() -> str:
    """A style that gives ``--norm`` to whatever has ``data-norm``: the theme's colour of that norm."""
    rules = []
    for norm, colour in COLOURS.items():
        light, dark = (st.get_option(f"theme.{theme}.{colour}Color") for theme in ("light", "dark"))
        rules.append(f'[data-norm="{norm}"] {{ --norm: light-dark({light}, {dark}); }}')
    return f"<style>{' '.join(rules)}</style>"
