"""`huashu evaluate`."""
