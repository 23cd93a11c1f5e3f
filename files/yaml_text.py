"""Records as our YAML files write them: a line for each field, lists and mappings in brackets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

_ENDLESS = 1 << 30
"""Columns: a value is never broken over lines."""
_BREAKS = "\n\r\x85\u2028\u2029"


class _Dumper(yaml.SafeDumper):
    """Writes a text with line breaks in double quotes, so that it stays on its line."""


def _text(dumper: _Dumper, value: str) -> yaml.Node:
    style = '"' if any(mark in value for mark in _BREAKS) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def on_one_line(value: Any) -> str:
    """A value in one line of YAML; keys are plain words."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_inside(part)}' for key, part in value.items())}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_inside(part) for part in value)}]"
    return _dumped(value).removesuffix("\n").removesuffix("\n...")


def field_line(name: str, value: Any, indent: int, *, first: bool = False) -> str:
    """`name: value` as a line of a list's record whose dash stands in column `indent`."""
    return f"{' ' * indent}{'- ' if first else '  '}{name}: {on_one_line(value)}\n"


def record_lines(record: Mapping[str, Any], indent: int) -> Iterator[tuple[str, str]]:
    """Each field of a record with its line, in order."""
    for number, (name, value) in enumerate(record.items()):
        yield name, field_line(name, value, indent, first=number == 0)


def _inside(value: Any) -> str:
    """A value inside brackets, where a comma must be quoted."""
    if isinstance(value, (Mapping, list, tuple)):
        return on_one_line(value)
    return _dumped([value]).removesuffix("]\n").removeprefix("[")


def _dumped(value: Any) -> str:
    written: str = yaml.dump(value, Dumper=_Dumper, default_flow_style=True, allow_unicode=True, width=_ENDLESS)
    return written
