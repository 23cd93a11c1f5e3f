"""Public test sets, to see whether the method is good beyond shops, read from the files as they are published."""
