"""From an import file to a plan: every entry decoded, held against the rules, and compared with the library."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from compliance.checker import Checker
from contracts.reply import Reply
from contracts.taxonomy import Taxonomy
from desk.replies.plan import Change, Plan
from desk.replies.rules import breach_in, findings
from desk.replies.shelf import Shelf
from desk.replies.sources import Entry, Fault, Faults, Source, read_source
from files.records import Place, faults_of
from retrieval.reply_record import FixedRecord, ReplyRecord

Progress = Callable[[Sequence[Entry]], Iterable[Entry]]
"""Hands out the entries and shows how far it is."""


@dataclass(frozen=True)
class Importer:
    """Judges import files against one library."""

    shelf: Shelf
    taxonomy: Taxonomy
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
            raise Faults(tuple(sorted(faults, key=lambda fault: fault.number)))
        return self._compared(replies, source)

    def _judge(self, source: Source, entry: Entry) -> tuple[Reply | None, list[Fault]]:
        """The entry's reply, and everything that is wrong with it."""
        kind = FixedRecord if entry.id in self.shelf.fixed else ReplyRecord
        faults = [_fault(source, entry, place, message) for place, message in _controls(entry)]
        try:
            reply = kind.model_validate(entry.record, context=self.taxonomy).reply()
        except ValidationError as error:
            found = [_fault(source, entry, place, message) for place, message in faults_of(error)]
            return None, faults + [fault for fault in found if fault.column not in entry.unread]
        if not faults and not entry.unread:
            faults = [_fault(source, entry, place, message) for place, message in self._contents(entry, reply)]
        return reply, faults

    def _contents(self, entry: Entry, reply: Reply) -> Iterator[tuple[Place, str]]:
        """What is wrong with a reply that could be decoded."""
        for number, clause in enumerate(reply.keeps):
            if clause not in self.checker.catalogue.checks:
                yield ("keeps", number), "unknown rule"
        before = self.shelf.replies.get(reply.id)
        if entry.lossy and before is not None and reply.text != before.text and reply.text == _as_gbk(before.text):
            yield ("text",), "characters became ? when the file was saved as GBK; save it as CSV UTF-8"
        broken = breach_in(findings(reply, self.checker))
        if broken:
            yield ("text",), broken

    def _compared(self, replies: Sequence[Reply], source: Source) -> Plan:
        there = self.shelf.replies
        pairs = [(there[reply.id], reply) for reply in replies if reply.id in there]
        changed = tuple(change for change in (Change(*pair) for pair in pairs) if change.fields)
        added = tuple(reply for reply in replies if reply.id not in there)
        notes = (f"{source.file} {source.note}",) if source.note else ()
        return Plan(added, changed, len(pairs) - len(changed), notes)


def _fault(source: Source, entry: Entry, place: Place, message: str) -> Fault:
    column = entry.column_at(place)
    return Fault(source.file, entry.unit, entry.number_at(place), column, entry.value_at(place), message)


def _controls(entry: Entry) -> Iterator[tuple[Place, str]]:
    """The values that hold characters which nobody types: control characters, halves of characters."""
    for name, value in entry.record.items():
        parts = value if isinstance(value, list) else [value]
        for number, part in enumerate(parts):
            if isinstance(part, str) and any(_odd(character) for character in part):
                yield ((name, number) if isinstance(value, list) else (name,)), "holds a control character"


def _odd(character: str) -> bool:
    return character not in "\n\t" and unicodedata.category(character) in ("Cc", "Cs", "Cn", "Co")


def _as_gbk(text: str) -> str:
    """What is left of the text in a file that Excel saves as GBK."""
    return text.encode("gbk", errors="replace").decode("gbk")
