"""Dialogues as a table: a turn a row, the rows of a dialogue one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from contracts.taxonomy import intent_of
from evaluation.importing.protocol import Collected, Defaults, Draft, Imported, head
from files.csv_table import read_csv
from files.table import Row

COLUMNS = (
    "dialogue", "platform", "shop", "order_status", "item", "speaker", "at", "text", "message_id",
    "intents", "topics", "clear", "violates",
)  # fmt: skip
_NEEDED = ("dialogue", "speaker", "text")
_OF_DIALOGUE = ("platform", "shop", "order_status", "item")
"""Columns that say the same in every row of a dialogue; an empty cell says nothing."""
_LISTS = ("intents", "topics", "violates")
_BETWEEN = re.compile(r"[\s,;|，；、]+")


class CsvFormat:
    """A CSV file with COLUMNS, of which only `dialogue`, `speaker` and `text` must be there.

    Names in one cell are separated by blanks, commas, semicolons or bars. Without `intents` they are those of the
    topics. "-" under `violates` says that somebody looked and found nothing; an empty cell, that nobody has looked.
    """

    def read(self, path: Path, defaults: Defaults) -> Imported:
        table = read_csv(path, COLUMNS)
        found = Collected(str(path), "row")
        for cell in table.faults:
            found.fault(cell.row, cell.column, cell.message)
        for column in _NEEDED:
            if column not in table.columns:
                found.fault(1, column, "the column is missing")
        if not found.faults:
            found.notes += [f"{path} {table.note}"] if table.note else []
            self._collect(table.rows, defaults, found)
        return found.imported()

    def _collect(self, rows: tuple[Row, ...], defaults: Defaults, found: Collected) -> None:
        first: dict[str, int] = {}
        for name, group in groupby(rows, key=lambda row: _cell(row, "dialogue")):
            members = list(group)
            number = members[0].number
            if not name:
                found.fault(number, "dialogue", "is empty")
            elif first.setdefault(name, number) != number:
                found.fault(number, "dialogue", f"{name!r} began at row {first[name]}; its rows must follow each other")
            else:
                turns = [_turn(row) for row in members]
                record = {**head(name, "csv", defaults, turns), **_state(members, found)}
                found.drafts.append(Draft(record, number, tuple(row.number for row in members)))


def _cell(row: Row, column: str) -> str:
    return str(row.cells.get(column, "")).strip()


def _state(rows: list[Row], found: Collected) -> dict[str, Any]:
    """What the rows say of the dialogue as a whole."""
    said: dict[str, str] = {}
    for row in rows:
        for column in _OF_DIALOGUE:
            value = _cell(row, column)
            if value and said.setdefault(column, value) != value:
                found.fault(row.number, column, f"{value!r}, but {said[column]!r} before in the same dialogue")
    order = {name: said[column] for name, column in (("status", "order_status"), ("item", "item")) if column in said}
    state: dict[str, Any] = {name: said[name] for name in ("platform", "shop") if name in said}
    return {**state, "order": order} if order else state


def _turn(row: Row) -> Mapping[str, Any]:
    turn: dict[str, Any] = {"speaker": _cell(row, "speaker"), "text": _cell(row, "text")}
    turn |= {name: _cell(row, name) for name in ("at", "message_id", "clear") if _cell(row, name)}
    turn |= {name: list(_names(_cell(row, name))) for name in _LISTS if _cell(row, name)}
    if turn.get("topics") and not turn.get("intents"):
        turn["intents"] = list(dict.fromkeys(intent_of(topic) for topic in turn["topics"]))
    return turn


def _names(cell: str) -> Iterator[str]:
    return (name for name in _BETWEEN.split(cell) if name and name != "-")
