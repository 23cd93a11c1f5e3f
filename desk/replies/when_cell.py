"""A reply's `when` in one cell of a table: `order.status=paid|shipped; item.custom=false`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from contracts.context import CONTEXT_KEYS, Words

_BETWEEN, _IS, _OR = ";；\n", "=＝", "|｜"
_SPECIAL = re.compile(rf'[{_BETWEEN}{_IS}{_OR}"\\\r]|^\s|\s$|^$')
_TRUTH = {"true": True, "false": False}


def write_when(when: Mapping[str, Sequence[Any]]) -> str:
    """The conditions as a cell; a value that holds a mark of this form stands in double quotes."""
    return "; ".join(f"{key}={'|'.join(_write(key, value) for value in values)}" for key, values in when.items())


def _write(key: str, value: object) -> str:
    if isinstance(value, str):
        reads_as_truth = CONTEXT_KEYS[key] is Words and value in _TRUTH
        return json.dumps(value, ensure_ascii=False) if _SPECIAL.search(value) or reads_as_truth else value
    return str(value).lower()


def read_when(cell: str) -> dict[str, list[str | bool]]:
    """The conditions of a cell, their values still as written. Full-width marks and line breaks serve too.

    Raises ValueError that says what is wrong; whether keys and values exist is for the record to say.
    """
    when: dict[str, list[str | bool]] = {}
    for part in _split(cell, _BETWEEN):
        if not part:
            continue
        key, *rest = _split(part, _IS)
        if len(rest) != 1 or not key:
            raise ValueError(f"{part!r} is not of the form key=value or key=value|value")
        if key in when:
            raise ValueError(f"{key} is there twice")
        when[key] = [_read(key, value) for value in _split(rest[0], _OR)]
    return when


def _split(text: str, marks: str) -> Iterator[str]:
    """The parts between the marks that stand outside quotes, without the space around them."""
    part = ""
    for piece in re.findall(r'"(?:[^"\\]|\\.)*"|.', text, re.DOTALL):
        if piece in marks:
            yield part.strip()
            part = ""
        else:
            part += piece
    yield part.strip()


def _read(key: str, value: str) -> str | bool:
    if value.startswith('"'):
        try:
            return str(json.loads(value))
        except ValueError:
            raise ValueError(f"{value} does not end its quotes") from None
    return _TRUTH[value] if CONTEXT_KEYS.get(key) is Words and value in _TRUTH else value
