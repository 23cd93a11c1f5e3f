"""The reply library: `data/replies/*.yml`, loaded strictly."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from contracts.context import CONTEXT_KEYS, Context
from contracts.errors import DataError, InputError
from contracts.platform import expand_platforms
from contracts.reply import SLOT, Approval, Condition, Reply, Validity
from contracts.taxonomy import Taxonomy
from files.records import Located, read_records
from retrieval.slots import SLOT_NAMES

_ID = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+")
_Value = str | bool | int | float


class _Approval(BaseModel):
    model_config = ConfigDict(extra="forbid")

    by: str = Field(min_length=1)
    on: date


class _Validity(BaseModel):
    model_config = ConfigDict(extra="forbid")

    first: date | None = Field(default=None, alias="from")
    last: date | None = Field(default=None, alias="to")


class _ReplyRecord(BaseModel):
    """A reply as a file writes it."""

    model_config = ConfigDict(extra="forbid")

    id: str
    topic: str
    platforms: list[str] = Field(min_length=1)
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
    questions: list[Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]] = Field(min_length=1)
    approved: _Approval
    when: Mapping[str, list[_Value]] = Field(default_factory=dict)
    auto: bool = False
    valid: _Validity = _Validity()
    keeps: list[str] = Field(default_factory=list)
    promise: str = ""


class _FixedRecord(_ReplyRecord):
    """A text that is sent by its name and never searched: no question leads to it."""

    questions: list[Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]] = Field(
        default_factory=list, max_length=0
    )


class Library:
    """All replies, by id."""

    def __init__(self, replies: tuple[Reply, ...]) -> None:
        self.replies = replies
        self._by_id = {reply.id: reply for reply in replies}

    def __len__(self) -> int:
        return len(self.replies)

    def get(self, reply_id: str) -> Reply:
        """The reply with this id; raises InputError when there is none."""
        try:
            return self._by_id[reply_id]
        except KeyError:
            raise InputError(f"unknown reply {reply_id!r}") from None

    @property
    def fingerprint(self) -> str:
        """sha256 over everything that the index holds of the library: ids, texts and questions, in order."""
        digest = hashlib.sha256()
        for reply in self.replies:
            for part in (reply.id, reply.text, *reply.questions):
                digest.update(part.encode())
                digest.update(b"\0")
        return digest.hexdigest()


def load_library(folder: Path, taxonomy: Taxonomy, *, fixed: bool = False) -> Library:
    """Every reply below `folder`, or with `fixed` every text that is sent by its name.

    Raises DataError with file, line and id at the first fault.
    """
    kind = _FixedRecord if fixed else _ReplyRecord
    located: dict[str, Located[_ReplyRecord]] = {}
    replies: list[Reply] = []
    files = sorted(folder.glob("*.yml"))
    if not files:
        raise DataError("holds no reply files (*.yml)", file=str(folder))
    for path in files:
        for entry in read_records(path, "replies", kind):
            first = located.setdefault(entry.value.id, entry)
            if first is not entry:
                raise entry.error(f"id is taken already, at {first.file}:{first.line}", entry.value.id)
            replies.append(_reply(entry, taxonomy))
    return Library(tuple(replies))


def _reply(entry: Located[_ReplyRecord], taxonomy: Taxonomy) -> Reply:
    record = entry.value
    if not _ID.fullmatch(record.id):
        raise entry.error("an id is lower-case words joined by dots", record.id)
    if record.topic not in taxonomy:
        raise entry.error(f"unknown topic {record.topic!r}", f"{record.id}: topic")
    try:
        platforms = expand_platforms(tuple(record.platforms))
    except InputError as error:
        raise entry.error(str(error), f"{record.id}: platforms") from None
    _check_slots(entry)
    if record.valid.first and record.valid.last and record.valid.first > record.valid.last:
        raise entry.error("ends before it begins", f"{record.id}: valid")
    return Reply(
        id=record.id,
        topic=record.topic,
        platforms=platforms,
        text=record.text,
        questions=tuple(record.questions),
        approved=Approval(record.approved.by, record.approved.on),
        when=tuple(_condition(entry, key, values) for key, values in record.when.items()),
        auto=record.auto,
        valid=Validity(record.valid.first, record.valid.last),
        keeps=tuple(record.keeps),
        promise=record.promise,
    )


def _check_slots(entry: Located[_ReplyRecord]) -> None:
    record = entry.value
    for slot in SLOT.findall(record.text):
        if slot not in SLOT_NAMES:
            raise entry.error(f"unknown slot {{{slot}}}", f"{record.id}: text")
    if "{" in SLOT.sub("", record.text) or "}" in SLOT.sub("", record.text):
        raise entry.error("a brace that is not part of a slot", f"{record.id}: text")


def _condition(entry: Located[_ReplyRecord], key: str, values: list[_Value]) -> Condition:
    """The condition with its values as the context will hold them, so that they can be compared."""
    field = f"{entry.value.id}: when.{key}"
    if key not in CONTEXT_KEYS:
        raise entry.error("unknown context key", field)
    if not values:
        raise entry.error("names no value", field)
    typed = []
    for value in values:
        context, warnings = Context().with_values({key: value})
        if warnings:
            raise entry.error(warnings[0], field)
        known = context.value(key)
        typed.append(known.value if isinstance(known, Enum) else known)
    return Condition(key, tuple(typed))
