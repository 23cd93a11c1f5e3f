"""What characters a text must hold for a pattern to match it: a cheap test before the costly search.

A need is a set of characters, one of which every match contains; a pattern has several, and all must be
met. The analysis knows the part of the regular expression language that clauses use, and gives up
(fewer needs, never wrong ones) on everything else.
"""

from __future__ import annotations

from dataclasses import dataclass

Needs = tuple[frozenset[str], ...]

_DIGITS = frozenset("0123456789")
_MOST = 4
"""Needs kept for a pattern; more would cost more than they save."""

_QUANTIFIERS = "?*+{"
_NO_WIDTH = ("?=", "?!", "?<=", "?<!")


def branches(pattern: str) -> tuple[str, ...]:
    """The alternatives at the top of a pattern, those of an enclosing group (?:...) included."""
    found: list[str] = []
    for part in _split(pattern):
        inner = _enclosed(part)
        found.extend(branches(inner) if inner is not None else (part,))
    return tuple(found)


def needs(pattern: str) -> Needs:
    """The needs of a pattern, the most selective first."""
    found = sorted(set(_alternation(pattern)), key=len)
    return tuple(found[:_MOST])


@dataclass(frozen=True)
class _Atom:
    """A piece of a pattern: source[start:end] without its quantifier, and whether it may be left out."""

    source: str
    optional: bool


def _alternation(pattern: str) -> Needs:
    """The needs of several alternatives: from each its most selective need, all joined into one."""
    parts = _split(pattern)
    each = [_sequence(part) for part in parts]
    if len(each) == 1:
        return each[0]
    if not all(each):
        return ()
    return (frozenset().union(*(min(found, key=len) for found in each)),)


def _sequence(pattern: str) -> Needs:
    found: list[frozenset[str]] = []
    for atom in _atoms(pattern):
        if not atom.optional:
            found.extend(_atom_needs(atom.source))
    return tuple(found)


def _atom_needs(source: str) -> Needs:
    if source.startswith("("):
        return () if source.startswith(tuple(f"({mark}" for mark in _NO_WIDTH)) else _alternation(_body(source))
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


def _split(pattern: str) -> list[str]:
    """The alternatives of a pattern at its own level."""
    parts: list[str] = []
    start = place = 0
    while place < len(pattern):
        if pattern[place] == "|":
            parts.append(pattern[start:place])
            start = place + 1
        place = _end(pattern, place)
    parts.append(pattern[start:])
    return parts


def _atoms(pattern: str) -> list[_Atom]:
    atoms: list[_Atom] = []
    place = 0
    while place < len(pattern):
        end = _end(pattern, place)
        source = pattern[place:end]
        optional = False
        if end < len(pattern) and pattern[end] in _QUANTIFIERS:
            optional = pattern[end] in "?*" or pattern.startswith(("{0", "{,"), end)
            end = pattern.index("}", end) + 1 if pattern[end] == "{" else end + 1
            if pattern[end : end + 1] == "?":
                end += 1
        atoms.append(_Atom(source, optional))
        place = end
    return atoms


def _end(pattern: str, place: int) -> int:
    """Where the atom that begins at `place` ends (its quantifier not included)."""
    if pattern[place] == "\\":
        return place + 2
    if pattern[place] == "[":
        place += 2 if pattern[place + 1 : place + 2] == "]" else 1
        while pattern[place] != "]":
            place += 2 if pattern[place] == "\\" else 1
        return place + 1
    if pattern[place] == "(":
        place += 1
        while pattern[place] != ")":
            place = _end(pattern, place)
        return place + 1
    return place + 1


def _body(group: str) -> str:
    """What stands inside a group, without its mark."""
    inner = group[1:-1]
    if inner.startswith("?:"):
        return inner[2:]
    if inner.startswith("?P<"):
        return inner[inner.index(">") + 1 :]
    return inner


def _enclosed(pattern: str) -> str | None:
    """The inside of a pattern that is one group (?:...) and nothing else."""
    if pattern.startswith("(?:") and _end(pattern, 0) == len(pattern):
        return pattern[3:-1]
    return None
