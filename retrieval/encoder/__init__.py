"""Sentence encoders: texts in, unit vectors out. `store.load` gives the one that is configured."""
