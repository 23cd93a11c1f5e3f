"""`GET /v1/shops/{shop}/library`: replies by what they mean."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from contracts.errors import NotFound
from desk.facts import LINES, facts_of
from desk.people.access import Right, Scope, conversation_for, require
from desk.routes.access import CallerOf
from desk.routes.conversation_schemas import LibraryAnswer
from desk.routes.services import ServiceOf
from desk.storage.conversations import messages_of
from desk.wire import suggestion_json

router = APIRouter(prefix="/v1", tags=["library"])


@router.get("/shops/{shop}/library", response_model=LibraryAnswer)
def search_library(
    shop: str,
    caller: CallerOf,
    service: ServiceOf,
    q: Annotated[str, Query(max_length=500, description="What the reply should say or answer.")],
    conversation: Annotated[
        str | None, Query(max_length=40, description="Whose order and state the replies must fit.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> dict[str, Any]:
    """Approved replies of the shop's platform, nearest in meaning first, filled and checked like suggestions."""
    require(caller, shop, Right.READ, Scope.SUGGEST)
    known, now = None, service.clock()
    if conversation is not None:
        with service.database.reading() as connection:
            talk = conversation_for(connection, caller, conversation, Right.READ, Scope.MESSAGES_READ)
            lines = messages_of(connection, talk.id, LINES)
        if talk.shop != shop:
            raise NotFound("not found")
        known = facts_of(talk, lines, service.desk.shops.find(shop), service.ways.orders, now).inquiry
    found = service.library.find(q, service.desk.shops.find(shop), now, known, limit)
    return {"replies": [suggestion_json(item) for item in found]}
