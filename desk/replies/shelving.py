"""A shop's replies as its library page shows them: filtered, ordered, page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from contracts.errors import NotFound
from contracts.platform import Platform
from contracts.reply import Reply
from contracts.text import clean_optional
from desk.replies.search import search
from desk.replies.usage import UNUSED, Usage
from desk.suggest import Parts

MOST_FOUND = 200
"""Replies that a search by meaning gives."""


class Standing(str, Enum):
    """Whether a reply may be used today."""

    VALID = "valid"
    EXPIRED = "expired"
    UPCOMING = "upcoming"

    @classmethod
    def of(cls, reply: Reply, today: date) -> Standing:
        """The standing on a day of the shop's calendar."""
        if reply.valid.last is not None and today > reply.valid.last:
            return cls.EXPIRED
        return cls.UPCOMING if reply.valid.first is not None and today < reply.valid.first else cls.VALID


class Order(str, Enum):
    """What stands first: as the library has them (for a search the best), or what was most used, changed, refused."""

    LIBRARY = "library"
    SHOWN = "shown"
    APPROVED = "approved"
    EDITED = "edited"
    REJECTED = "rejected"


_COUNT: Mapping[Order, Callable[[Usage], int]] = {
    Order.SHOWN: lambda usage: usage.shown,
    Order.APPROVED: lambda usage: usage.approved,
    Order.EDITED: lambda usage: usage.edited,
    Order.REJECTED: lambda usage: usage.rejected,
}


@dataclass(frozen=True)
class Wanted:
    """Which replies: of an intent or topic ("" for all), of a standing, that mean `text` ("" for no search)."""

    platform: Platform
    topic: str = ""
    text: str = ""
    standing: Standing | None = None
    order: Order = Order.LIBRARY


@dataclass(frozen=True)
class Selected:
    """A page of replies, how many there are in all, and where the next page starts (None behind the last)."""

    replies: tuple[Reply, ...]
    total: int
    next: int | None


def select(wanted: Wanted, parts: Parts, usage: Mapping[str, Usage], today: date, start: int, limit: int) -> Selected:
    """The wanted replies from place `start` on, at most `limit`."""
    found = [reply for reply in _candidates(wanted, parts) if _fits(reply, wanted, today)]
    if wanted.order is not Order.LIBRARY:
        count = _COUNT[wanted.order]
        found.sort(key=lambda reply: -count(usage.get(reply.id, UNUSED)))
    page = tuple(found[start : start + limit])
    return Selected(page, len(found), start + limit if start + limit < len(found) else None)


def reply_on(parts: Parts, reply_id: str, platform: Platform) -> Reply:
    """The reply with this id that the platform has. Raises NotFound."""
    library = parts.retriever.library
    found = library.get(reply_id) if reply_id in library else None
    if found is None or platform not in found.platforms:
        raise NotFound("there is no such reply")
    return found


def _candidates(wanted: Wanted, parts: Parts) -> Iterator[Reply]:
    said = clean_optional(wanted.text)
    if not said:
        yield from parts.retriever.library.replies
        return
    for hit in search(said, parts.retriever, parts.encoder, wanted.platform, MOST_FOUND):
        yield hit.reply


def _fits(reply: Reply, wanted: Wanted, today: date) -> bool:
    about = not wanted.topic or reply.topic == wanted.topic or reply.topic.startswith(f"{wanted.topic}/")
    standing = wanted.standing is None or Standing.of(reply, today) is wanted.standing
    return about and standing and wanted.platform in reply.platforms
