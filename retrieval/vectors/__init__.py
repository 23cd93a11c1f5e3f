"""Indexes of sentence vectors: one Protocol, and a file for each implementation."""
