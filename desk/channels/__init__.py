"""Ways in and out: where buyers write, and where answers go."""
