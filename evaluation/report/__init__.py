"""What a run found, for a person, for a page, and for the next run."""
