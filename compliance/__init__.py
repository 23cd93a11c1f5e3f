"""Platform rules and the checker that holds outgoing text against them."""
