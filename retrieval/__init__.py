"""The reply library and the search for the reply that fits a message: encoder, indexes, ranking, slots."""
