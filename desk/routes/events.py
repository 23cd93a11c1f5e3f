"""`GET /v1/shops/{shop}/events`: what happened, for clients without a live connection."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from desk.people.access import Right, Scope, require
from desk.routes.access import CallerOf
from desk.routes.conversation_schemas import EventPage, EventSchema
from desk.routes.services import ServiceOf
from desk.storage.feed import events_after, last_number

router = APIRouter(prefix="/v1", tags=["live"])


@router.get("/shops/{shop}/events")
def read_events(
    shop: str,
    caller: CallerOf,
    service: ServiceOf,
    after: Annotated[int, Query(ge=0, le=2**31 - 1, description="The number of the last event seen.")] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 200,
) -> EventPage:
    """The stored events behind a number, in their order."""
    require(caller, shop, Right.READ, Scope.MESSAGES_READ)
    with service.database.reading() as connection:
        last = last_number(connection, shop)
        events = events_after(connection, shop, after, limit)
    return EventPage(events=[EventSchema.of(event) for event in events], last=last)
