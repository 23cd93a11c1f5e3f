"""A YAML file with one list of records, edited by its lines: what is not edited stays as it was, byte for byte.

Comments and blank lines above a record go with the place, not with the record: a heading over a group of records
stays when the first of them goes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import Any

import yaml

from contracts.errors import DataError
from files.records import compose, list_below
from files.yaml_text import record_lines

_DASH = re.compile(r"( *)- +(?=\S)")
_WHOLE = ""
"""The name of the one field of a record whose fields do not stand on lines of their own."""
_INDENT = 2
"""The column of the dash in a new file."""


@dataclass(frozen=True)
class _Field:
    """The lines of one field, with the comments above it."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class _Piece:
    """A record: its name, the comments and blank lines above it, its fields."""

    name: str
    gap: tuple[str, ...]
    fields: tuple[_Field, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        return (*self.gap, *(line for field in self.fields for line in field.lines))


@dataclass
class ListFile:
    """The list below `key` of one file. Records are known by their field `id`, which comes first and never changes."""

    _file: str
    _key: str
    _head: list[str]
    _pieces: list[_Piece]
    _tail: list[str]
    _indent: int = _INDENT
    _newline: str = "\n"
    _spaced: bool = False

    @classmethod
    def new(cls, file: str, key: str) -> ListFile:
        """A file without records; `file` is its name for errors."""
        return cls(file, key, [f"{key}:\n"], [], [])

    @classmethod
    def from_text(cls, text: str, file: str, key: str) -> ListFile:
        """The file's text taken apart; `file` is its name for errors.

        Raises DataError for a file that is no such list, or is laid out so that lines do not separate its records.
        """
        newline = "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"
        lines = text.splitlines(keepends=True)
        if lines and lines[-1].splitlines()[0] == lines[-1]:
            lines[-1] += newline
        items = _items(text, file, key)
        if not items:
            return cls(file, key, lines, [], [], _INDENT, newline)
        indents = [_indent_of(lines, item, file) for item in items]
        starts = [item.start_mark.line for item in items]
        ends = [_last_line(item) + 1 for item in items]
        pieces = [
            _Piece(_name(item), tuple(lines[before:start]), _fields(item, lines[start:end]))
            for item, before, start, end in zip(items, [starts[0], *ends], starts, ends, strict=False)
        ]
        spaced = [any(not line.strip() for line in piece.gap) for piece in pieces[1:]]
        mostly = sum(spaced) * 2 > len(spaced)
        return cls(file, key, lines[: starts[0]], pieces, lines[ends[-1] :], indents[0], newline, mostly)

    @property
    def names(self) -> tuple[str, ...]:
        """The ids, in order."""
        return tuple(piece.name for piece in self._pieces)

    @property
    def text(self) -> str:
        """The file's text as it is now."""
        body = [line for piece in self._pieces for line in piece.lines]
        top = re.compile(rf"({re.escape(self._key)}[ \t]*:)([ \t]*\[[ \t]*\])?")
        head = [top.sub(r"\1" if body else r"\1 []", line, count=1) if top.match(line) else line for line in self._head]
        return "".join((*head, *body, *self._tail))

    def change(self, record: Mapping[str, Any], changed: Collection[str]) -> None:
        """Write the fields `changed` of the record with this id anew; one that `record` does not have goes.

        Raises DataError when no record has the id, here as in `add` and `remove`.
        """
        position = self._position(str(record["id"]))
        piece = self._pieces[position]
        if piece.fields[0].name != "id":
            self._pieces[position] = replace(piece, fields=self._new_fields(record))
            return
        fields = [field for field in piece.fields if field.name not in changed or field.name in record]
        for field in self._new_fields(record):
            if field.name in changed:
                _put(fields, field, list(record))
        self._pieces[position] = replace(piece, fields=tuple(fields))

    def add(self, record: Mapping[str, Any], after: str | None = None) -> None:
        """Add a record behind the one called `after`, or at the end."""
        position = self._position(after) + 1 if after is not None else len(self._pieces)
        gap = (self._newline,) if position and self._spaced else ()
        self._pieces.insert(position, _Piece(str(record["id"]), gap, self._new_fields(record)))

    def remove(self, name: str) -> None:
        """Take a record out; the comments above it stay."""
        position = self._position(name)
        gone = self._pieces.pop(position)
        kept = gone.gap if any(line.strip() for line in gone.gap) else ()
        if position == len(self._pieces):
            self._tail = [*kept, *self._tail]
            return
        following = self._pieces[position]
        gap = (*kept, *following.gap) if position else _without_first_blanks(following.gap)
        self._pieces[position] = replace(following, gap=gap)

    def _position(self, name: str) -> int:
        for position, piece in enumerate(self._pieces):
            if piece.name == name:
                return position
        raise DataError("is not there any more", file=self._file, field=name)

    def _new_fields(self, record: Mapping[str, Any]) -> tuple[_Field, ...]:
        lines = record_lines(record, self._indent)
        return tuple(_Field(name, (line.replace("\n", self._newline),)) for name, line in lines)


def _items(text: str, file: str, key: str) -> list[yaml.Node]:
    found = list_below(compose(text, file), key, file)
    if found.flow_style and found.value:
        line = found.start_mark.line + 1
        raise DataError("is a list in brackets; write a line with a dash for each record", file=file, line=line)
    return list(found.value)


def _indent_of(lines: Sequence[str], item: yaml.Node, file: str) -> int:
    """The column of the dash. Raises DataError when the record does not begin on the dash's line."""
    dash = _DASH.match(lines[item.start_mark.line])
    if dash is None or dash.end() != item.start_mark.column:
        line = item.start_mark.line + 1
        raise DataError("a record must begin on the line of its dash", file=file, line=line)
    return len(dash[1])


def _put(fields: list[_Field], field: _Field, order: Sequence[str]) -> None:
    """Put a field in the place of its name (the comments above stay), or where `order` has it."""
    for position, old in enumerate(fields):
        if old.name == field.name:
            comments = takewhile(lambda line: line.lstrip().startswith(("#", "\n", "\r")), old.lines)
            fields[position] = _Field(field.name, (*comments, *field.lines))
            return
    later = set(order[order.index(field.name) :])
    position = next((place for place, other in enumerate(fields) if other.name in later), len(fields))
    fields.insert(position, field)


def _name(item: yaml.Node) -> str:
    pairs = item.value if isinstance(item, yaml.MappingNode) else ()
    return next((str(value.value) for key, value in pairs if key.value == "id"), "")


def _fields(item: yaml.Node, lines: Sequence[str]) -> tuple[_Field, ...]:
    """The record's lines by field; one field for all where fields share lines."""
    pairs = item.value if isinstance(item, yaml.MappingNode) and not item.flow_style else ()
    first = item.start_mark.line
    starts = [key.start_mark.line - first for key, _ in pairs]
    ends = [0, *(_last_line(value) + 1 - first for _, value in pairs)]
    if not pairs or any(start < end for start, end in zip(starts, ends, strict=False)):
        return (_Field(_WHOLE, tuple(lines)),)
    spans = zip(pairs, pairwise(ends), strict=True)
    return tuple(_Field(str(key.value), tuple(lines[start:end])) for (key, _), (start, end) in spans)


def _last_line(node: yaml.Node) -> int:
    """The line (from 0) on which the node's last character stands; end marks of blocks lie beyond comments."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _last_line(last[1] if isinstance(node, yaml.MappingNode) else last)
    mark = node.end_mark
    return mark.line - 1 if mark.column == 0 and mark.line > node.start_mark.line else mark.line


def _without_first_blanks(gap: Sequence[str]) -> tuple[str, ...]:
    kept = next((place for place, line in enumerate(gap) if line.strip()), len(gap))
    return tuple(gap[kept:])
