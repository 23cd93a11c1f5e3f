"""Night dialogues of our own, each with what it is about and what must come of it."""
