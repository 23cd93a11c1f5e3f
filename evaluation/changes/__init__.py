"""What a change of replies or rules would do to suggestions, before it takes effect."""
