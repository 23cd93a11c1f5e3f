"""YAML files that hold a list of records under one key, decoded into typed values.

    replies:
      - id: ...

An unknown key, a missing one or a wrong type stops with file, line and field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from contracts.errors import DataError

Record = TypeVar("Record", bound=BaseModel)
_DEEPEST = 40
"""Mappings and lists inside each other."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Located(Generic[Record]):
    """A decoded record with the place it came from (line counts from 1)."""

    value: Record
    file: str
    line: int

    def error(self, message: str, field: str | None = None) -> DataError:
        """A DataError that points at this record."""
        return DataError(message, file=self.file, line=self.line, field=field)


def read_records(path: Path, key: str, kind: type[Record]) -> tuple[Located[Record], ...]:
    """The records below the only top-level key `key` of a YAML file, each decoded as `kind`.

    `kind` is a pydantic model; it says itself that unknown fields are refused. Raises DataError.
    """
    root = _compose(path)
    if not isinstance(root, yaml.MappingNode):
        raise DataError(f"the file must hold one mapping with the key {key!r}", file=str(path), line=1)
    top = dict(_entries(root, path))
    unknown = [name for name in top if name != key]
    if unknown or key not in top:
        wrong = f"unknown key {unknown[0]!r}; " if unknown else ""
        raise DataError(f"{wrong}the only top-level key is {key!r}", file=str(path), line=1)
    items = top[key]
    if not isinstance(items, yaml.SequenceNode):
        raise DataError("must be a list", file=str(path), line=items.start_mark.line + 1, field=key)
    return tuple(Located(_decode(path, node, kind), str(path), node.start_mark.line + 1) for node in items.value)


def read_mapping(path: Path, kind: type[Record]) -> Located[Record]:
    """A YAML file that is one record. Raises DataError."""
    root = _compose(path)
    return Located(_decode(path, root, kind), str(path), 1)


def _compose(path: Path) -> yaml.Node:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", file=str(path)) from None
    except UnicodeDecodeError as error:
        raise DataError(f"is not UTF-8 (byte {error.start})", file=str(path)) from None
    try:
        _refuse_depth(path, text)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise DataError(f"is not YAML: {error.problem}", file=str(path), line=line) from None
    except yaml.YAMLError as error:
        raise DataError(f"is not YAML: {_brief(error)}", file=str(path)) from None
    if root is None:
        raise DataError("is empty", file=str(path))
    return root


def _refuse_depth(path: Path, text: str) -> None:
    """Raises DataError for mappings and lists too deep inside each other, before the composer falls into them."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            mark = event.start_mark
            raise DataError("is nested too deeply", file=str(path), line=mark.line + 1 if mark else None)


def _brief(error: Exception) -> str:
    """What a library says is wrong, without its advice to programmers."""
    return re.split("[;\n]", str(error))[0]


def _entries(node: yaml.MappingNode, path: Path) -> Iterator[tuple[str, yaml.Node]]:
    seen: set[str] = set()
    for name_node, value in node.value:
        if not isinstance(name_node, yaml.ScalarNode):
            raise DataError("a key must be a word", file=str(path), line=name_node.start_mark.line + 1)
        name = name_node.value
        if name in seen:
            raise DataError("is given twice", file=str(path), line=name_node.start_mark.line + 1, field=str(name))
        seen.add(name)
        yield name, value


def _plain(node: yaml.Node, path: Path, seen: set[int]) -> Any:
    """The node as Python values. A key given twice is refused, and so is an alias: what it repeats may be endless."""
    if isinstance(node, (yaml.MappingNode, yaml.SequenceNode)):
        if id(node) in seen:
            raise DataError("an alias is not allowed here", file=str(path), line=node.start_mark.line + 1)
        seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return {name: _plain(value, path, seen) for name, value in _entries(node, path)}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value, path, seen) for value in node.value]
    loader = _Loader("")
    try:
        return loader.construct_object(node)
    except (yaml.YAMLError, ValueError) as error:
        raise DataError(f"is not a value: {_brief(error)}", file=str(path), line=node.start_mark.line + 1) from None
    finally:
        loader.dispose()


def _decode(path: Path, node: yaml.Node, kind: type[Record]) -> Record:
    value = _plain(node, path, set())
    try:
        decoded = kind.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        place = tuple(part for part in first["loc"] if isinstance(part, (str, int)))
        line = _line_of(node, place)
        field = ".".join(str(part) for part in place) or None
        name = value.get("id") if isinstance(value, dict) else None
        label = f"{name}: {field}" if name and field else field
        unknown = first["type"] in ("extra_forbidden", "unexpected_keyword_argument")
        message = "unknown key" if unknown else first["msg"].removeprefix("Value error, ")
        raise DataError(message, file=str(path), line=line, field=label) from None
    return decoded


def _line_of(node: yaml.Node, place: tuple[str | int, ...]) -> int:
    """The line (from 1) of the value at `place`, or of the nearest thing above it that exists."""
    line = node.start_mark.line + 1
    for part in place:
        found: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            for name_node, value in node.value:
                if name_node.value == part:
                    line, found = name_node.start_mark.line + 1, value
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            found = node.value[part]
            line = found.start_mark.line + 1
        if found is None:
            return line
        node = found
    return line
