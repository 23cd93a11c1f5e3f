"""The service statistics book: who was served, how soon, with what, and who bought."""
