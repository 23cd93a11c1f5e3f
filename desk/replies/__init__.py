"""The library as its owner works on it: held against the rules, linted, searched, exported, imported."""
