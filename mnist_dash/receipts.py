"""Every number that the half chapter prints and that can be recomputed: the book's beside ours."""
