"""`GET /v1/shops/{shop}/dead-letters`: what could not be delivered, for somebody to look after."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from contracts.errors import InputError
from desk.people.access import Right, Scope, require
from desk.routes.access import CallerOf
from desk.routes.services import ServiceOf
from desk.storage.outbox import DeadPlace, dead_letters

router = APIRouter(prefix="/v1", tags=["messages"])


class DeadLetterSchema(BaseModel):
    """A message that could not be delivered, and why. It is tried again by the message's `retry`."""

    model_config = ConfigDict(from_attributes=True)

    message: str
    conversation: str
    text: str
    author: str
    error: str
    tries: int
    given_up_at: datetime


class DeadLetterPage(BaseModel):
    """Dead letters, those given up last first; `next` is the cursor of the next page."""

    letters: list[DeadLetterSchema]
    next: str | None


@router.get("/shops/{shop}/dead-letters")
def read_dead_letters(
    shop: str,
    caller: CallerOf,
    service: ServiceOf,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=100, description="`next` of the page before.")] = None,
) -> DeadLetterPage:
    """What could not be delivered: refused by the receiver, or given up after the last attempt."""
    require(caller, shop, Right.READ, Scope.MESSAGES_READ)
    with service.database.reading() as connection:
        found = dead_letters(connection, shop, limit + 1, _place(cursor) if cursor is not None else None)
    page = found[:limit]
    further = f"{page[-1].given_up_at.isoformat()} {page[-1].message}" if len(found) > limit else None
    return DeadLetterPage(letters=[DeadLetterSchema.model_validate(letter) for letter in page], next=further)


def _place(cursor: str) -> DeadPlace:
    moment, _, name = cursor.partition(" ")
    try:
        at = datetime.fromisoformat(moment)
        at.astimezone(timezone.utc)
    except (ValueError, OverflowError):
        raise InputError("the cursor is none that was given out") from None
    if at.tzinfo is None or not (name.isascii() and name.isalnum()):
        raise InputError("the cursor is none that was given out")
    return at, name
