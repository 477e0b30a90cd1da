"""Receipts: every number the half chapter prints, recomputed."""

import streamlit as st

from mnist_dash.exhibits.code import begin, download
from mnist_dash.exhibits.receipts import book_receipts, where_notes_go_wrong

begin()
st.title("The book's numbers, recomputed", anchor=False)
with st.spinner("Opening the pictures and measuring them …"):
    book_receipts()
where_notes_go_wrong()
download("Receipts")
