"""Receipts: every number the half chapter prints, recomputed."""

from mnist_dash.pages.receipts.receipts import book_receipts, code_behind_a_line, where_notes_go_wrong

book_receipts()
code_behind_a_line()
where_notes_go_wrong()
