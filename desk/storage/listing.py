"""The conversations of a shop, page by page: those that wait first, the longest wait first, then the latest."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select

from contracts.conversation import Conversation
from contracts.errors import InputError
from contracts.turn import Speaker
from desk.storage.conversations import conversation_from
from desk.storage.tables import conversations, messages

_TABLE = conversations.c


@dataclass(frozen=True)
class Page:
    """Some conversations; `next` is what the following page is asked for by, None on the last one."""

    conversations: tuple[Conversation, ...]
    next: str | None


def list_conversations(
    connection: Connection, shop: str, limit: int, cursor: str | None = None, buyer: str | None = None
) -> Page:
    """A page of at most `limit`, of one buyer if one is named. Raises InputError for a cursor that is none of ours.

    What changes between two pages may move past the cursor; the events tell of it.
    """
    wanted = select(conversations).where(_TABLE.shop == shop)
    if buyer is not None:
        wanted = wanted.where(_TABLE.buyer == buyer)
    if cursor is not None:
        wanted = wanted.where(_behind(*_read(cursor)))
    order = (_TABLE.waiting_since.is_(None), _TABLE.waiting_since, _TABLE.updated_at.desc(), _TABLE.id)
    found = [conversation_from(row) for row in connection.execute(wanted.order_by(*order).limit(limit + 1))]
    page = tuple(found[:limit])
    return Page(page, _cursor(page[-1]) if len(found) > limit else None)


def _behind(waiting: bool, moment: datetime, name: str) -> ColumnElement[bool]:
    """What comes after the conversation `name` in the order of the pages; `moment` is the one it is sorted by."""
    answered = _TABLE.waiting_since.is_(None)
    if not waiting:
        return and_(answered, or_(_TABLE.updated_at < moment, and_(_TABLE.updated_at == moment, _TABLE.id > name)))
    return or_(answered, _TABLE.waiting_since > moment, and_(_TABLE.waiting_since == moment, _TABLE.id > name))


def _cursor(last: Conversation) -> str:
    moment = last.waiting_since or last.updated_at
    said = json.dumps([last.waiting_since is not None, moment.isoformat(), last.id])
    return base64.urlsafe_b64encode(said.encode()).decode()


def _read(cursor: str) -> tuple[bool, datetime, str]:
    try:
        waiting, moment, name = json.loads(base64.b64decode(cursor.encode(), altchars=b"-_", validate=True))
        at = datetime.fromisoformat(moment)
        at.astimezone(timezone.utc)
    except (ValueError, OverflowError, TypeError, binascii.Error, RecursionError):
        raise InputError("the cursor is none that was given out") from None
    if not (isinstance(waiting, bool) and isinstance(name, str) and at.tzinfo and name.isalnum() and name.isascii()):
        raise InputError("the cursor is none that was given out")
    return waiting, at, name


def written_between(
    connection: Connection, shop: str, since: datetime, until: datetime, after: str, limit: int
) -> tuple[Conversation, ...]:
    """Conversations in which buyers wrote from `since` to before `until`, by their ids behind `after`."""
    mine = _written(select(conversations), shop, since, until).where(_TABLE.id > after).order_by(_TABLE.id)
    return tuple(conversation_from(row) for row in connection.execute(mine.limit(limit)))


def count_written_between(connection: Connection, shop: str, since: datetime, until: datetime) -> int:
    """How many these are."""
    counted = _written(select(func.count()).select_from(conversations), shop, since, until)
    return int(connection.execute(counted).scalar_one())


def _written(query: Select[Any], shop: str, since: datetime, until: datetime) -> Select[Any]:
    line = messages.c
    said = exists().where(
        line.conversation == _TABLE.id,
        line.speaker == Speaker.BUYER.value,
        line.stored_at >= since,
        line.stored_at < until,
    )
    return query.where(_TABLE.shop == shop, _TABLE.updated_at >= since, said)
