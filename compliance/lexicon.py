"""Named word classes, and the pattern language of clauses built on them.

A pattern is a regular expression over normalised text with three changes: `<name>` stands for a word
class; `.` matches anything inside one clause of a sentence, `^` and `$` its ends; and nothing may repeat
without bound, so that every search takes time in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from compliance.pattern import Pattern
from compliance.records import WordRecord
from files.records import Located, read_records

_REFERENCE = re.compile(r"(?<!\(\?)(?<!\(\?P)<([a-z_]+)>")
_TOKEN = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\{(\d+),?(\d*)\}|[.*+^$]|[^\\\[{.*+^$]")
_WITHIN = r"[^,。!?;:()~\[\]]"
_EDGES = {".": _WITHIN, "^": f"(?<!{_WITHIN})", "$": f"(?!{_WITHIN})"}
_MOST_REPEATS = 60


class PatternError(ValueError):
    """A pattern that cannot be used; the message names it."""


class Lexicon:
    """Word classes by name, and patterns compiled with them; `taken` lists those handed out, in order."""

    def __init__(self, classes: Mapping[str, Sequence[str]]) -> None:
        self._classes = dict(classes)
        self._expanded: dict[str, str] = {}
        self._compiled: dict[tuple[str, ...], Pattern] = {}
        self.taken: list[Pattern] = []

    @classmethod
    def load(cls, path: Path) -> Lexicon:
        """The classes of a file with the key `words`. Raises DataError."""
        located: dict[str, Located[WordRecord]] = {}
        for record in read_records(path, "words", WordRecord):
            if record.value.name in located:
                raise record.error("is given twice", record.value.name)
            located[record.value.name] = record
        lexicon = cls({name: record.value.any for name, record in located.items()})
        for name, record in located.items():
            try:
                lexicon.compile(record.value.any)
            except PatternError as error:
                raise record.error(str(error), name) from None
        return lexicon

    def compile(self, patterns: Sequence[str]) -> Pattern:
        """One pattern that matches where any of `patterns` does. Raises PatternError."""
        sources = [self._expand(pattern, ()) for pattern in patterns]
        for pattern, source in zip(patterns, sources, strict=True):
            try:
                re.compile(source)
            except re.error as error:
                raise PatternError(f"bad regular expression {pattern!r}: {error}") from None
        key = tuple(sources)
        if key not in self._compiled:
            self._compiled[key] = Pattern.compile(sources)
        self.taken.append(self._compiled[key])
        return self._compiled[key]

    def word_classes(self) -> dict[str, Pattern]:
        """Every class by name, compiled."""
        return {name: self.compile(members) for name, members in self._classes.items()}

    def _expand(self, pattern: str, open_names: tuple[str, ...]) -> str:
        if not pattern:
            raise PatternError("empty pattern")
        bounded = "".join(_token(match, pattern) for match in _tokens(pattern))
        return _REFERENCE.sub(lambda match: self._class(match[1], pattern, open_names), bounded)

    def _class(self, name: str, pattern: str, open_names: tuple[str, ...]) -> str:
        if name in open_names:
            raise PatternError(f"word class <{name}> contains itself")
        if name not in self._classes:
            raise PatternError(f"unknown word class <{name}> in {pattern!r}")
        if name not in self._expanded:
            inner = "|".join(self._expand(member, (*open_names, name)) for member in self._classes[name])
            self._expanded[name] = f"(?:{inner})"
        return self._expanded[name]


def _tokens(pattern: str) -> list[re.Match[str]]:
    found = list(_TOKEN.finditer(pattern))
    if "".join(match[0] for match in found) != pattern:
        raise PatternError(f"bad regular expression: unbalanced brackets in {pattern!r}")
    return found


def _token(match: re.Match[str], pattern: str) -> str:
    if match[0] in _EDGES:
        return _EDGES[match[0]]
    if match[0] in ("*", "+"):
        raise PatternError(f"unbounded repeat {match[0]!r} in {pattern!r}: write {{0,n}}")
    if match[1] is not None:
        if match[0].endswith(",}"):
            raise PatternError(f"unbounded repeat {match[0]!r} in {pattern!r}: write {{0,n}}")
        if int(match[2] or match[1]) > _MOST_REPEATS:
            raise PatternError(f"repeat over {_MOST_REPEATS} in {pattern!r}")
    return match[0]


LEXICON_FILE = "lexicon.yml"


def load_lexicon(folder: Path) -> Lexicon:
    """The lexicon of a clause folder; without the file there are no classes. Raises DataError."""
    path = folder / LEXICON_FILE
    return Lexicon.load(path) if path.exists() else Lexicon({})
