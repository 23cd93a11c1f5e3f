"""Dialogues of other systems turned into labelled dialogues."""
