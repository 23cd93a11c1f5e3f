"""Rasa components: the lines before, sentence vectors, topics, entities."""
