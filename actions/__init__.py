"""Rasa's custom actions: thin, everything that decides is asked of the desk."""
