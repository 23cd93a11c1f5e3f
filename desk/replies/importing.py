"""From an import file to a plan: every entry decoded, held against the rules, and compared with the library."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from compliance.checker import Checker
from contracts.reply import Reply
from desk.replies.columns import COLUMNS
from desk.replies.plan import Change, Plan
from desk.replies.rules import breach_in, findings
from desk.replies.shelf import Shelf
from desk.replies.sources import Entry, Fault, Faults, Source, read_source
from files.records import Place, faults_of
from retrieval.reply_record import FixedRecord, ReplyRecord

_SPOKEN = {"text", "platforms", "when"}
"""Fields that say what is said where and when: all that the rules look at."""

Progress = Callable[[Sequence[Entry]], Iterable[Entry]]
"""Hands out the entries and shows how far it is."""


@dataclass(frozen=True)
class Importer:
    """Judges import files against one library."""

    shelf: Shelf
    checker: Checker

    def plan(self, path: Path, progress: Progress = iter) -> Plan:
        """What the file would change. Raises Faults with everything that is wrong in it, DataError when unreadable."""
        source = read_source(path, self.shelf.replies)
        faults = list(source.faults)
        firsts: dict[str, Entry] = {}
        replies: list[Reply] = []
        for entry in progress(source.entries):
            first = firsts.setdefault(entry.id, entry) if entry.id else entry
            if first is not entry:
                message = f"the same id as {first.unit} {first.number}"
                faults.append(_fault(source, entry, ("id",), message))
            reply, wrong = self._judge(source, entry)
            faults += wrong
            if reply is not None:
                replies.append(reply)
        if faults:
            raise Faults(tuple(sorted(faults, key=_order)))
        return self._compared(replies, source)

    def _judge(self, source: Source, entry: Entry) -> tuple[Reply | None, list[Fault]]:
        """The entry's reply, None when it cannot be decoded, and everything that is wrong with it."""
        kind = FixedRecord if entry.id in self.shelf.fixed else ReplyRecord
        wrong = [*_controls(entry), *self._unknown_rules(entry)]
        reply = None
        try:
            reply = kind.model_validate(entry.record, context=self.shelf.taxonomy).reply()
            wrong += self._lost(entry, reply)
        except ValidationError as error:
            wrong += [(place, message) for place, message in faults_of(error)]
        faults = [_fault(source, entry, place, message) for place, message in wrong]
        faults = [fault for fault in faults if fault.column not in entry.unread]
        bad = entry.unread | {fault.column.partition(".")[0] for fault in faults}
        broken = "" if bad & _SPOKEN else self._breach(entry)
        return reply, [*faults, _fault(source, entry, ("text",), broken)] if broken else faults

    def _unknown_rules(self, entry: Entry) -> Iterator[tuple[Place, str]]:
        keeps = entry.record.get("keeps")
        for number, clause in enumerate(keeps if isinstance(keeps, list) else ()):
            if isinstance(clause, str) and clause not in self.checker.catalogue.checks:
                yield ("keeps", number), "unknown rule"

    def _lost(self, entry: Entry, reply: Reply) -> Iterator[tuple[Place, str]]:
        """What differs from the library only by what the file's encoding cannot hold."""
        before = self.shelf.replies.get(reply.id)
        if entry.lossy and before is not None:
            for name, (old, new) in Change(before, reply).fields.items():
                if _as_gbk(old) == new:
                    yield (name,), "characters became ? when the file was saved as GBK; save it as CSV UTF-8"

    def _breach(self, entry: Entry) -> str:
        """The rule that the text breaks where it may be said, in words; the entry's other fields may be wrong."""
        spoken = {name: value for name, value in entry.record.items() if name in _SPOKEN}
        rest = {"id": "a.b", "topic": self.shelf.taxonomy.topics[0].path, "approved": {"by": "-", "on": date.min}}
        reply = FixedRecord.model_validate({**rest, **spoken}, context=self.shelf.taxonomy).reply()
        return breach_in(findings(reply, self.checker))

    def _compared(self, replies: Sequence[Reply], source: Source) -> Plan:
        there = self.shelf.replies
        pairs = [(there[reply.id], reply) for reply in replies if reply.id in there]
        changed = tuple(change for change in (Change(*pair) for pair in pairs) if change.fields)
        added = tuple(reply for reply in replies if reply.id not in there)
        notes = (f"{source.file} {source.note}",) if source.note else ()
        return Plan(added, changed, len(pairs) - len(changed), notes)


def _order(fault: Fault) -> tuple[int, int]:
    """Row by row, and in a row by column."""
    name = next((column for column in COLUMNS if fault.column.startswith(column)), "")
    return fault.number, COLUMNS.index(name) if name else len(COLUMNS)


def _fault(source: Source, entry: Entry, place: Place, message: str) -> Fault:
    column = entry.column_at(place)
    return Fault(source.file, entry.unit, entry.number_at(place), column, entry.value_at(place), message)


def _controls(entry: Entry) -> Iterator[tuple[Place, str]]:
    """The values that hold characters which nobody types: control characters, halves of characters."""
    for place, text in _texts(entry.record, ()):
        if any(character not in "\n\t" and unicodedata.category(character) in ("Cc", "Cs") for character in text):
            yield place, "holds a control character"


def _texts(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    """Every text in a record, with its place."""
    if isinstance(value, str):
        yield place, value
    parts: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, Mapping):
        parts = value.items()
    elif isinstance(value, list):
        parts = enumerate(value)
    for name, part in parts:
        yield from _texts(part, (*place, name))


def _as_gbk(value: Any) -> Any:
    """What is left of a text, or of a list of texts, in a file that Excel saves as GBK."""
    if isinstance(value, list):
        return [_as_gbk(part) for part in value]
    return value.encode("gbk", errors="replace").decode("gbk") if isinstance(value, str) else value
