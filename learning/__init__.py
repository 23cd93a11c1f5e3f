"""Linear models over the characters of a line and its vector, trained at set-up: what all of them share."""
