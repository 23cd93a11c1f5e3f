"""What characters a text must hold for a pattern to match it: a cheap test before the costly search.

A need is a set of characters, one of which every match contains; a pattern has several, and all must be
met. The analysis knows the part of the regular expression language that clauses use, and gives up
(fewer needs, never wrong ones) on everything else.
"""

from __future__ import annotations

from compliance.syntax import Atom, alternatives, atoms, enclosed

Needs = tuple[frozenset[str], ...]

_DIGITS = frozenset("0123456789")
_MOST = 4
"""Needs kept for a pattern; more would cost more than they save."""


def branches(pattern: str) -> tuple[str, ...]:
    """The alternatives at the top of a pattern, those of an enclosing group (?:...) included."""
    found: list[str] = []
    for part in alternatives(pattern):
        inner = enclosed(part)
        found.extend(branches(inner) if inner is not None else (part,))
    return tuple(found)


def needs(pattern: str) -> Needs:
    """The needs of a pattern, the most selective first."""
    found = sorted(set(_alternation(pattern)), key=len)
    return tuple(found[:_MOST])


def _alternation(pattern: str) -> Needs:
    """The needs of several alternatives: from each its most selective need, all joined into one."""
    parts = alternatives(pattern)
    each = [_sequence(part) for part in parts]
    if len(each) == 1:
        return each[0]
    if not all(each):
        return ()
    return (frozenset().union(*(min(found, key=len) for found in each)),)


def _sequence(pattern: str) -> Needs:
    found: list[frozenset[str]] = []
    for atom in atoms(pattern):
        if atom.least:
            found.extend(_atom_needs(atom))
    return tuple(found)


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
