"""What a text must hold for a pattern to match it: a cheap test before the costly search.

A gram is a character or two characters side by side. A need is a set of grams, one of which every match contains; a
pattern has several, and all must be met. The analysis knows the part of the regular expression language that clauses
use, and gives up (fewer needs, never wrong ones) on everything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from compliance.syntax import Atom, alternatives, atoms, enclosed

Needs = tuple[frozenset[str], ...]

_DIGITS = frozenset("0123456789")
MOST = 4
"""Needs kept for a pattern; more would cost more than they save."""

_MOST_PAIRS = 60
"""Pairs in a need that two neighbouring atoms make; more say too little."""

_PAIR_WEIGHT = 0.05
"""How much likelier a character is in a text than two side by side, the other way round."""


def grams_of(text: str) -> frozenset[str]:
    """The characters of a text and its pairs of neighbours."""
    return frozenset(text).union(first + second for first, second in pairwise(text))


def branches(pattern: str) -> tuple[str, ...]:
    """The alternatives at the top of a pattern, those of an enclosing group (?:...) included."""
    found: list[str] = []
    for part in alternatives(pattern):
        inner = enclosed(part)
        found.extend(branches(inner) if inner is not None else (part,))
    return tuple(found)


def needs(pattern: str) -> Needs:
    """The needs of a pattern, the most selective first."""
    found = sorted(set(_alternation(pattern)), key=_weight)
    return tuple(found[:MOST])


def beginnings(pattern: str) -> frozenset[str]:
    """The characters that a match of a pattern may begin with; none where they are not known."""
    return _joined(tuple(map(_beginnings, alternatives(pattern))))


def _beginnings(alternative: str) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for atom in atoms(alternative):
        if atom.no_width:
            continue
        first = beginnings(atom.body) if atom.group else _atom_ends(atom)[0]
        if not first:
            return first
        found |= first
        if atom.least:
            return found
    return frozenset()


def _weight(need: frozenset[str]) -> float:
    """How easily a need is met."""
    return sum(1.0 if len(gram) == 1 else _PAIR_WEIGHT for gram in need)


def _alternation(pattern: str) -> Needs:
    """The needs of several alternatives: from each its most selective need, all joined into one."""
    parts = alternatives(pattern)
    each = [_sequence(part) for part in parts]
    if len(each) == 1:
        return each[0]
    if not all(each):
        return ()
    return (frozenset().union(*(min(found, key=_weight) for found in each)),)


def _sequence(pattern: str) -> Needs:
    found: list[frozenset[str]] = []
    before: frozenset[str] = frozenset()
    for atom in atoms(pattern):
        if atom.no_width:
            continue
        if not atom.least:
            before = frozenset()
            continue
        found.extend(_atom_needs(atom))
        first, last = _atom_ends(atom)
        if 0 < len(before) * len(first) <= _MOST_PAIRS:
            found.append(frozenset(one + other for one in before for other in first))
        before = last
    return tuple(found)


def _ends(pattern: str) -> tuple[frozenset[str], frozenset[str]]:
    """The characters that a match of a sequence may begin and end with; empty where that is not known."""
    consuming = [atom for atom in atoms(pattern) if not atom.no_width]
    if not consuming:
        return frozenset(), frozenset()
    first, last = consuming[0], consuming[-1]
    return (
        _atom_ends(first)[0] if first.least else frozenset(),
        _atom_ends(last)[1] if last.least else frozenset(),
    )


def _atom_ends(atom: Atom) -> tuple[frozenset[str], frozenset[str]]:
    if not atom.group:
        characters = _atom_needs(atom)
        known = characters[0] if characters else frozenset()
        return known, known
    ends = [_ends(part) for part in alternatives(atom.body)]
    firsts, lasts = zip(*ends, strict=True)
    return _joined(firsts), _joined(lasts)


def _joined(sets: Sequence[frozenset[str]]) -> frozenset[str]:
    """All of them together; empty when one of them is not known."""
    return frozenset().union(*sets) if all(sets) else frozenset()


def _atom_needs(atom: Atom) -> Needs:
    source = atom.source
    if atom.group:
        return () if atom.no_width else _alternation(atom.body)
    if source.startswith("["):
        return _class_needs(source)
    if source.startswith("\\"):
        if source == "\\d":
            return (_DIGITS,)
        return () if source[1].isalnum() else (frozenset(source[1]),)
    return () if source in (".", "^", "$") else (frozenset(source),)


def _class_needs(source: str) -> Needs:
    inner = source[1:-1]
    if inner.startswith("^"):
        return ()
    found: set[str] = set()
    place = 0
    while place < len(inner):
        if inner[place] == "\\":
            if inner[place + 1] != "d":
                return ()
            found |= _DIGITS
            place += 2
        elif inner[place + 1 : place + 2] == "-" and place + 2 < len(inner):
            first, last = ord(inner[place]), ord(inner[place + 2])
            if last - first > len(_DIGITS) * 3:
                return ()
            found |= {chr(code) for code in range(first, last + 1)}
            place += 3
        else:
            found.add(inner[place])
            place += 1
    return (frozenset(found),)
