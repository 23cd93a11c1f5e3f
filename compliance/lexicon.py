"""Named word classes, and the pattern language of clauses built on them.

A pattern is a regular expression over normalised text with three changes: `<name>` stands for a word
class; `.` matches anything inside one clause of a sentence, `^` and `$` its ends; and nothing may repeat
without bound or in too many ways, so that every search takes time in proportion to the text. Of groups there are
(?:...), (?=...), (?!...), (?<=...), (?<!...), (?P<name>...) and plain ones, of escapes with a letter \\d, \\w, \\s,
\\b, their opposites, \\A and \\Z.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from compliance.pattern import Pattern
from compliance.records import WordRecord
from compliance.repeats import fault
from files.records import Located, read_records

_REFERENCE = re.compile(r"(?<!\(\?)(?<!\(\?P)<([a-z_]+)>")
_TOKEN = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\{(\d+),?(\d*)\}|[.*+^$]|[^\\\[{.*+^$]")
_WITHIN = r"[^,。!?;:()~\[\]]"
_EDGES = {".": _WITHIN, "^": f"(?<!{_WITHIN})", "$": f"(?!{_WITHIN})"}
_MOST_REPEATS = 60
_MOST_DIGITS = 3
_GROUP = re.compile(r"\(\?(?!:|=|!|<=|<!|P<)")
_ESCAPES = "dDwWsSbBAZ"
_DEEPEST = 20
_SHOWN = 80
_LONGEST = 20_000
"""Characters of a pattern in which every name is replaced by its class."""


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
            _verify(pattern, source)
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
        expanded = _REFERENCE.sub(lambda match: self._class(match[1], pattern, open_names), bounded)
        if len(expanded) > _LONGEST:
            raise PatternError(f"over {_LONGEST} characters with its word classes: {_brief(pattern)}")
        return expanded

    def _class(self, name: str, pattern: str, open_names: tuple[str, ...]) -> str:
        if name in open_names:
            raise PatternError(f"word class <{name}> contains itself")
        if name not in self._classes:
            raise PatternError(f"unknown word class <{name}> in {_brief(pattern)}")
        if name not in self._expanded:
            inner = "|".join(self._expand(member, (*open_names, name)) for member in self._classes[name])
            self._expanded[name] = f"(?:{inner})"
        return self._expanded[name]


def _verify(pattern: str, source: str) -> None:
    """Raises PatternError for a pattern whose expanded source cannot be used."""
    try:
        re.compile(source)
        wrong = fault(source)
    except re.error as error:
        raise PatternError(f"bad regular expression {_brief(pattern)}: {error}") from None
    if wrong is not None:
        raise PatternError(f"bad repeat in {_brief(pattern)}: {_brief(wrong)}")


def _brief(text: str) -> str:
    """Enough of a text to know it again."""
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}...")


def _tokens(pattern: str) -> list[re.Match[str]]:
    found = list(_TOKEN.finditer(pattern))
    if "".join(match[0] for match in found) != pattern:
        raise PatternError(f"bad regular expression: unbalanced brackets in {_brief(pattern)}")
    depth = 0
    for match in found:
        depth += (match[0] == "(") - (match[0] == ")")
        if depth > _DEEPEST:
            raise PatternError(f"groups over {_DEEPEST} deep in {_brief(pattern)}")
        if match[0] == "(" and _GROUP.match(pattern, match.start()):
            raise PatternError(f"unknown group {pattern[match.start() : match.start() + 4]!r} in {_brief(pattern)}")
        if match[0][0] == "\\" and match[0][1].isalnum() and match[0][1] not in _ESCAPES:
            raise PatternError(f"unknown escape {match[0]!r} in {_brief(pattern)}")
    return found


def _token(match: re.Match[str], pattern: str) -> str:
    if match[0] in _EDGES:
        return _EDGES[match[0]]
    if match[0] in ("*", "+"):
        raise PatternError(f"unbounded repeat {match[0]!r} in {_brief(pattern)}: write {{0,n}}")
    if match[1] is not None:
        if match[0].endswith(",}"):
            raise PatternError(f"unbounded repeat {match[0]!r} in {_brief(pattern)}: write {{0,n}}")
        most = match[2] or match[1]
        if len(most) > _MOST_DIGITS or int(most) > _MOST_REPEATS:
            raise PatternError(f"repeat over {_MOST_REPEATS} in {_brief(pattern)}")
    return match[0]


LEXICON_FILE = "lexicon.yml"


def load_lexicon(folder: Path) -> Lexicon:
    """The lexicon of a clause folder; without the file there are no classes. Raises DataError."""
    path = folder / LEXICON_FILE
    return Lexicon.load(path) if path.exists() else Lexicon({})
