"""Where the facts of orders come from."""
