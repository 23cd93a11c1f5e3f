"""Load on a running desk from outside: simulated buyers, agents' panels, a shop's own system, and the account of it."""
