"""What an import would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts.reply import Reply
from contracts.taxonomy import intent_of
from retrieval.reply_record import file_record


@dataclass(frozen=True)
class Change:
    """A reply before and after."""

    before: Reply
    after: Reply

    @property
    def fields(self) -> Mapping[str, tuple[Any, Any]]:
        """The fields that differ, each as it was and as it will be (None: not there), as files write them."""
        old, new = file_record(self.before), file_record(self.after)
        return {name: (old.get(name), new.get(name)) for name in {**new, **old} if old.get(name) != new.get(name)}

    @property
    def moves(self) -> bool:
        """Whether the reply goes to the file of another intent."""
        return intent_of(self.before.topic) != intent_of(self.after.topic)


@dataclass(frozen=True)
class Plan:
    """New replies, changed ones, and how many of the file are as they are in the library already."""

    added: tuple[Reply, ...] = ()
    changed: tuple[Change, ...] = ()
    unchanged: int = 0
    notes: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return not self.added and not self.changed
