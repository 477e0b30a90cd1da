"""Receipts: every number the half chapter prints, recomputed."""

import streamlit as st

from mnist_dash.pages.receipts.receipts import book_receipts, code_behind_a_line, where_notes_go_wrong
from mnist_dash.pages.shared.code import begin, download

begin()
st.title("The book's numbers, recomputed", anchor=False)
book_receipts()
code_behind_a_line()
where_notes_go_wrong()
download("Receipts")
