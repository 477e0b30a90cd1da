"""The words that the half chapter has taught, each with the page where it can be seen."""

import streamlit as st

from mnist_dash.pages.shared.contents import PAGES
from mnist_dash.pages.shared.exhibit import exhibit
from mnist_dash.pages.shared.glossary import GLOSSARY

STYLE = """<style>
.words { columns: 3 18rem; column-gap: 2.5rem; margin: 0 !important; font-size: .875rem; line-height: 1.45; }
.words div { break-inside: avoid; margin-bottom: .7rem; }
.words dt { font-weight: 650; }
.words dd { margin: 0; }
.words small { color: light-dark(#5c6370, #a3a9b6); white-space: nowrap; }
</style>"""


@exhibit
def words() -> None:
    """The glossary, in alphabetical order, folded away until somebody asks."""
    folded = st.expander(f"All {len(GLOSSARY)} words, explained", key="glossary", on_change="rerun")
    if folded.open:
        entries = "".join(
            f"<div><dt>{term}</dt><dd>{entry.of_set} <small>{PAGES[entry.page].title}</small></dd></div>"
            for term, entry in sorted(GLOSSARY.items(), key=lambda item: item[0].lower())
        )
        folded.html(f"{STYLE}<dl class='words'>{entries}</dl>")
