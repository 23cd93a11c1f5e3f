"""Lines near to each other, which belong on the same side of a test."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

_NEAR = 0.4
"""Share of common three-character pieces from which two texts count as near."""

_SIZE = 3


def groups(texts: Sequence[str]) -> list[int]:
    """For each text the number of its group: texts that are near, directly or through others, share one."""
    pieces = [_pieces(text) for text in texts]
    parents = list(range(len(texts)))
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for index, own in enumerate(pieces):
        common = Counter(other for piece in own for other in holders[piece])
        for other, count in common.items():
            if count > _NEAR * len(own | pieces[other]):
                parents[_root(parents, index)] = _root(parents, other)
        for piece in own:
            holders[piece].append(index)
    return [_root(parents, index) for index in range(len(texts))]


def _pieces(text: str) -> frozenset[str]:
    plain = re.sub(r"\W", "", text)
    return frozenset(plain[start : start + _SIZE] for start in range(len(plain) - _SIZE + 1)) or frozenset((plain,))


def _root(parents: list[int], index: int) -> int:
    while parents[index] != index:
        parents[index] = parents[parents[index]]
        index = parents[index]
    return index
