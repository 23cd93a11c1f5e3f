"""YAML files that hold a list of records under one key, decoded into typed values.

    replies:
      - id: ...

An unknown key, a missing one or a wrong type stops with file, line and field.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from contracts.errors import DataError

Record = TypeVar("Record", bound=BaseModel)
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 50
"""Levels of lists and mappings inside each other; our formats have five."""


Place = tuple[str | int, ...]
"""Where a value stands in a record: keys and positions, from the outside in."""


@dataclass(frozen=True)
class Located(Generic[Record]):
    """A decoded record with the place it came from (line counts from 1)."""

    value: Record
    file: str
    line: int

    def error(self, message: str, field: str | None = None) -> DataError:
        """A DataError that points at this record."""
        return DataError(message, file=self.file, line=self.line, field=field)


@dataclass(frozen=True)
class Item:
    """An entry of a list that has not been decoded yet."""

    file: str
    node: yaml.Node

    @property
    def line(self) -> int:
        """The line it begins on, from 1."""
        return self.node.start_mark.line + 1

    def plain(self) -> Any:
        """The entry as Python values. Raises DataError for a double key, an alias, or a value that is none."""
        return _plain(self.node, self.file, set())

    def line_of(self, place: Place) -> int:
        """The line (from 1) of the value at `place`, or of the nearest thing above it that exists."""
        return _line_of(self.node, place)


def read_items(path: Path, key: str, beside: Container[str] = ()) -> tuple[Item, ...]:
    """The entries below the only top-level key `key` of a YAML file; keys `beside` it are passed over.

    Raises DataError.
    """
    root = compose(read_text(path), str(path))
    return tuple(Item(str(path), node) for node in list_below(root, key, str(path), beside).value)


def read_records(path: Path, key: str, kind: type[Record], context: object = None) -> tuple[Located[Record], ...]:
    """The records below the only top-level key `key` of a YAML file, each decoded as `kind`.

    `kind` is a pydantic model; it says itself that unknown fields are refused, and its validators see `context`.
    Raises DataError at the first fault.
    """
    return tuple(Located(_decode(item, kind, context), item.file, item.line) for item in read_items(path, key))


def read_mapping(path: Path, kind: type[Record]) -> Located[Record]:
    """A YAML file that is one record. Raises DataError."""
    item = Item(str(path), compose(read_text(path), str(path)))
    return Located(_decode(item, kind, None), str(path), 1)


def faults_of(error: ValidationError) -> Iterator[tuple[Place, str]]:
    """Each fault that pydantic found: where in the record, and what is wrong in words for the file's owner."""
    for fault in error.errors():
        unknown = fault["type"] in ("extra_forbidden", "unexpected_keyword_argument")
        message = "unknown key" if unknown else fault["msg"].removeprefix("Value error, ")
        yield tuple(part for part in fault["loc"] if isinstance(part, (str, int))), message


def read_text(path: Path) -> str:
    """A UTF-8 file with its line ends as they are. Raises DataError."""
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            return stream.read()
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", file=str(path)) from None
    except UnicodeDecodeError as error:
        raise DataError(f"is not UTF-8 (byte {error.start})", file=str(path)) from None


def compose(text: str, file: str) -> yaml.Node:
    """The one document of a YAML text as nodes. Raises DataError that names `file`."""
    try:
        _check_depth(text, file)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise DataError(f"is not YAML: {error.problem}", file=file, line=line) from None
    except yaml.YAMLError as error:
        raise DataError(f"is not YAML: {_brief(error)}", file=file) from None
    if root is None:
        raise DataError("is empty", file=file)
    return root


def _check_depth(text: str, file: str) -> None:
    """Refuse what is nested too deeply, before the composer, which would end the process, sees it."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1
        if depth > DEEPEST:
            line = event.start_mark.line + 1 if event.start_mark else None
            raise DataError("is nested too deeply", file=file, line=line)


def _brief(error: Exception) -> str:
    """What a library says is wrong, without its advice to programmers."""
    return re.split("[;\n]", str(error))[0]


def list_below(root: yaml.Node, key: str, file: str, beside: Container[str] = ()) -> yaml.SequenceNode:
    """The list below the only top-level key, but for those `beside` it. Raises DataError."""
    if not isinstance(root, yaml.MappingNode):
        raise DataError(f"the file must hold one mapping with the key {key!r}", file=file, line=1)
    top = dict(_entries(root, file))
    unknown = [name for name in top if name != key and name not in beside]
    if unknown or key not in top:
        wrong = f"unknown key {unknown[0]!r}; " if unknown else ""
        raise DataError(f"{wrong}the only top-level key is {key!r}", file=file, line=1)
    items = top[key]
    if not isinstance(items, yaml.SequenceNode):
        raise DataError("must be a list", file=file, line=items.start_mark.line + 1, field=key)
    return items


def _entries(node: yaml.MappingNode, file: str) -> Iterator[tuple[str, yaml.Node]]:
    seen: set[str] = set()
    for name_node, value in node.value:
        if not isinstance(name_node, yaml.ScalarNode):
            raise DataError("a key must be a word", file=file, line=name_node.start_mark.line + 1)
        name = name_node.value
        if name in seen:
            raise DataError("is given twice", file=file, line=name_node.start_mark.line + 1, field=str(name))
        seen.add(name)
        yield name, value


def _plain(node: yaml.Node, file: str, seen: set[int]) -> Any:
    """The node as Python values. A key given twice is refused, and so is an alias: what it repeats may be endless."""
    if isinstance(node, (yaml.MappingNode, yaml.SequenceNode)):
        if id(node) in seen:
            raise DataError("an alias is not allowed here", file=file, line=node.start_mark.line + 1)
        seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return {name: _plain(value, file, seen) for name, value in _entries(node, file)}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value, file, seen) for value in node.value]
    loader = _Loader("")
    try:
        return loader.construct_object(node)
    except (yaml.YAMLError, ValueError) as error:
        raise DataError(f"is not a value: {_brief(error)}", file=file, line=node.start_mark.line + 1) from None
    finally:
        loader.dispose()


def _decode(item: Item, kind: type[Record], context: object) -> Record:
    value = item.plain()
    try:
        return kind.model_validate(value, context=context)
    except ValidationError as error:
        place, message = next(faults_of(error))
        field = ".".join(str(part) for part in place) or None
        name = value.get("id") if isinstance(value, dict) else None
        label = f"{name}: {field}" if name and field else field
        raise DataError(message, file=item.file, line=item.line_of(place), field=label) from None


def _line_of(node: yaml.Node, place: Place) -> int:
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
