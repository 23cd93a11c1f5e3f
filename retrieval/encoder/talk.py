"""A message and the lines before it as one row of tokens, as the topic reader sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.encoder.layout import Layout, Numbers, Table, lay_out

MESSAGE, AGENT, BUYER = range(3)
LINES = 3
LONGEST = {BUYER: 24, AGENT: 24, MESSAGE: 64}
"""Tokens that are read of each line, in the order they stand in: the last ones of the lines before, the first of it."""
PLACES = 32
"""Places in a line that are told apart, from its start and from its end; the ones further in are alike."""


@dataclass(frozen=True)
class Talk:
    """Rows (n, longest) of the tokens of n messages in their context, filled up to the longest row.

    `layout` are the distinct lines, each by itself; `lines` (n, LINES) say which of them are message, agent's line and
    buyer's line of a row, the number of lines where one is not there. `places` are the places of a row's tokens in the
    layout, the number of tokens where the row is filled up; `speakers` say which line a token belongs to, `fore` and
    `back` its place from the start and from the end of what is read of that line, `inside` what is no filling.
    """

    layout: Layout
    lines: Numbers
    places: Numbers
    speakers: Numbers
    fore: Numbers
    back: Numbers
    inside: NDArray[np.bool_]


def lay_out_talk(lines: Sequence[tuple[Numbers, Numbers, Numbers]], table: Table) -> Talk:
    """The rows for the token numbers of message, agent's line and buyer's line; a line that is not there has none."""
    distinct: dict[bytes, Numbers] = {}
    for row in lines:
        distinct.update((line.tobytes(), line) for line in row if len(line))
    starts, start = {}, 0
    for key, line in distinct.items():
        starts[key] = start
        start += len(line)
    numbers = {key: number for number, key in enumerate(distinct)}
    which = np.array([[numbers.get(line.tobytes(), len(numbers)) for line in row] for row in lines])
    rows = [_row(row, starts) for row in lines]
    longest = max(row.shape[1] for row in rows)
    filled = np.zeros((4, len(rows), longest), dtype=np.int64)
    filled[0] = start
    for number, told in enumerate(rows):
        filled[:, number, : told.shape[1]] = told
    places, speakers, fore, back = filled
    return Talk(lay_out(list(distinct.values()), table), which, places, speakers, fore, back, places < start)


def _row(row: tuple[Numbers, Numbers, Numbers], starts: dict[bytes, int]) -> Numbers:
    """Places, speakers, fore and back of one row, (4, tokens)."""
    parts = []
    for speaker, longest in LONGEST.items():
        line = row[speaker]
        count = min(len(line), longest)
        if not count:
            continue
        first = starts[line.tobytes()] + (0 if speaker == MESSAGE else len(line) - count)
        near = np.minimum(np.arange(count), PLACES - 1)
        parts.append(np.stack([first + np.arange(count), np.full(count, speaker), near, near[::-1]]))
    return np.concatenate(parts, axis=1)
