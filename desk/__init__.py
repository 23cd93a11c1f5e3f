"""The service: understand, suggest, decide, and the HTTP routes around them."""
