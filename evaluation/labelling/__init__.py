"""Labelling dialogues by hand, on a page of one's own machine."""
