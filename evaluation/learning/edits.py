"""How far a sent text is from the suggestion that it was made of."""

from __future__ import annotations


def edit_distance(before: str, after: str) -> int:
    """Characters to put in, take out or replace (Levenshtein 1966, by the usual table of two rows)."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    before, after = before[start:], after[start:]
    row = list(range(len(after) + 1))
    for place, character in enumerate(before, start=1):
        above, row[0] = row[0], place
        for column, other in enumerate(after, start=1):
            kept = above + (character != other)
            above = row[column]
            row[column] = min(kept, above + 1, row[column - 1] + 1)
    return row[-1]


def changed_share(before: str, after: str) -> float:
    """The distance as a share 0..1 of the longer text."""
    longest = max(len(before), len(after))
    return edit_distance(before, after) / longest if longest else 0.0
