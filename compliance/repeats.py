"""Repeats that have too many ways to match one text: a search tries them all before it gives up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from compliance.syntax import Atom, alternatives, atoms

_MOST_WAYS = 50_000
"""Ways to share one text among the repeats of the same piece at several places, or among those within a repeat."""

_MOST_ALIKE = 12
"""Repeats of alternatives of which one is made of others."""


def fault(pattern: str) -> str | None:
    """What is wrong with the repeats of a pattern, None when nothing is."""
    return next(_faults(pattern), None)


def _faults(pattern: str) -> Iterator[str]:
    for part in alternatives(pattern):
        sequence = atoms(part)
        yield from _shared(sequence)
        for atom in sequence:
            if not atom.group:
                continue
            if max(map(_lengths, alternatives(atom.body))) ** atom.most > _MOST_WAYS:
                yield f"a repeat of nothing but repeats: {_shown(atom)}"
            if atom.most > _MOST_ALIKE and _made_of_others(alternatives(atom.body)):
                yield f"over {_MOST_ALIKE} repeats of alternatives of which one is made of others: {_shown(atom)}"
            yield from _faults(atom.body)


def _shared(sequence: Sequence[Atom]) -> Iterator[str]:
    """The same piece in repeats at several places, when they can share a text among them in too many ways."""
    ways: Counter[str] = Counter()
    for atom in sequence:
        if atom.most > atom.least:
            ways[atom.source] = max(1, ways[atom.source]) * (atom.most - atom.least + 1)
    source, count = max(ways.items(), key=lambda item: item[1], default=("", 0))
    if count > _MOST_WAYS:
        yield f"{source} repeats at several places, in {count} ways"


def _lengths(alternative: str) -> int:
    """In how many lengths it stands; 1 as soon as a part of it has one length only, which tells its repeats apart."""
    lengths = 1
    for atom in atoms(alternative):
        if atom.no_width:
            continue
        inside = max(map(_lengths, alternatives(atom.body))) if atom.group else 1
        if inside == 1 and atom.least == atom.most:
            return 1
        lengths *= inside**atom.most if inside > 1 else atom.most - atom.least + 1
        lengths = min(lengths, _MOST_WAYS + 1)
    return lengths


def _made_of_others(words: Sequence[str]) -> bool:
    """Whether one of the words is a row of others (a|aa, 都|是|都是)."""
    known = frozenset(words)
    for word in known:
        reached = {0}
        for end in range(1, len(word) + 1):
            if any(word[start:end] in known and end - start < len(word) for start in reached):
                reached.add(end)
        if len(word) in reached:
            return True
    return False


def _shown(atom: Atom) -> str:
    return f"{atom.source}{{{atom.least},{atom.most}}}"
