"""The nouns that travel between Huashu's parts. Standard library only, Python 3.10 grammar, no I/O."""
