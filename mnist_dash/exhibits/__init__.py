"""What is too much for a page: one file an exhibit. Each draws where it is called."""
