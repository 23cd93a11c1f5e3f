"""The reply library: `data/replies/*.yml`, loaded strictly."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from contracts.errors import DataError, InputError
from contracts.reply import Reply
from contracts.taxonomy import Taxonomy
from files.records import read_records
from retrieval.reply_record import FixedRecord, ReplyRecord

KEY = "replies"
"""The top-level key of a reply file."""


@dataclass(frozen=True)
class Place:
    """Where a reply stands: the file, and its first line (from 1)."""

    file: Path
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Library:
    """All replies, by id; `places` says where those that came from files stand."""

    def __init__(self, replies: tuple[Reply, ...], places: Mapping[str, Place] | None = None) -> None:
        self.replies = replies
        self.places = places or {}
        self._by_id = {reply.id: reply for reply in replies}

    def __contains__(self, reply_id: object) -> bool:
        return reply_id in self._by_id

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
        """sha256 over all that the index holds of the library: ids, platforms, texts and questions, in order."""
        digest = hashlib.sha256()
        for reply in self.replies:
            for part in (reply.id, *sorted(reply.platforms), "", reply.text, *reply.questions):
                digest.update(part.encode())
                digest.update(b"\0")
        return digest.hexdigest()


def load_library(folder: Path, taxonomy: Taxonomy, *, fixed: bool = False) -> Library:
    """Every reply below `folder`, or with `fixed` every text that is sent by its name.

    Raises DataError with file, line and id at the first fault.
    """
    kind = FixedRecord if fixed else ReplyRecord
    places: dict[str, Place] = {}
    replies: list[Reply] = []
    files = sorted(folder.glob("*.yml"))
    if not files:
        raise DataError("holds no reply files (*.yml)", file=str(folder))
    for path in files:
        for entry in read_records(path, KEY, kind, taxonomy):
            reply = entry.value.reply()
            first = places.get(reply.id)
            if first is not None:
                raise entry.error(f"id is taken already, at {first}", reply.id)
            places[reply.id] = Place(path, entry.line)
            replies.append(reply)
    return Library(tuple(replies), places)
