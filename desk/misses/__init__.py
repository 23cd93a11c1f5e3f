"""Questions that no suggestion answered, grouped by meaning, and the replies that are proposed for them."""
