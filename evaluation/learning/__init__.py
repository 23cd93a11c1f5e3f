"""What agents' decisions say about suggestions, and a ranking that is learnt from them."""
