"""How much of a text was changed."""

from __future__ import annotations


def edit_distance(before: str, after: str) -> int:
    """The fewest characters put in, taken out or replaced that make one text the other (Levenshtein 1966)."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    row = list(range(len(new) + 1))
    for place, character in enumerate(old, 1):
        diagonal, row[0] = row[0], place
        for column, other in enumerate(new, 1):
            diagonal, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, diagonal + (character != other)),
            )
    return row[-1]


def edit_share(before: str, after: str) -> float:
    """The distance as a share (0..1) of the longer text: 0 when nothing was changed."""
    return edit_distance(before, after) / max(len(before), len(after), 1)
