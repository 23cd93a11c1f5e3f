"""Pipelines for reading intents, compared on labelled messages."""
